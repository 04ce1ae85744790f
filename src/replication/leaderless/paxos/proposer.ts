/**
 * Coordinates compare-and-sets, and reads at SERIAL and LOCAL_SERIAL: Cassandra's lightweight transactions as of its Paxos v1 (StorageProxy: `cas`,
 * `beginAndRepairPaxos`, `proposePaxos`, `commitPaxos`). A compare-and-set takes four round trips: a majority promises a ballot; the key is read
 * from a majority and compared; the new value is proposed, and chosen once a majority accepts it; it is committed, which stores it at all
 * replicas of the key, and answered as a plain write is. A read takes three: prepare, an empty proposal, read.
 *
 * - What others have left unfinished, accepted by somebody and committed by nobody who promised, is proposed anew and committed first. Those
 *   who promised and lack the latest commit are sent it. Both begin again with a new ballot.
 * - A read, or a compare-and-set that fails, has an empty proposal accepted, so that nothing that it has not found can be chosen behind its
 *   back at an earlier ballot (CASSANDRA-12126, since 3.0.24, 3.11.10 and 4.0). Empty proposals are neither committed nor finished.
 * - Whoever is pre-empted sleeps for up to 100 ms and begins again, after a ballot that is later than the one in its way, until
 *   `timeouts.cas` is over. If its proposal was accepted by some and not by a majority, somebody may still finish it: outcome unknown.
 *
 * Operations on one key at SERIAL are linearizable, while disks keep what was acknowledged, whatever the clocks, crashes and the network do. Plain writes of the
 * same key are not part of that order: they and the commits win by timestamps alone. Those at LOCAL_SERIAL are linearizable among the
 * coordinators of one zone. Left out: digests in the read, and purging of what replicas keep for Paxos.
 */

import type { ClientId, NodeId } from '../../../core/ids.js'
import { MICROSECOND, MILLISECOND } from '../../../core/units.js'
import { COMPARE_AND_SET, isRead } from '../../../history/operation-kinds.js'
import type { Outcome, Refusal, RefusalReason, Request } from '../../replica.js'
import { Timestamps } from '../../timestamps.js'
import { CONDITION_FAILED } from '../../version.js'
import { cellOrder } from '../cassandra-cells.js'
import type { Coordination } from '../coordination.js'
import { answer, refuse } from '../forwarding.js'
import { heldAfter, valueIn, writersOf } from '../held.js'
import { QuorumMessage } from '../messages.js'
import { nodesAt, placesWhere, sendTo } from '../places.js'
import { firstKindOf, PAXOS } from '../service.js'
import type { Versioned } from '../versioned.js'
import { type Ballot, isAfter, isSame, type Proposal } from './ballot.js'
import { COMMIT, DONE, PaxosMessage, PREEMPTED, PREPARE, PROPOSE, READ } from './messages.js'
import { SerialLevels } from './serial-levels.js'
import { type Aim, SerialOperation } from './serial-operation.js'

/** Kinds of timers, whose argument is the operation: the coordinator has waited for as long as it does; it has slept. */
export const PATIENCE = firstKindOf(PAXOS)
export const SLEEP = PATIENCE + 1

const LONGEST_SLEEP = 100 * MILLISECOND
/** Cassandra's `cas_contention_timeout`. */
const DEFAULT_TIMEOUT = 1800 * MILLISECOND

type Parts = Omit<Coordination, 'ends'>

export class Proposer {
  private readonly operations = new Map<number, SerialOperation>()
  /** Of each client the latest attempt that has come here. */
  private readonly latest = new Map<ClientId, Pick<Request, 'operation' | 'attempt'>>()
  private readonly timestamps: Timestamps
  private readonly levels: SerialLevels
  private readonly stampsCells: boolean

  constructor(private readonly parts: Parts) {
    this.stampsCells = parts.options.ties === 'cassandra'
    this.timestamps = new Timestamps(parts.context, this.stampsCells ? MICROSECOND : 1)
    this.levels = new SerialLevels(parts)
  }

  get isIdle(): boolean {
    return this.operations.size === 0
  }

  takes({ kind }: Request): boolean {
    return kind === COMPARE_AND_SET || (isRead(kind) && this.levels.readsSerially)
  }

  onRequest(request: Request, via: NodeId | null): void {
    if (this.isOld(request)) return
    const { context, placement, options } = this.parts
    const partition = placement.partitionOf(request.key)
    const replicas = placement.replicasOf(partition)
    const { majority, commits } = this.levels.of(request, partition, replicas)
    const entry = new SerialOperation(request, replicas, majority, commits, via)
    const earlier = this.operations.get(request.operation)
    if (earlier !== undefined) this.forget(earlier)
    this.operations.set(request.operation, entry)
    if (!majority.isMetBy(this.live(entry) & entry.cohort)) this.refuse(entry, 'unavailable')
    else {
      const patience = Math.min(options.timeouts?.cas ?? DEFAULT_TIMEOUT, request.timeout)
      entry.patience = context.setTimer(PATIENCE, request.operation, patience)
      this.prepare(entry)
    }
  }

  onAnswer(from: NodeId, message: PaxosMessage): void {
    this.parts.detector.heard(from)
    const entry = this.operations.get(message.operation)
    if (entry === undefined || entry.step !== message.step || !isSame(entry.ballot, message.round)) return
    const mask = entry.maskOf(from)
    if (message.answer === DONE) {
      if (entry.confirm(mask)) this.onDone(entry, from, message)
    } else if ((entry.done & mask) === 0) {
      entry.refused |= mask
      if (message.promised !== null) entry.after = Math.max(entry.after, message.promised.order)
      this.onRefused(entry, message)
    }
  }

  onTimer(kind: number, operation: number): void {
    const entry = this.operations.get(operation)
    if (entry === undefined) return
    if (kind === SLEEP) {
      entry.sleep = 0
      this.prepare(entry)
    } else {
      entry.patience = 0
      this.onPatienceOver(entry)
    }
  }

  private onDone(entry: SerialOperation, from: NodeId, message: PaxosMessage): void {
    switch (entry.step) {
      case PREPARE:
        entry.takePromise(from, message)
        if (entry.majority.isMetBy(entry.done)) this.onPromised(entry)
        return
      case READ:
        this.take(entry, message.found as Versioned)
        if (entry.majority.isMetBy(entry.done)) this.onRead(entry)
        return
      case PROPOSE:
        if (entry.majority.isMetBy(entry.done)) this.onChosen(entry)
        else if (entry.refused !== 0) this.onNotChosen(entry)
        return
      case COMMIT:
        this.onCommitted(entry, from)
        return
    }
  }

  private onRefused(entry: SerialOperation, { step, answer }: PaxosMessage): void {
    if (step === PROPOSE) this.onNotChosen(entry)
    else if (answer === PREEMPTED) this.backOff(entry)
    else if (entry.isAnswered) this.forgetIfDone(entry)
    else {
      const needed = step === COMMIT ? entry.commits : entry.majority
      if (!needed.isMetBy(entry.asked & ~entry.refused)) this.refuse(entry, 'overloaded')
    }
  }

  // --- Prepare --------------------------------------------------------------------------------------------------------

  private prepare(entry: SerialOperation): void {
    const ballot: Ballot = { order: this.timestamps.next(entry.after), tie: this.timestamps.tie }
    entry.beginRound(ballot)
    entry.begin(PREPARE, this.live(entry) & entry.cohort)
    this.send(entry, PaxosMessage.ask(PREPARE, entry.request, entry.messages, ballot))
  }

  private onPromised(entry: SerialOperation): void {
    const { accepted, committed } = entry
    const isUnfinished = accepted !== null && (committed === null || isAfter(accepted.ballot, committed.ballot))
    if (isUnfinished && accepted.version !== null) this.propose(entry, 'of others', accepted)
    else if (committed !== null && this.commitToThoseWithout(entry, committed)) this.prepare(entry)
    else if (isRead(entry.request.kind)) this.proposeNothing(entry)
    else this.read(entry)
  }

  /** Of those who have promised. Nobody waits for them to answer; false if there are none. */
  private commitToThoseWithout(entry: SerialOperation, committed: Proposal): boolean {
    const without = entry.promises.filter((promise) => !isSameProposal(promise.committed, committed))
    if (without.length === 0) return false
    const message = PaxosMessage.tell(COMMIT, entry.request, ++entry.messages, committed)
    for (const { node } of without) this.parts.context.send(node, message)
    return true
  }

  // --- Read -----------------------------------------------------------------------------------------------------------

  private read(entry: SerialOperation): void {
    const { request, replicas } = entry
    const { context, options, placement } = this.parts
    const live = this.live(entry) & entry.cohort
    const nodes = nodesAt(replicas, live)
    const count = options.contact === 'all' ? nodes.length : entry.majority.total
    const asked = placement.nearestOf(nodes, context, request.turn, count)
    entry.begin(
      READ,
      asked.reduce((mask, node) => mask | entry.maskOf(node), 0),
    )
    const message = PaxosMessage.ask(READ, request, entry.messages, entry.ballot)
    for (const node of asked) context.send(node, message)
  }

  private take(entry: SerialOperation, found: Versioned): void {
    entry.found = entry.found === null ? found : this.parts.versions.reconcile(entry.found, found)
  }

  private onRead(entry: SerialOperation): void {
    const { request } = entry
    const found = entry.found as Versioned
    if (isRead(request.kind)) this.answer(entry, this.parts.versions.readOutcome(found))
    else if (writersOf(found.held).includes(request.operation)) this.answerWritten(entry, found)
    else if (valueIn(found.held) !== request.expected) {
      entry.failed = true
      this.proposeNothing(entry)
    } else this.proposeOwn(entry)
  }

  // --- Propose --------------------------------------------------------------------------------------------------------

  private proposeOwn(entry: SerialOperation): void {
    const { request, ballot } = entry
    const held = heldAfter(request, request.operation)
    const order = this.stampsCells ? cellOrder(ballot.order, held) : ballot.order
    const version = { held, order, tie: ballot.tie }
    entry.mayBeApplied = true
    this.propose(entry, 'own', { version, valueBytes: request.valueBytes })
  }

  private proposeNothing(entry: SerialOperation): void {
    this.propose(entry, 'empty', { version: null, valueBytes: 0 })
  }

  private propose(
    entry: SerialOperation,
    aim: Aim,
    { version, valueBytes }: Pick<Proposal, 'version' | 'valueBytes'>,
  ): void {
    entry.aim = aim
    entry.proposal = { ballot: entry.ballot, version, valueBytes }
    entry.begin(PROPOSE, this.live(entry) & entry.cohort)
    this.send(entry, PaxosMessage.tell(PROPOSE, entry.request, entry.messages, entry.proposal))
  }

  private onChosen(entry: SerialOperation): void {
    if (entry.aim !== 'empty') this.commit(entry)
    else if (entry.failed) this.refuseWith(entry, CONDITION_FAILED)
    else this.read(entry)
  }

  /** Somebody has refused. Of an own value it must be known whether all have, for otherwise somebody may finish it. */
  private onNotChosen(entry: SerialOperation): void {
    const isHopeless = !entry.majority.isMetBy(entry.asked & ~entry.refused)
    if (entry.aim !== 'own') {
      if (isHopeless) this.backOff(entry)
    } else if (isHopeless && entry.silent === 0) {
      if (entry.done !== 0) this.refuse(entry, 'timeout')
      else {
        entry.mayBeApplied = false
        this.backOff(entry)
      }
    }
  }

  private backOff(entry: SerialOperation): void {
    const { context } = this.parts
    entry.step = null
    entry.sleep = context.setTimer(SLEEP, entry.operation, context.random.below(LONGEST_SLEEP))
  }

  // --- Commit ---------------------------------------------------------------------------------------------------------

  private commit(entry: SerialOperation): void {
    entry.begin(COMMIT, this.live(entry))
    const proposal = entry.proposal as Proposal
    this.send(entry, PaxosMessage.tell(COMMIT, entry.request, entry.messages, proposal))
    if (entry.aim === 'own') this.keepHints(entry, entry.everyone & ~entry.asked)
    if (entry.commits.takesHints) this.onCommitDone(entry)
  }

  private onCommitted(entry: SerialOperation, from: NodeId): void {
    if (entry.aim === 'own') this.parts.context.witness(entry.operation, from)
    if (entry.isAnswered) this.forgetIfDone(entry)
    else if (entry.commits.isMetBy(entry.done)) this.onCommitDone(entry)
  }

  private onCommitDone(entry: SerialOperation): void {
    if (entry.aim === 'own') this.answerWritten(entry, (entry.proposal as Proposal).version as Versioned)
    else this.prepare(entry)
  }

  private keepHints({ request, replicas, proposal }: SerialOperation, places: number): void {
    const { hints } = this.parts
    if (hints === null || places === 0) return
    const write = QuorumMessage.write(request, (proposal as Proposal).version as Versioned)
    for (const node of nodesAt(replicas, places)) hints.keep(node, write)
  }

  // --- Ends -----------------------------------------------------------------------------------------------------------

  private onPatienceOver(entry: SerialOperation): void {
    const { silent, replicas, step, aim } = entry
    if (step !== null) {
      for (const node of nodesAt(replicas, silent)) this.parts.detector.missed(node)
      if (step === COMMIT && aim === 'own') this.keepHints(entry, silent)
    }
    if (entry.isAnswered) this.forget(entry)
    else this.refuse(entry, 'timeout')
  }

  private answerWritten(entry: SerialOperation, written: Versioned): void {
    this.answer(entry, this.parts.versions.writeOutcome(entry.operation, written))
  }

  private answer(entry: SerialOperation, outcome: Outcome): void {
    entry.isAnswered = true
    this.forgetIfDone(entry)
    answer(this.parts.context, entry.request, entry.via, outcome)
  }

  private refuse(entry: SerialOperation, reason: RefusalReason): void {
    this.refuseWith(entry, { reason, applied: entry.mayBeApplied ? 'unknown' : 'no' })
  }

  private refuseWith(entry: SerialOperation, refusal: Refusal): void {
    this.forget(entry)
    refuse(this.parts.context, entry.request, entry.via, refusal)
  }

  /** Where hints are kept, whoever has not acknowledged a commit by the end of its time gets one. */
  private forgetIfDone(entry: SerialOperation): void {
    const expectsMore = this.parts.hints !== null && entry.step === COMMIT && entry.silent !== 0
    if (!expectsMore) this.forget(entry)
  }

  private forget(entry: SerialOperation): void {
    const { context } = this.parts
    if (entry.patience !== 0) context.cancelTimer(entry.patience)
    if (entry.sleep !== 0) context.cancelTimer(entry.sleep)
    if (this.operations.get(entry.operation) === entry) this.operations.delete(entry.operation)
  }

  // --- Who is asked ---------------------------------------------------------------------------------------------------

  /** The network may deliver a request twice, and late; a client asks for one thing at a time. */
  private isOld(request: Request): boolean {
    const latest = this.latest.get(request.client)
    const { operation, attempt } = request
    const isNew =
      latest === undefined ||
      operation > latest.operation ||
      (operation === latest.operation && attempt > latest.attempt)
    if (isNew) this.latest.set(request.client, { operation, attempt })
    return !isNew
  }

  private live({ replicas }: SerialOperation): number {
    const { detector } = this.parts
    return placesWhere(replicas, (node) => detector.isUp(node))
  }

  private send(entry: SerialOperation, message: PaxosMessage): void {
    sendTo(this.parts.context, entry.replicas, entry.asked, message)
  }
}

const isSameProposal = (left: Proposal | null, right: Proposal): boolean =>
  left !== null && isSame(left.ballot, right.ballot)
