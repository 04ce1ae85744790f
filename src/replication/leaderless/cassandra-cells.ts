/**
 * The order of versions of Cassandra's cells (Cells.java; reference: systems.md, section 2.4): the greater timestamp, in whole microseconds; of
 * equal ones a tombstone before a value, and of values the greater by their bytes. Timestamps are the coordinators', each of which gives
 * none twice, so only those of different coordinators meet.
 *
 * All of it is told by one number: below the microsecond stands a rank, which is the last for a tombstone and else a hash of the id that
 * stands for the value's bytes. Values of equal rank, one pair in a thousand, are ordered by their writers, which only makes two of the same
 * bytes two. Left out: cells that expire, and the local time of a deletion, as tombstones of one timestamp are equal to their readers.
 */
import type { Nanos } from '../../core/ids.js'
import { mix32 } from '../../core/random.js'
import { MICROSECOND } from '../../core/units.js'
import type { Message, ReplicaContext, Request } from '../replica.js'
import { Timestamps } from '../timestamps.js'
import { type Held, heldBy, isTombstone, writersOf } from './held.js'
import type { Versioned, VersionMaker } from './versioned.js'

/** Nanoseconds of a microsecond, so that the order stays a time in nanoseconds. */
const RANKS = MICROSECOND
const LAST_RANK = RANKS - 1

export class CassandraCells implements VersionMaker {
  readonly needsCopy = false
  private readonly timestamps: Timestamps

  constructor(context: ReplicaContext<Message>) {
    this.timestamps = new Timestamps(context, MICROSECOND)
  }

  readsFirst(): boolean {
    return true
  }

  make(request: Request, found: Versioned | null): Versioned {
    const held = heldBy(request, found)
    return { held, order: cellOrder(this.timestamps.next(), held), tie: this.timestamps.tie }
  }
}

/** The place of a version in the order of versions; `timestamp` is in whole microseconds. */
export function cellOrder(timestamp: Nanos, held: Held): number {
  if (isTombstone(held)) return timestamp + LAST_RANK
  return timestamp + (mix32(writersOf(held)[0] as number) % LAST_RANK)
}
