/**
 * Coordinates one client's operation over the replicas of its key (DeCandia et al. 2007, section 4.5): a write goes to all N and is
 * acknowledged after W answers, a read asks all N (or R of them) and returns the newest of the first R. Increments, adds and
 * removes are the coordinator's own read, then write, of one value. It runs on a node or in the client's process.
 *
 * Versions are (timestamp, identity of the coordinator): the timestamps of one identity are unique and increasing, and what a
 * crash undoes of them goes with the identity. In one cell all coordinators are nodes, or all are clients, so a node's
 * identity never meets a client's. With read repair (read-repair.ts) an entry stays until every replica that was
 * asked has answered or refused, or its client has given up.
 */
import type { NodeId, ProcessId, WriterId } from '../../core/ids.js'
import { INITIAL } from '../../core/ids.js'
import { isMerge, isRead } from '../../history/operation-kinds.js'
import type { DiskCell } from '../disk.js'
import type { ReplicaContext, Request } from '../replica.js'
import { Outcome } from '../replica.js'
import { writtenValue } from '../whole-value.js'
import type { BlockFor, Requirement } from './consistency-level.js'
import { heldAfter, valueIn } from './held.js'
import { QuorumMessage, READ_REFUSED, READ_REPLY, REPAIR_ACK, WRITE_ACK, WRITE_REFUSED } from './messages.js'
import { ANSWERED, Pending, READING, REPAIRING, WRITING } from './pending.js'
import { PendingTable } from './pending-table.js'
import type { QuorumOptions } from './quorum-options.js'
import type { QuorumPlacement } from './quorum-placement.js'
import { answersRepairOf, repairThoseBehind } from './read-repair.js'

/** Ties are stored in 16 bits; clients beyond share a number, which matters only within the same nanosecond. */
const TIES = 0x8000

export class Coordinator {
  private readonly pending = new PendingTable()
  private readonly lastTimestamp: DiskCell<number>
  private readonly tie: WriterId
  private readonly reads: Requirement
  private readonly writes: Requirement
  private readonly repairs: boolean

  constructor(
    private readonly context: ReplicaContext<QuorumMessage>,
    private readonly options: QuorumOptions,
    private readonly placement: QuorumPlacement,
  ) {
    this.lastTimestamp = context.disk.cell('lastTimestamp', Number.NEGATIVE_INFINITY)
    this.tie = context.identity % TIES
    this.reads = placement.requirement(options.r, context.zone)
    this.writes = placement.requirement(options.w, context.zone)
    this.repairs = options.repair !== 'none'
  }

  onRequest(request: Request): void {
    const earlier = this.pending.get(request.operation)
    // The network may deliver a request twice, and late.
    if (earlier !== null && earlier.request.attempt >= request.attempt) return
    const now = this.context.clock()
    const replicas = this.placement.replicas(request.key)
    const deadline = now + request.timeout
    const entry = new Pending(request, replicas, this.reads.of(replicas), this.writes.of(replicas), deadline)
    this.pending.add(entry, now)
    if (isMerge(request.kind) || isRead(request.kind)) this.read(entry)
    else this.write(entry)
  }

  onAnswer(from: ProcessId, message: QuorumMessage): void {
    const entry = this.pending.get(message.operation)
    if (entry === null) return
    const mask = entry.maskOf(from)
    if (message.kind >= REPAIR_ACK) this.onRepairAnswer(entry, mask, message)
    else if (entry.request.attempt !== message.attempt) return
    else if (message.kind === READ_REPLY) this.onReadReply(entry, mask, message)
    else if (message.kind === WRITE_ACK) this.onWriteAck(entry, mask, from)
    else if (message.kind === READ_REFUSED) this.onReadRefused(entry, mask)
    else if (message.kind === WRITE_REFUSED && entry.phase === WRITING)
      this.onRefused(entry, mask, entry.everyone, entry.writes)
  }

  // --- Reads ----------------------------------------------------------------------------------------------------------

  private read(entry: Pending): void {
    const { request, replicas } = entry
    const message = QuorumMessage.read(request)
    const toAll = this.options.contact === 'all'
    const asked = toAll ? replicas : this.placement.nearest(this.context, request, entry.reads.total)
    entry.asked = toAll ? entry.everyone : entry.maskOfAll(asked)
    entry.awaited = entry.asked
    for (let i = 0; i < asked.length; i++) this.context.send(asked[i] as NodeId, message)
  }

  private onReadReply(entry: Pending, mask: number, reply: QuorumMessage): void {
    if ((entry.replied & mask) !== 0) return
    entry.take(mask, reply)
    if (entry.phase !== READING) this.onLateReply(entry, mask)
    else if (entry.reads.isMetBy(entry.replied)) this.onReadQuorum(entry)
  }

  private onReadQuorum(entry: Pending): void {
    entry.settled = entry.newest
    if (this.options.repair === 'blocking' && entry.replied !== entry.current) {
      entry.phase = REPAIRING
      entry.confirmed = entry.current
      repairThoseBehind(entry, this.context)
    } else {
      if (this.repairs) repairThoseBehind(entry, this.context)
      this.onReadDone(entry)
    }
  }

  /** One of those asked answers after the first R. */
  private onLateReply(entry: Pending, mask: number): void {
    if (!this.repairs) return
    const isBehind = (entry.current & mask) === 0
    repairThoseBehind(entry, this.context)
    if (entry.phase === REPAIRING && !isBehind) this.onHolder(entry, mask)
    else this.forgetIfDone(entry)
  }

  private onRepairAnswer(entry: Pending, mask: number, message: QuorumMessage): void {
    if (entry.phase !== REPAIRING || !answersRepairOf(entry, message)) return
    if (message.kind === REPAIR_ACK) this.onHolder(entry, mask)
    else this.onRefused(entry, mask, entry.asked, entry.reads)
  }

  /** A replica holds what a read that waits for repairs is to return, or something newer. */
  private onHolder(entry: Pending, mask: number): void {
    entry.confirm(mask)
    if (entry.reads.isMetBy(entry.confirmed)) this.onReadDone(entry)
  }

  private onReadDone(entry: Pending): void {
    const { held, order, tie } = entry.settled as QuorumMessage
    if (isRead(entry.request.kind)) this.answer(entry, new Outcome(valueIn(held), order, tie))
    else this.write(entry)
  }

  // --- Writes ---------------------------------------------------------------------------------------------------------

  private write(entry: Pending): void {
    const { request, replicas, settled } = entry
    const value = writtenValue(settled === null ? INITIAL : valueIn(settled.held), request)
    const held = heldAfter(request, value)
    const message = QuorumMessage.write(request, held, this.timestamp(), this.tie)
    entry.phase = WRITING
    entry.confirmed = 0
    entry.refused = 0
    entry.settled = message
    for (let i = 0; i < replicas.length; i++) this.context.send(replicas[i] as NodeId, message)
  }

  private onWriteAck(entry: Pending, mask: number, from: NodeId): void {
    if (entry.phase !== WRITING || (entry.confirmed & mask) !== 0) return
    entry.confirm(mask)
    this.context.witness(entry.operation, from)
    if (!entry.writes.isMetBy(entry.confirmed)) return
    const { order, tie } = entry.settled as QuorumMessage
    this.answer(entry, new Outcome(entry.operation, order, tie))
  }

  private timestamp(): number {
    const clock = this.context.clock()
    const next = clock > this.lastTimestamp.value ? clock : this.lastTimestamp.value + 1
    this.lastTimestamp.value = next
    return next
  }

  // --- Ends -----------------------------------------------------------------------------------------------------------

  private answer(entry: Pending, outcome: Outcome): void {
    entry.phase = ANSWERED
    this.forgetIfDone(entry)
    this.context.reply(entry.operation, outcome)
  }

  private forgetIfDone(entry: Pending): void {
    if (entry.phase === ANSWERED && (!this.repairs || entry.awaited === 0)) this.pending.remove(entry.operation)
  }

  private onReadRefused(entry: Pending, mask: number): void {
    if ((entry.replied & mask) !== 0) return
    entry.awaited &= ~mask
    if (entry.phase <= REPAIRING) this.onRefused(entry, mask, entry.asked, entry.reads)
    else this.forgetIfDone(entry)
  }

  /** If too few of those asked are left that could answer, the client is refused; those that did may have applied a write. */
  private onRefused(entry: Pending, mask: number, asked: number, needed: BlockFor): void {
    entry.refused |= mask & ~entry.confirmed
    if (needed.isMetBy(asked & ~entry.refused)) return
    const applied = entry.phase === WRITING && entry.refused !== entry.everyone ? 'unknown' : 'no'
    entry.phase = ANSWERED
    this.pending.remove(entry.operation)
    this.context.refuse(entry.request, { reason: 'overloaded', applied })
  }
}
