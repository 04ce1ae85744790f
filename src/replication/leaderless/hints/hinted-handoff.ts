/**
 * Hinted handoff (DeCandia et al. 2007, section 4.6; Cassandra's hints): a write that a replica could not be given is kept by another node, the
 * coordinator itself or a fallback that it names, and handed back once the replica is up again. Nothing is kept for a node that has been
 * down for longer than the window, as the failure detector tells or as the oldest hint for it does (Cassandra's
 * hint_window_persistent), nor beyond the limit.
 *
 * Each `every` a node looks at whom it keeps hints for, and hands them back in order to those that it holds for up, throttled. A hint is forgotten
 * once its target has made it durable; what is not acknowledged is sent again, which changes nothing where it did arrive.
 * Keeping a hint costs the coordinator no work, for Cassandra appends it to a buffer; a fallback's costs a write. Ages are told by the
 * node's clock and survive a crash, so a step of it shifts the window. Left out: hints that expire while they are kept.
 */
import type { Key, NodeId, ProcessId, WriterId } from '../../../core/ids.js'
import { SECOND } from '../../../core/units.js'
import type { Message, ReplicaContext } from '../../replica.js'
import type { FailureDetector } from '../failure-detector.js'
import type { LocalCopy } from '../local-copy.js'
import { QuorumMessage } from '../messages.js'
import { firstKindOf, HINTS, type Service } from '../service.js'
import { Unacknowledged } from '../unacknowledged.js'
import type { Versioned, Versions } from '../versioned.js'
import { Backlog } from './backlog.js'
import { HAND_BACK, HAND_BACK_ACK, HAND_BACK_REFUSED, HandBackMessage } from './hint-messages.js'
import { type Hint, HintStore } from './hint-store.js'
import { HINTED_WRITE, type HintedWrite } from './hinted-write.js'
import type { HintOptions } from './options.js'
import { StandInNames } from './stand-in-names.js'

// Kinds of timers.
/** The argument is the node that hints are for. */
const LOOK = firstKindOf(HINTS)
/** The throttle lets the next hint through. */
const NEXT = LOOK + 1

// What has become durable.
const CHANGED = firstKindOf(HINTS)
/** A fallback's hint, by its slot. */
const KEPT_FOR_ANOTHER = CHANGED + 1
/** A hint that was handed back to this node, by its slot. */
const TAKEN_BACK = CHANGED + 2

export class HintedHandoff implements Service {
  private readonly store: HintStore
  /** By the node that they are for; the one that was served last is the last. */
  private readonly backlogs = new Map<NodeId, Backlog>()
  private isThrottled = false
  /** Hinted writes of others. */
  private readonly kept = new Unacknowledged<QuorumMessage>()
  /** What others have kept for this node. */
  private readonly takenBack = new Unacknowledged<HandBackMessage>()
  private readonly names: StandInNames
  /** Tells this life's hints from those that an earlier one sent. */
  private readonly life: number

  constructor(
    private readonly context: ReplicaContext<Message>,
    private readonly options: HintOptions,
    private readonly copy: LocalCopy,
    private readonly detector: FailureDetector,
    private readonly versions: Versions,
  ) {
    this.store = new HintStore(context.disk)
    this.names = new StandInNames(context)
    this.life = context.random.next()
  }

  onStart(): void {
    this.context.account('hints', 0)
    for (const hint of this.store.load()) this.backlogOf(hint.target).add(hint)
    this.context.hints('gone', this.store.count)
  }

  /** Keeps the write for a node that is down or did not answer; false if it is dropped. */
  keep(target: NodeId, write: QuorumMessage): boolean {
    const isKept = this.add(target, write)
    if (isKept) this.context.sync(CHANGED, 0)
    return isKept
  }

  /** The newest version of the key that is kept for anybody, null if none is. */
  versionOf(key: Key): Versioned | null {
    let newest: Versioned | null = null
    for (const { write } of this.store.ofKey(key)) {
      newest = newest === null ? write : this.versions.reconcile(newest, write)
    }
    return newest
  }

  writerOf(key: Key): WriterId {
    return this.names.writerOf(key)
  }

  /** Hints for a node that stays down hold up nothing. */
  isIdle(): boolean {
    for (const { isEmpty, target } of this.backlogs.values()) {
      if (!isEmpty && this.detector.isUp(target)) return false
    }
    return true
  }

  onMessage(from: ProcessId, received: Message): void {
    const { kind } = received
    if (kind === HINTED_WRITE) this.onHintedWrite(from, received as HintedWrite)
    else if (kind === HAND_BACK) this.onHandedBack(from, received as HandBackMessage)
    else this.onAnswer(from, received as HandBackMessage)
  }

  onTimer(kind: number, argument: number): void {
    if (kind === LOOK) this.look(argument)
    else this.onThrottleOpen()
  }

  onDurable(kind: number, slot: number): void {
    if (kind === KEPT_FOR_ANOTHER) {
      const from = this.kept.senderAt(slot)
      this.context.send(from, QuorumMessage.acknowledgement(this.kept.take(slot)))
    } else if (kind === TAKEN_BACK) {
      const from = this.takenBack.senderAt(slot)
      this.answer(from, HandBackMessage.acknowledgement(this.takenBack.take(slot)))
    }
  }

  onOverload(from: ProcessId, refused: Message): void {
    if (refused.kind === HAND_BACK) this.answer(from, HandBackMessage.refusal(refused as HandBackMessage))
    else this.context.send(from, QuorumMessage.refusal((refused as HintedWrite).write))
  }

  // --- Keeping --------------------------------------------------------------------------------------------------------

  private onHintedWrite(from: ProcessId, { target, write, isKept }: HintedWrite): void {
    if (isKept || this.add(target, write)) this.context.sync(KEPT_FOR_ANOTHER, this.kept.add(from, write))
    else this.context.send(from, QuorumMessage.refusal(write))
  }

  private add(target: NodeId, write: QuorumMessage): boolean {
    const now = this.context.clock()
    const backlog = this.backlogOf(target)
    const downFor = Math.max(this.detector.downFor(target), now - (backlog.since ?? now))
    const isKept = downFor <= this.options.window && this.store.count < this.options.limit
    if (isKept) backlog.add(this.store.add(target, write, now))
    this.context.hints(isKept ? 'kept' : 'dropped', this.store.count)
    return isKept
  }

  private backlogOf(target: NodeId): Backlog {
    const known = this.backlogs.get(target)
    if (known !== undefined) return known
    const backlog = new Backlog(target)
    this.backlogs.set(target, backlog)
    this.context.setTimer(LOOK, target, this.options.every)
    return backlog
  }

  // --- Handing back ---------------------------------------------------------------------------------------------------

  private look(target: NodeId): void {
    const backlog = this.backlogs.get(target) as Backlog
    if (backlog.isEmpty) {
      this.backlogs.delete(target)
      return
    }
    this.context.setTimer(LOOK, target, this.options.every)
    const isStuck = backlog.isWaiting && !backlog.isActive
    backlog.isActive = false
    if (isStuck) {
      this.detector.missed(target)
      backlog.end()
    }
    if (backlog.isHandedBack || !this.detector.isUp(target)) return
    backlog.begin()
    this.sendNext()
  }

  /** If there is one that may be sent, and the throttle lets it through. */
  private sendNext(): void {
    if (this.isThrottled) return
    const hint = this.next()
    if (hint === null) return
    const { target, write, sequence } = hint
    const message = HandBackMessage.handBack(write, sequence, this.life)
    this.context.account('hints', message.bytes)
    this.context.send(target, message)
    this.isThrottled = true
    this.context.setTimer(NEXT, 0, Math.ceil((message.bytes * SECOND) / this.options.throttle))
  }

  /** Those who are handed back to take turns. */
  private next(): Hint | null {
    for (const backlog of this.backlogs.values()) {
      const hint = backlog.take()
      if (hint === null) continue
      this.backlogs.delete(backlog.target)
      this.backlogs.set(backlog.target, backlog)
      return hint
    }
    return null
  }

  private onThrottleOpen(): void {
    this.isThrottled = false
    this.sendNext()
  }

  private onAnswer(from: NodeId, { kind, sequence, life }: HandBackMessage): void {
    this.detector.heard(from)
    if (life !== this.life) return
    const backlog = this.backlogs.get(from)
    if (kind === HAND_BACK_REFUSED) backlog?.end()
    else if (kind === HAND_BACK_ACK) this.forget(backlog?.acknowledge(sequence))
    this.sendNext()
  }

  private forget(hint: Hint | undefined): void {
    if (hint === undefined) return
    this.store.remove(hint)
    this.names.forget(hint.write.key)
    this.context.hints('gone', this.store.count)
    this.context.sync(CHANGED, 0)
  }

  private onHandedBack(from: ProcessId, message: HandBackMessage): void {
    const { write } = message
    this.copy.apply(write.key, write, write.valueBytes)
    this.context.sync(TAKEN_BACK, this.takenBack.add(from, message))
  }

  private answer(to: ProcessId, message: HandBackMessage): void {
    this.context.account('hints', message.bytes)
    this.context.send(to, message)
  }
}
