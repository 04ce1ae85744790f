/**
 * Two sites under last-write-wins: blind writes at rate lambda at each, constant delay D, stamps by clocks that differ by s: a write at the
 * site whose clock is behind loses to any write of the other site from s before it to D after it, one at the other site to any
 * from D - s after it. Those between s and D before it had been received: it loses to what it had seen. Concurrent
 * are the writes of the other site from D before to D after, whatever the clocks say. Times between Poisson writes make
 * each a share 1 - exp(-lambda x). Writes of one key meet each other, so the seed is the unit.
 */
import { exp } from '../../core/mathematics.js'
import type { Finding } from './check.js'
import { pooledRatio } from './estimate.js'
import type { Family, Part } from './family.js'
import { simulated } from './simulated.js'

export const DELAY_MILLISECONDS = 10
const WRITES_PER_MILLISECOND = 0.02
const RECORDS = 20

export const twoSitesWorkload = (skew: number, seeds: number, seconds: number): string => `
seeds: ${seeds}
warmup: 200ms
duration: ${seconds}s
topology:
  zones:
    a: { nodes: 1, clients: 50%, node: { clock: { offset: 0ms } } }
    b: { nodes: 1, clients: 50%, node: { clock: { offset: ${skew}ms } } }
  links: { local: 0ms, a--b: ${DELAY_MILLISECONDS}ms }
node: { read: 0ms, write: 0ms }
workload:
  records: ${RECORDS}
  keys: uniform
  operations: { update: 100% }
  arrivals: poisson(${2 * 1000 * WRITES_PER_MILLISECOND * RECORDS}/s)
strategies: [ { lww: { copies: 2, leaders: zone, timestamps: wall-clock } } ]
`

/** By measure, where b's clock is `skew` milliseconds ahead. */
export function lossesOfTwoSites(skew: number): Readonly<Record<string, number>> {
  const within = (milliseconds: number): number => 1 - exp(-WRITES_PER_MILLISECOND * Math.max(0, milliseconds))
  const delay = DELAY_MILLISECONDS
  const met = within(2 * delay)
  return {
    'lost.overwritten@a': within(delay + skew),
    'lost.overwritten@b': within(delay - skew),
    'lost.overwritten.seen@a': (1 - met) * within(skew - delay),
    'lost.overwritten.seen@b': 0,
    'conflicts.ratio@a': met,
    'conflicts.ratio@b': met,
  }
}

/** Clocks apart by nothing, by half the delay, and by twice the delay. */
export const SKEWS: readonly number[] = [0, DELAY_MILLISECONDS / 2, 2 * DELAY_MILLISECONDS]

const SOURCE = 'exact: 1 - exp(-lambda x) for the time x in which a write of the other site wins'

function partOf(skew: number): Part {
  return {
    name: `clocks ${skew} ms apart`,
    seconds: 8,
    measure: (seed, size) => {
      const { cells } = simulated(twoSitesWorkload(skew, 40, size.of(6, 60)), seed)
      return Object.entries(lossesOfTwoSites(skew)).map(([measure, expected]): Finding => {
        const { measured, spread, n } = pooledRatio(
          cells.map(({ ratios }) => ratios[measure] as readonly [number, number]),
        )
        const name = `${measure}, clocks ${skew} ms apart`
        // What cannot happen must not, however often it is tried.
        return {
          name,
          unit: 'share',
          source: SOURCE,
          expected,
          measured,
          n,
          spread: expected === 0 ? null : spread,
          bias: null,
        }
      })
    },
  }
}

export const lastWriteWins: Family = {
  name: 'last-write-wins',
  summary: 'blind writes that two sites lose to each other, with and without clock skew',
  parts: SKEWS.map(partOf),
}
