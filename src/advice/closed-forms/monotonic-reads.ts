/**
 * Monotonic reads by the same argument (Bailis et al., VLDB 2012, section 3.2): between two reads of a client the item was written
 * `writesPerRead` times on average, so a read goes back only if it misses all of those and the one read before.
 */
import { power } from '../../core/mathematics.js'

/** P(a client's read returns an older version than its last one), at most. `writesPerRead` is all writes of the item over this client's reads of it. */
export function readsBackwards(stale: number, writesPerRead: number): number {
  return stale === 0 ? 0 : power(stale, 1 + writesPerRead)
}
