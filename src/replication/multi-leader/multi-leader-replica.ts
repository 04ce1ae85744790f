/**
 * Multi-leader replication: several leaders take writes of the same keys, answer when these are durable, and ship them to each other in the
 * background over a mesh, each in a log of its own. What the entries are and how they meet is the store's (LWW or CRDT): this
 * file only sees to it that every entry reaches every copy. A retry at the same leader is answered and not done again.
 *
 * A leader passes on to its own followers, in a second log, everything that it applies, in the order in which it does. So each entry
 * reaches each copy over one path. Entries of different leaders overtake each other: there is no causal delivery.
 *
 * A leader that lost its disk begins logs under another identity, merges the states of others, and serves clients once it has merged one.
 * What its earlier life had shipped to some and not to all is in no log any more: whoever covers more of it than a state that
 * arrives sends its own state back, and who learns of it sends states on, until nobody exceeds the reborn leader (coverage.ts).
 */
import { assert } from '../../core/assert.js'
import { Fifo } from '../../core/fifo.js'
import type { Key, NodeId, WriterId } from '../../core/ids.js'
import { isRead, SCAN } from '../../history/operation-kinds.js'
import type { Value } from '../../history/values.js'
import { LatestWrites } from '../latest-writes.js'
import { lifeOf } from '../log-shipping/log.js'
import { LogShipping } from '../log-shipping/log-shipping.js'
import type { LogEntry, ShippingMessage, Snapshot } from '../log-shipping/messages.js'
import type { OutgoingLog } from '../log-shipping/outgoing-log.js'
import type { SnapshotLoader } from '../log-shipping/snapshot-loader.js'
import type { StateMessage } from '../log-shipping/state-messages.js'
import { STATE, STATE_QUESTION, StateQuestion, WholeState } from '../log-shipping/state-messages.js'
import { HEADER_BYTES } from '../message-bytes.js'
import type { LeaderPlacement, ReplicaGroup } from '../placement/leader-placement.js'
import type { Holdings, Outcome, Replica, ReplicaContext, Request } from '../replica.js'
import { REQUEST_WORK, RequestWork } from '../request-work.js'
import { SCANNED } from '../scan.js'
import type { Frontier } from './coverage.js'
import { Coverage } from './coverage.js'
import { JOIN, JoiningLeader } from './joining-leader.js'

/** One copy of the data; `merge` must converge whatever the order of entries. */
export interface MultiLeaderStore<Entry extends LogEntry, Copy> {
  /** Does a write on this copy and returns what the other copies need of it. */
  write(request: Request): Entry
  /** Takes in what another copy's `write` returned. */
  merge(entry: Entry): void
  /** What the write returns, given its place in its writer's log. */
  writeOutcome(entry: Entry, sequence: number, writer: WriterId): Outcome
  /** `frontier` is how far each writer's log has been merged. */
  readOutcome(key: Key, frontier: () => Frontier): Outcome
  valueOf(key: Key): Value
  /** All that is held of some keys, and what it weighs. */
  copies(contains: (key: Key) => boolean): { readonly copies: readonly Copy[]; readonly bytes: number }
  /** Takes in what `copies` gave elsewhere. */
  mergeCopy(copy: Copy): void
}

/** An entry with its place in the log of who wrote it. */
export class WrittenEntry<Entry extends LogEntry> implements LogEntry {
  readonly operation: number
  readonly attempt: number
  readonly bytes: number

  constructor(
    readonly entry: Entry,
    readonly writer: WriterId,
    readonly sequence: number,
  ) {
    this.operation = entry.operation
    this.attempt = entry.attempt
    this.bytes = entry.bytes
  }
}

/** All that a copy holds of a group at one moment. */
export interface MultiLeaderState<Copy> extends Snapshot {
  readonly copies: readonly Copy[]
  readonly frontier: Frontier
  readonly holdings: Holdings
}

export type MultiLeaderMessage<Entry extends LogEntry, Copy> =
  | ShippingMessage<WrittenEntry<Entry>, MultiLeaderState<Copy>>
  | StateMessage<MultiLeaderState<Copy>>
  | RequestWork

type Shipped<Entry extends LogEntry, Copy> = OutgoingLog<WrittenEntry<Entry>, MultiLeaderState<Copy>>

/** A group of which this node is a leader. */
interface LedGroup<Entry extends LogEntry, Copy> {
  readonly otherLeaders: readonly NodeId[]
  /** Our own writes, for the other leaders. */
  readonly own: Shipped<Entry, Copy>
  /** Everything that we apply, for our followers. */
  readonly all: Shipped<Entry, Copy>
  readonly joining: JoiningLeader
}

// Two logs for each group, told apart by the lowest bit of their number.
const ownLog = (group: number): number => 2 * group
const logOfAll = (group: number): number => 2 * group + 1
const isLogOfAll = (log: number): boolean => log % 2 === 1
const groupOfLog = (log: number): number => log >> 1

/** What waits for the disk beside log shipping: the answer to a write. */
const ANSWER = 8

export class MultiLeaderReplica<Entry extends LogEntry, Copy> implements Replica<MultiLeaderMessage<Entry, Copy>> {
  private readonly shipping: LogShipping<WrittenEntry<Entry>, MultiLeaderState<Copy>>
  private readonly latest: LatestWrites<WrittenEntry<Entry>>
  /** By group. */
  private readonly led = new Map<number, LedGroup<Entry, Copy>>()
  private readonly coverages = new Map<number, Coverage>()
  /** Writes that are answered once they are durable. */
  private readonly unanswered = new Fifo<WrittenEntry<Entry>>()
  private readonly loaders = new Map<NodeId, SnapshotLoader<WholeState<MultiLeaderState<Copy>>>>()

  constructor(
    private readonly context: ReplicaContext<MultiLeaderMessage<Entry, Copy>>,
    private readonly placement: LeaderPlacement,
    private readonly store: MultiLeaderStore<Entry, Copy>,
  ) {
    this.latest = new LatestWrites(context)
    this.shipping = new LogShipping(context, {
      onEntry: (log, entry) => this.receive(log, entry),
      onProgress: () => {},
      takeState: (log) => this.stateOf(groupOfLog(log)),
      onSnapshot: (log, origin, state) => this.onSnapshot(log, origin, state),
    })
    placement.groups.forEach((group, number) => {
      if (group.members.includes(context.id)) this.join(number, group)
    })
  }

  onStart(): void {
    this.shipping.onStart((log) => !this.groupLed(groupOfLog(log)).joining.isOver)
    for (const { joining } of this.led.values()) joining.start()
  }

  onRequest(request: Request): void {
    this.context.send(this.context.id, new RequestWork(request))
  }

  onMessage(from: NodeId, message: MultiLeaderMessage<Entry, Copy>): void {
    switch (message.kind) {
      case REQUEST_WORK:
        this.onRequestServed(message.request)
        return
      case STATE_QUESTION:
        this.context.send(from, new WholeState(message.group, this.stateOf(message.group)))
        return
      case STATE:
        this.loaderFor(from).load(message)
        return
      default:
        this.shipping.onMessage(from, message as ShippingMessage<WrittenEntry<Entry>, MultiLeaderState<Copy>>)
    }
  }

  onTimer(kind: number, argument: number): void {
    if (kind === JOIN) this.groupLed(argument).joining.onTimer()
    else this.shipping.onTimer(kind, argument)
  }

  onDurable(kind: number, argument: number): void {
    if (kind !== ANSWER) this.shipping.onDurable(kind, argument)
    else this.answer(this.unanswered.shift() as WrittenEntry<Entry>)
  }

  onOverload(_from: NodeId, message: MultiLeaderMessage<Entry, Copy>): void {
    if (message.kind === REQUEST_WORK) {
      this.context.refuse(message, { reason: 'overloaded', applied: 'no' })
    } else {
      this.shipping.onOverload(message as ShippingMessage<WrittenEntry<Entry>, MultiLeaderState<Copy>>)
    }
  }

  isIdle(): boolean {
    for (const { joining } of this.led.values()) if (!joining.isOver) return false
    return this.shipping.isIdle
  }

  valueOf(key: Key): Value {
    return this.store.valueOf(key)
  }

  private join(number: number, group: ReplicaGroup): void {
    this.coverages.set(number, new Coverage(this.context, number))
    const rank = group.leaders.indexOf(this.context.id)
    if (rank < 0) {
      const leader = group.followers.findIndex((followers) => followers.includes(this.context.id))
      this.shipping.follow(group.leaders[leader] as NodeId, logOfAll(number))
      return
    }
    const followers = group.followers[rank] as readonly NodeId[]
    const otherLeaders = group.leaders.filter((leader) => leader !== this.context.id)
    for (const leader of otherLeaders) this.shipping.follow(leader, ownLog(number))
    const own = this.shipping.open(ownLog(number), otherLeaders)
    const all = this.shipping.open(logOfAll(number), followers)
    const joined = this.context.disk.numbers('groups joined', this.shipping.isReborn ? 0 : 1)
    const joining = new JoiningLeader(this.context, number, joined, {
      hasPeers: group.members.length > 1,
      ask: () => {
        for (const follower of followers) this.context.send(follower, new StateQuestion(number))
      },
      onJoined: () => {
        this.shipping.release(ownLog(number))
        this.shipping.release(logOfAll(number))
      },
    })
    this.led.set(number, { otherLeaders, own, all, joining })
  }

  private groupLed(group: number): LedGroup<Entry, Copy> {
    const led = this.led.get(group)
    assert(led !== undefined, 'only the leaders of a group are asked to lead it.')
    return led
  }

  private coverageOf(group: number): Coverage {
    return this.coverages.get(group) as Coverage
  }

  private onRequestServed(request: Request): void {
    const number = this.placement.groupOf(request.key)
    const group = this.groupLed(number)
    if (!group.joining.isOver) {
      this.context.refuse(request, { reason: 'unavailable', applied: 'no' })
    } else if (request.kind === SCAN) {
      this.context.reply(request.operation, SCANNED)
    } else if (isRead(request.kind)) {
      const coverage = this.coverageOf(number)
      this.context.reply(
        request.operation,
        this.store.readOutcome(request.key, () => coverage.frontier),
      )
    } else {
      this.write(request, group, number)
    }
  }

  private write(request: Request, group: LedGroup<Entry, Copy>, number: number): void {
    if (this.latest.isOver(request)) return
    const written = this.latest.find(request) ?? this.doWrite(request, group, number)
    this.unanswered.push(written)
    this.context.sync(ANSWER, 0)
  }

  private doWrite(request: Request, group: LedGroup<Entry, Copy>, number: number): WrittenEntry<Entry> {
    const written = new WrittenEntry(this.store.write(request), this.shipping.life, group.own.last + 1)
    this.coverageOf(number).extend(written.writer, written.sequence)
    this.context.applied(written.operation)
    this.context.witness(written.operation, this.context.id)
    this.latest.note(request, written)
    group.own.append(written)
    group.all.append(written)
    return written
  }

  private answer({ entry, writer, sequence }: WrittenEntry<Entry>): void {
    this.context.reply(entry.operation, this.store.writeOutcome(entry, sequence, writer))
  }

  private receive(log: number, written: WrittenEntry<Entry>): void {
    this.store.merge(written.entry)
    this.coverageOf(groupOfLog(log)).extend(written.writer, written.sequence)
    this.context.applied(written.operation)
    if (!isLogOfAll(log)) this.groupLed(groupOfLog(log)).all.append(written)
  }

  // --- States -------------------------------------------------------------------------------------------------------

  private stateOf(group: number): MultiLeaderState<Copy> {
    const contains = (key: Key) => this.placement.groupOf(key) === group
    const { copies, bytes } = this.store.copies(contains)
    const { frontier } = this.coverageOf(group)
    const weight = bytes + HEADER_BYTES * copies.length
    return { copies, frontier, keys: copies.length, bytes: weight, holdings: this.context.holdings(contains) }
  }

  /** False, and our own state goes back, if we cover more than the state of what its origin cannot have from elsewhere. */
  private onSnapshot(log: number, origin: NodeId, state: MultiLeaderState<Copy>): boolean {
    const group = groupOfLog(log)
    const matters = isLogOfAll(log) ? () => true : this.isPast(group)
    const exceeds = this.coverageOf(group).exceeds(state.frontier, matters)
    this.take(group, state)
    if (exceeds) this.context.send(origin, new WholeState(group, this.stateOf(group)))
    return !exceeds
  }

  /** A state that came outside the logs: we asked for it, or our snapshot lacked something. */
  private onState(from: NodeId, { group, state }: WholeState<MultiLeaderState<Copy>>): void {
    this.take(group, state)
    this.shipping.requireSnapshotTo(from, ownLog(group))
    this.shipping.requireSnapshotTo(from, logOfAll(group))
  }

  /** Merges a state, and sees to it that what no log will bring to others reaches them. */
  private take(group: number, { copies, frontier, holdings }: MultiLeaderState<Copy>): void {
    const isPast = this.isPast(group)
    const coverage = this.coverageOf(group)
    let grew = false
    let pastGrew = false
    for (let i = 0; i < frontier.length; i += 2) {
      const writer = frontier[i] as WriterId
      if (!coverage.extend(writer, frontier[i + 1] as number)) continue
      grew = true
      if (isPast(writer)) pastGrew = true
    }
    for (const copy of copies) this.store.mergeCopy(copy)
    this.context.appliedHoldings(holdings)
    const led = this.led.get(group)
    if (led === undefined) return
    if (pastGrew) this.shipping.requireSnapshots(ownLog(group))
    if (grew) this.shipping.requireSnapshots(logOfAll(group))
    led.joining.onMerged()
  }

  /** Tells whose logs are shipped no more, as far as a leader knows; a follower knows of nobody's. */
  private isPast(group: number): (writer: WriterId) => boolean {
    const led = this.led.get(group)
    if (led === undefined) return () => true
    const current = [
      this.shipping.life,
      ...led.otherLeaders.map((leader) => lifeOf(leader, this.shipping.appliedFrom(leader, ownLog(group)))),
    ]
    return (writer) => !current.includes(writer)
  }

  private loaderFor(from: NodeId): SnapshotLoader<WholeState<MultiLeaderState<Copy>>> {
    let loader = this.loaders.get(from)
    if (loader === undefined) {
      loader = this.shipping.openLoader((message: WholeState<MultiLeaderState<Copy>>) => this.onState(from, message))
      this.loaders.set(from, loader)
    }
    return loader
  }
}
