/**
 * Coordinates scans in the order of tokens, as Cassandra does range reads: the ranges that a scan covers (placement/token-ranges.ts)
 * are asked for at once, each from its own replicas, all N or the R nearest, and is there when R of them have answered; the scan is done
 * when all ranges are. One range of which fewer than R replicas can still answer refuses the scan. It runs where reads
 * and writes are coordinated (coordinator.ts), and beside them.
 *
 * Scans repair nobody. Left out: Cassandra's rounds of a few ranges at a time, which spare work where a limit is met early.
 */
import type { Nanos, NodeId, OperationId } from '../../core/ids.js'
import type { ReplicaContext, Request } from '../replica.js'
import { SCANNED } from '../scan.js'
import type { BlockFor, Requirement } from './consistency-level.js'
import { PendingTable } from './pending-table.js'
import type { QuorumOptions } from './quorum-options.js'
import type { QuorumPlacement } from './quorum-placement.js'
import { RANGE_REPLY, RangeMessage } from './range-messages.js'

/** Replicas stand in masks by their places in the preference list. */
class PendingRange {
  answered = 0
  refused = 0

  constructor(
    readonly replicas: readonly NodeId[],
    readonly asked: readonly NodeId[],
    readonly needed: BlockFor,
    readonly rows: number,
  ) {}

  maskOf(node: NodeId): number {
    return 1 << this.replicas.indexOf(node)
  }

  /** Whether those that were asked and have not refused could still be enough. */
  get isPossible(): boolean {
    return this.needed.isMetBy(this.asked.reduce((mask, node) => mask | this.maskOf(node), 0) & ~this.refused)
  }
}

class PendingScan {
  readonly operation: OperationId
  /** Ranges that too few replicas have answered for. */
  missing: number

  constructor(
    readonly request: Request,
    readonly ranges: readonly PendingRange[],
    readonly deadline: Nanos,
  ) {
    this.operation = request.operation
    this.missing = ranges.length
  }
}

export class ScanCoordinator {
  private readonly pending = new PendingTable<PendingScan>()
  private readonly reads: Requirement

  constructor(
    private readonly context: ReplicaContext<RangeMessage>,
    private readonly options: QuorumOptions,
    private readonly placement: QuorumPlacement,
  ) {
    this.reads = placement.requirement(options.levels?.scan ?? options.r, context.zone)
  }

  onRequest(request: Request): void {
    const earlier = this.pending.get(request.operation)
    // The network may deliver a request twice, and late.
    if (earlier !== null && earlier.request.attempt >= request.attempt) return
    const now = this.context.clock()
    const scan = new PendingScan(request, this.rangesOf(request), now + request.timeout)
    this.pending.add(scan, now)
    scan.ranges.forEach(({ asked, rows }, range) => {
      const message = RangeMessage.scan(request, range, scan.ranges.length, rows)
      for (const node of asked) this.context.send(node, message)
    })
  }

  onAnswer(from: NodeId, message: RangeMessage): void {
    const scan = this.pending.get(message.operation)
    if (scan === null || scan.request.attempt !== message.request.attempt) return
    const range = scan.ranges[message.range] as PendingRange
    const mask = range.maskOf(from)
    if ((range.answered & mask) !== 0) return
    if (message.kind === RANGE_REPLY) this.onReply(scan, range, mask)
    else this.onRefused(scan, range, mask)
  }

  private rangesOf(request: Request): readonly PendingRange[] {
    const { contact } = this.options
    return this.placement.rangesOf(request).map(({ partition, rows }) => {
      const replicas = this.placement.replicasOf(partition)
      const needed = this.reads.of(partition, replicas)
      const nearest = () => this.placement.nearestOf(replicas, this.context, request.turn, needed.total)
      return new PendingRange(replicas, contact === 'all' ? replicas : nearest(), needed, rows)
    })
  }

  private onReply(scan: PendingScan, range: PendingRange, mask: number): void {
    const wasMet = range.needed.isMetBy(range.answered)
    range.answered |= mask
    range.refused &= ~mask
    if (wasMet || !range.needed.isMetBy(range.answered) || --scan.missing > 0) return
    this.pending.remove(scan.operation)
    this.context.reply(scan.operation, SCANNED)
  }

  private onRefused(scan: PendingScan, range: PendingRange, mask: number): void {
    range.refused |= mask
    if (range.isPossible) return
    this.pending.remove(scan.operation)
    this.context.refuse(scan.request, { reason: 'overloaded', applied: 'no' })
  }
}
