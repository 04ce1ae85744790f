/**
 * Quorums under crashes at rates against the binomial: nodes fail independently, up for 9 s and down for 1 s on average, both exponential, so each is up with
 * p = .9, and a quorum of k of 3 answers with the probability that at least k are up: Σ C(3, i) .9^i .1^(3−i). Clients coordinate themselves, try
 * once, and mark nobody down; services take no time.
 *
 * Errors: operations of the same down period share its fate, so they are worth far fewer independent ones. How many is known: the number of nodes up
 * is a birth and death process, and the variance of the share of T seconds in which it is at least k is 2 Σ S_i² / (π_i b_i) / T, where b_i is the
 * rate of repairs at i and S_i sums π_j (f_j − p) up to i (the solution of Poisson's equation). Bias: an operation counts the nodes that are up at
 * one moment, when its messages arrive, so none straddles a failure or a repair; only the start is too good, for all nodes are up at first: it is
 * forgotten at the rate 1/9 + 1 per second, so that at most 3 · .1 / (1/9 + 1) of T seconds' operations succeed beyond the binomial's share.
 */
import type { Finding, Spread } from './check.js'
import { ratioOf } from './estimate.js'
import type { Family, Part } from './family.js'
import { simulated } from './simulated.js'

/** By the quorum. */
export const UP: Readonly<Record<number, number>> = { 1: 0.999, 2: 0.972, 3: 0.729 }

/** Of a cell of so many seconds. */
export const startBias = (seconds: number): number => 0.3 / (1 / 9 + 1) / seconds

export const availabilityWorkload = (operation: string, seeds: number, seconds: number): string => `
seeds: ${seeds}
warmup: 0s
duration: ${seconds}s
topology: { zones: { z: { nodes: 3, clients: 100% } }, links: { local: 1ms } }
node: { read: 0ms, write: 0ms }
client: { timeout: 10ms, retries: 0 }
workload: { records: 100, operations: { ${operation}: 100% }, arrivals: poisson(5/s) }
strategies: [ ${[1, 2, 3].map((k) => `{ quorum: { n: 3, r: ${k}, w: ${k}, coordinator: client } }`).join(', ')} ]
faults: [ { crash: { node: each, every: exponential(9s), for: exponential(1s) } } ]
`

/** Of 0, 1, 2 and 3 nodes up. */
const CHANCES: readonly number[] = [0.001, 0.027, 0.243, 0.729]
const NODES = 3

/** Of the share of `n` operations, spread evenly over so many seconds, that find k nodes up. */
export function spreadOfUp(k: number, seconds: number, n: number): Spread {
  const share = UP[k] as number
  let sum = 0
  let variance = 0
  for (let i = 0; i < NODES; i++) {
    const chance = CHANCES[i] as number
    sum += chance * ((i >= k ? 1 : 0) - share)
    variance += (2 * sum * sum) / (chance * (NODES - i))
  }
  const own = share * (1 - share)
  const squared = variance / seconds + own / n
  return { standardError: Math.sqrt(squared), freedom: null, shareOf: own / squared }
}

const SEEDS = 20

function partOf(operation: string): Part {
  return {
    name: operation,
    seconds: 8,
    measure: (seed, size) => {
      const seconds = size.of(3500, 30_000)
      const results = simulated(availabilityWorkload(operation, SEEDS, seconds), seed)
      return results.summaries.map(({ label }, i): Finding => {
        const bias = { value: startBias(seconds), reason: 'all nodes are up at the start' }
        const { measured, n } = ratioOf(results, label, 'availability')
        const name = `${operation}s that find ${i + 1} of 3 up`
        return {
          name,
          unit: 'share',
          source: 'exact: binomial',
          expected: UP[i + 1] as number,
          measured,
          n,
          spread: spreadOfUp(i + 1, SEEDS * seconds, n),
          bias,
        }
      })
    },
  }
}

export const quorumAvailability: Family = {
  name: 'availability',
  summary: 'share of operations that find a quorum up, under crashes at rates',
  parts: ['read', 'update'].map(partOf),
}
