/**
 * How long a client waits before it tries again: twice as long each time, up to 20 s, less a random share of it. Without the doubling clients
 * keep an overloaded system where it is, without the randomness those that failed together come back together. Jitter of 100% is the "full
 * jitter" and of 50% the "equal jitter" of Brooker (AWS Architecture Blog, 2015), whose software development kits stop at 20 s too.
 *
 * Luck goes by the operation's name and the attempt, so every strategy meets the same.
 */
import type { Nanos } from '../../core/ids.js'
import { mix32 } from '../../core/random.js'
import { SECOND } from '../../core/units.js'
import type { Cell } from '../../experiment/cell.js'

/** A first back-off that is longer stays as it is. */
const LONGEST: Nanos = 20 * SECOND
/** Doubled so often, any back-off is beyond the longest. */
const MOST_DOUBLINGS = 30

/** Of the operation of that name, after its attempt `attempt` has failed. */
export function backOffAfter(attempt: number, name: number, { backoff, jitter }: Cell['client']): Nanos {
  const doubled = backoff * (1 << Math.min(attempt, MOST_DOUBLINGS))
  const luck = mix32(name ^ Math.imul(attempt + 1, 0x85ebca6b)) / 0x100000000
  return Math.round(Math.min(doubled, Math.max(backoff, LONGEST)) * (1 - jitter * luck))
}
