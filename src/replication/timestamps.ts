/**
 * The timestamps that one process gives: its clock's, but each later than the one before, over crashes and backward steps of its clock too, so that
 * together with the identity of the process they are unique. What a crash undoes of them goes with the identity.
 *
 * Where received timestamps are observed they are hybrid logical (Kulkarni et al. 2014): a write comes after all that its node had received, and
 * timestamps stay within the skew of true time. Where the paper keeps a counter beside the physical part, we add units to that part
 * itself: it runs ahead by one for each write that the paper would count.
 */
import type { Nanos, WriterId } from '../core/ids.js'
import type { DiskCell } from './disk.js'
import type { Message, ReplicaContext } from './replica.js'

/** Ties are stored in 16 bits; clients beyond share a number, which matters only within the same unit of time. */
const TIES = 0x8000

export class Timestamps {
  readonly tie: WriterId
  private readonly last: DiskCell<number>

  constructor(
    private readonly context: ReplicaContext<Message>,
    /** Every timestamp is a whole multiple of it. */
    private readonly unit: Nanos = 1,
  ) {
    this.last = context.disk.cell('last timestamp', Number.NEGATIVE_INFINITY)
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

  /** What is given from now on is later. */
  observe(timestamp: number): void {
    this.last.value = Math.max(this.last.value, timestamp)
  }
}
