/** Trials per second of the WARS Monte Carlo, fitted laws on every leg (LinkedIn's disks): one R and W, and all nine of N = 3 from one set of trials. */
import { alike, legsOf } from '../advice/wars/model.js'
import { predict, type Quorum } from '../advice/wars/wars.js'
import { MILLISECOND } from '../core/units.js'
import type { Effort } from './effort.js'
import type { Figure } from './figure.js'
import { type Repeated, repeat } from './repeated.js'

/** Enough to make what is done once, tables and counts, small. */
const TRIALS = 1_000_000
const FEW_TRIALS = 10_000

export function warsTrials(effort: Effort): Figure[] {
  const legs = legsOf({ write: 'lnkd-disk', ack: 'lnkd-ssd', read: 'lnkd-ssd', reply: 'lnkd-ssd' })
  const three = alike(3, legs)
  const trials = effort.leastPasses > 1 ? TRIALS : FEW_TRIALS
  const task = (name: string, quorums: readonly Quorum[]): Repeated => ({
    name,
    batch: trials,
    run: () =>
      predict({
        model: three,
        quorums,
        trials,
        seed: 1,
        at: [0, 1, 5, 10, 50].map((t) => t * MILLISECOND),
        versions: [1],
        writesPerRead: 1,
      }),
  })
  const upTo3 = [1, 2, 3]
  const all = upTo3.flatMap((r) => upTo3.map((w) => ({ r, w })))
  return repeat(
    'M trials/s',
    [
      task('wars n=3 r=1 w=1', [{ r: 1, w: 1 }]),
      task('wars n=3 r=2 w=2', [{ r: 2, w: 2 }]),
      task('wars n=3, all nine', all),
    ],
    effort,
  )
}
