/**
 * The timestamps that one process gives: its clock's, but each later than the one before, so that together with the identity of the process
 * they are unique. What a crash undoes of them goes with the identity. The versions of plain writes and the ballots of Paxos come from
 * the same row.
 */
import type { Nanos, WriterId } from '../../core/ids.js'
import type { DiskCell } from '../disk.js'
import type { Message, ReplicaContext } from '../replica.js'

/** Ties are stored in 16 bits; clients beyond share a number, which matters only within the same unit of time. */
const TIES = 0x8000

export class Timestamps {
  readonly tie: WriterId
  private readonly last: DiskCell<number>

  constructor(
    private readonly context: ReplicaContext<Message>,
    /** Every timestamp is a whole multiple of it. */
    private readonly unit: Nanos,
  ) {
    this.last = context.disk.cell('lastTimestamp', Number.NEGATIVE_INFINITY)
    this.tie = context.identity % TIES
  }

  /** Later than all before, and than `after`. */
  next(after = Number.NEGATIVE_INFINITY): number {
    const { unit } = this
    const clock = Math.floor(this.context.clock() / unit) * unit
    const latest = Math.max(this.last.value, after)
    const next = clock > latest ? clock : (Math.floor(latest / unit) + 1) * unit
    this.last.value = next
    return next
  }
}
