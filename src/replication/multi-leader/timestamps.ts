/**
 * Timestamps for last-write-wins, in nanoseconds: (timestamp, writer) orders all writes. A writer's own are unique and
 * increasing, max(last + 1, clock), over crashes and backward steps of its clock too.
 *
 * `wall-clock`: that is all, so under skew a write may be ordered before one that its node had already received.
 * `hybrid-logical` (Kulkarni et al. 2014): received timestamps count as `last`, so a write comes after all that its node had received,
 * and timestamps stay within the skew of true time. Where the paper keeps a counter beside the physical part, we add
 * nanoseconds to that part itself: it runs ahead by one for each write that the paper would count.
 */
import type { DiskCell } from '../disk.js'
import type { Message, ReplicaContext } from '../replica.js'

export type TimestampKind = 'wall-clock' | 'hybrid-logical'

export class Timestamps {
  private readonly last: DiskCell<number>

  constructor(
    private readonly context: ReplicaContext<Message>,
    private readonly kind: TimestampKind,
  ) {
    this.last = context.disk.cell('last timestamp', Number.NEGATIVE_INFINITY)
  }

  next(): number {
    this.last.value = Math.max(this.last.value + 1, this.context.clock())
    return this.last.value
  }

  /** A write with this timestamp was received. */
  observe(timestamp: number): void {
    if (this.kind === 'hybrid-logical') this.last.value = Math.max(this.last.value, timestamp)
  }
}
