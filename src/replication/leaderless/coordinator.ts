/**
 * Coordinates one client's operation over the replicas of its key (DeCandia et al. 2007, section 4.5): a write is acknowledged once enough
 * replicas have it, a read returns the newest of enough answers; how many are enough, and whose, consistency-level.ts says. Increments, adds and
 * removes are the coordinator's own read, then write, of one value. It runs on a node or in the client's process. How reads and
 * writes go is in read-coordination.ts and write-coordination.ts; here is whose an answer is, and how an operation ends.
 */
import type { NodeId, ProcessId } from '../../core/ids.js'
import { isMerge, isRead } from '../../history/operation-kinds.js'
import type { Outcome, RefusalReason, Request } from '../replica.js'
import { type Coordination, type Ends, READ_TIMEOUT, REPAIR_OTHERS, SPECULATE } from './coordination.js'
import { answer, refuse } from './forwarding.js'
import {
  type QuorumMessage,
  READ_REFUSED,
  READ_REPLY,
  REPAIR_ACK,
  REPAIR_REFUSED,
  VERSION_REPLY,
  WRITE_ACK,
} from './messages.js'
import { ANSWERED, Pending } from './pending.js'
import { PendingTable } from './pending-table.js'
import { ReadCoordination } from './read-coordination.js'
import { Requirements } from './requirements.js'
import { Speculation } from './speculation.js'
import { Standings } from './standing.js'
import { WriteCoordination } from './write-coordination.js'

export class Coordinator implements Ends {
  private readonly pending = new PendingTable()
  private readonly parts: Coordination
  private readonly standings: Standings
  private readonly requirements: Requirements
  private readonly reads: ReadCoordination
  private readonly writes: WriteCoordination

  constructor(parts: Omit<Coordination, 'ends'>) {
    // Written out, here and where `parts` is made: to V8 each object that a spread has made has a shape of its own, and what reads them is megamorphic.
    const { context, options, placement, versions, maker, detector, hints, copy } = parts
    this.parts = { context, options, placement, versions, maker, detector, hints, copy, ends: this }
    this.standings = new Standings(placement, detector, options.sloppy ?? false)
    this.requirements = new Requirements(options, placement, context.zone)
    const policy = options['additional-writes']
    const additional = policy === undefined ? null : new Speculation(policy)
    this.writes = new WriteCoordination(this.parts, additional)
    this.reads = new ReadCoordination(this.parts, additional, (entry) => this.writes.begin(entry))
  }

  /** `via` is the node that has handed the request on, if one has. */
  onRequest(request: Request, via: NodeId | null): void {
    const earlier = this.pending.get(request.operation)
    // The network may deliver a request twice, and late.
    if (earlier !== null && earlier.request.attempt >= request.attempt) return
    if (earlier !== null) this.stopTimers(earlier)
    const now = this.parts.context.clock()
    const partition = this.parts.placement.partitionOf(request.key)
    const standing = this.standings.of(request.key, partition)
    const reads = this.requirements.ofRead(partition, standing.primaries)
    const writes = this.requirements.ofWrite(request, partition, standing.primaries)
    const entry = new Pending(request, standing, reads, writes, now, now + request.timeout, via)
    this.pending.add(entry, now)
    const { kind } = request
    if (isRead(kind) || (isMerge(kind) && this.parts.maker.readsFirst(kind))) this.reads.begin(entry)
    else this.writes.begin(entry)
  }

  onAnswer(from: ProcessId, message: QuorumMessage): void {
    this.parts.detector.heard(from)
    const entry = this.pending.get(message.operation)
    if (entry === null) return
    const mask = entry.maskOf(from)
    if (mask === 0) return
    const { kind } = message
    if (kind === READ_REPLY || kind === VERSION_REPLY) this.reads.onReply(entry, mask, message)
    else if (kind === REPAIR_ACK || kind === REPAIR_REFUSED) this.reads.onRepairAnswer(entry, mask, message)
    else if (kind === READ_REFUSED) this.reads.onRefused(entry, mask, message)
    else if (entry.request.attempt !== message.attempt) return
    else if (kind === WRITE_ACK) this.writes.onAck(entry, mask, from)
    else this.writes.onRefused(entry, mask)
  }

  onTimer(kind: number, operation: number): void {
    const entry = this.pending.get(operation)
    if (entry === null) return
    if (kind === SPECULATE) this.reads.speculate(entry)
    else if (kind === REPAIR_OTHERS) this.reads.repairOthers(entry)
    else if (kind === READ_TIMEOUT) this.reads.onTimeout(entry)
    else this.writes.onTimeout(entry)
  }

  /** Its turn at the node's own copy has come. */
  onLocalTurn(message: QuorumMessage): boolean {
    const entry = this.pending.get(message.operation)
    return entry !== null && entry.request.attempt === message.attempt && this.writes.onLocalTurn(entry)
  }

  /** What its turn has stored is durable. */
  onStored(operation: number): void {
    const entry = this.pending.get(operation)
    if (entry !== null) this.writes.onStored(entry)
  }

  answer(entry: Pending, outcome: Outcome): void {
    const { context } = this.parts
    entry.phase = ANSWERED
    this.forgetIfDone(entry)
    answer(context, entry.request, entry.via, outcome)
  }

  refuse(entry: Pending, reason: RefusalReason, applied: 'no' | 'unknown'): void {
    const { context } = this.parts
    entry.phase = ANSWERED
    this.forget(entry)
    refuse(context, entry.request, entry.via, { reason, applied })
  }

  forgetIfDone(entry: Pending): void {
    if (entry.phase !== ANSWERED) return
    if (!this.reads.expectsAnswers(entry) && !this.writes.expectsAnswers(entry)) this.forget(entry)
  }

  forget(entry: Pending): void {
    this.stopTimers(entry)
    this.pending.remove(entry.operation)
  }

  private stopTimers(entry: Pending): void {
    const { context } = this.parts
    if (entry.timer !== 0) context.cancelTimer(entry.timer)
    if (entry.speculation !== 0) context.cancelTimer(entry.speculation)
    entry.timer = 0
    entry.speculation = 0
  }
}
