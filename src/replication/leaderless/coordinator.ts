/**
 * Coordinates one client's operation over the replicas of its key (DeCandia et al. 2007, section 4.5): a write goes to all N and is
 * acknowledged after W answers, a read asks all N (or R of them) and returns the newest of the first R. Increments, adds and
 * removes are the coordinator's own read, then write, of one value. It runs on a node or in the client's process.
 *
 * Versions are (timestamp, coordinator): the timestamps of one coordinator are unique and increasing. No repair yet: a
 * replica that missed a write stays behind until the next write of the key.
 */
import type { NodeId } from '../../core/ids.js'
import { INCREMENT, isRead } from '../../history/operation-kinds.js'
import type { ReplicaContext, Request } from '../replica.js'
import { Outcome } from '../replica.js'
import { writtenValue } from '../whole-value.js'
import { QuorumMessage, READ_REPLY, WRITE_ACK } from './messages.js'
import { Pending, PendingTable } from './pending.js'
import type { QuorumOptions, QuorumPlacement } from './quorum-placement.js'
import { isNewer } from './store.js'

/** Ties are stored in 16 bits; clients beyond share a number, which matters only within the same nanosecond. */
const TIES = 0x8000

export class Coordinator {
  private readonly pending = new PendingTable()
  private readonly lastTimestamp: { value: number }
  private readonly tie: number

  constructor(
    private readonly context: ReplicaContext<QuorumMessage>,
    private readonly options: QuorumOptions,
    private readonly placement: QuorumPlacement,
  ) {
    this.lastTimestamp = context.disk.cell('lastTimestamp', Number.NEGATIVE_INFINITY)
    this.tie = context.id % TIES
  }

  onRequest(request: Request): void {
    const replicas = this.placement.replicas(request.key)
    const now = this.context.clock()
    const entry = new Pending(request, replicas.length, now + request.timeout)
    this.pending.add(entry, now)
    if (request.kind >= INCREMENT || isRead(request.kind)) this.read(entry, replicas)
    else this.write(entry, replicas)
  }

  onAnswer(message: QuorumMessage): void {
    const entry = this.pending.get(message.operation)
    if (entry === null || entry.request.attempt !== message.attempt) return
    if (message.kind === READ_REPLY) this.onReadReply(entry, message)
    else if (message.kind === WRITE_ACK) this.onWriteAck(entry)
    else this.onRefused(entry)
  }

  private read(entry: Pending, replicas: readonly NodeId[]): void {
    const message = QuorumMessage.read(entry.request)
    const asked =
      this.options.contact === 'all' ? replicas : this.placement.nearest(this.context, entry.request, this.options.r)
    for (let i = 0; i < asked.length; i++) this.context.send(asked[i] as NodeId, message)
  }

  private write(entry: Pending, replicas: readonly NodeId[]): void {
    const { request } = entry
    entry.writing = true
    entry.answers = 0
    entry.refusals = 0
    entry.order = this.timestamp()
    entry.tie = this.tie
    const message = QuorumMessage.write(request, writtenValue(entry.value, request), entry.order, entry.tie)
    for (let i = 0; i < replicas.length; i++) this.context.send(replicas[i] as NodeId, message)
  }

  private onReadReply(entry: Pending, reply: QuorumMessage): void {
    if (entry.writing) return
    if (isNewer(reply.order, reply.tie, entry.order, entry.tie)) {
      entry.value = reply.value
      entry.order = reply.order
      entry.tie = reply.tie
    }
    if (++entry.answers < this.options.r) return
    if (!isRead(entry.request.kind)) this.write(entry, this.placement.replicas(entry.request.key))
    else this.finish(entry, new Outcome(entry.value, entry.order, entry.tie))
  }

  private onWriteAck(entry: Pending): void {
    if (!entry.writing || ++entry.answers < this.options.w) return
    this.finish(entry, new Outcome(entry.request.operation, entry.order, entry.tie))
  }

  private finish(entry: Pending, outcome: Outcome): void {
    this.pending.remove(entry.request.operation)
    this.context.reply(entry.request.operation, outcome)
  }

  /** Too few replicas are left that could answer; those that did may have applied a write. */
  private onRefused(entry: Pending): void {
    entry.refusals++
    const asked = entry.writing || this.options.contact === 'all' ? entry.replicas : this.options.r
    const needed = entry.writing ? this.options.w : this.options.r
    if (asked - entry.refusals >= needed) return
    this.pending.remove(entry.request.operation)
    const applied = entry.writing && entry.refusals < entry.replicas ? 'unknown' : 'no'
    this.context.refuse(entry.request, { reason: 'overloaded', applied })
  }

  private timestamp(): number {
    const clock = this.context.clock()
    const next = clock > this.lastTimestamp.value ? clock : this.lastTimestamp.value + 1
    this.lastTimestamp.value = next
    return next
  }
}
