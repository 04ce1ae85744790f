/**
 * Quorums under crashes at rates against the binomial: nodes fail independently, up for 9 s and down for 1 s on average, both exponential, so each is up with
 * p = .9, and a quorum of k of 3 answers with the probability that at least k are up: Σ C(3, i) .9^i .1^(3−i). Clients coordinate themselves, try
 * once, and mark nobody down; services take no time.
 *
 * Errors: operations of the same down period share its fate, so each seed, which holds 210 periods on average, is one batch, and the standard error is
 * from the batches. Bias: an operation counts the nodes that are up at one moment, when its messages arrive, so none straddles a
 * failure or a repair; only the start is too good, for all nodes are up at first: it is forgotten at the rate 1/9 + 1 per second, so that at most
 * 3 · .1 / (1/9 + 1) of T seconds' operations succeed beyond the binomial's share.
 */
import { describe, expect, it } from 'vitest'
import type { Results } from '../../src/results/results.js'
import { expectTruth, ratioOf } from './estimate.js'
import { runWorkload, sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const SEEDS = 10
const SECONDS = sized(700, 7000)
const FEWEST_PERIODS = 2000
const START = 0.3 / (1 / 9 + 1) / SECONDS

const workload = (operation: string): string => `
seeds: ${SEEDS}
warmup: 0s
duration: ${SECONDS}s
topology: { zones: { z: { nodes: 3, clients: 100% } }, links: { local: 1ms } }
node: { read: 0ms, write: 0ms }
client: { timeout: 10ms, retries: 0 }
workload: { records: 100, operations: { ${operation}: 100% }, arrivals: poisson(5/s) }
strategies: [ ${[1, 2, 3]
  .map((k) => `quorum: { n: 3, r: ${k}, w: ${k}, coordinator: client }`)
  .map((entry) => `{ ${entry} }`)
  .join(', ')} ]
faults: [ { crash: { node: each, every: exponential(9s), for: exponential(1s) } } ]
`

/** By the quorum. */
const UP: Readonly<Record<number, number>> = { 1: 0.999, 2: 0.972, 3: 0.729 }

describe.each(['read', 'update'])('availability of %ss', (operation) => {
  it(
    'is the binomial probability that enough of three nodes are up',
    async () => {
      const results = await runWorkload(workload(operation))
      expect(periodsOf(results)).toBeGreaterThan(FEWEST_PERIODS)
      for (const [k, truth] of Object.entries(UP)) {
        const label = results.cells.find(({ cell }) => (cell.strategy.options as { r: number }).r === Number(k))?.label
        expectTruth(`${operation} with ${k} of 3`, ratioOf(results, label as string, 'availability'), truth, START)
      }
    },
    TIMEOUT_MILLISECONDS,
  )
})

/** Down periods of one variant; all variants meet the same. */
function periodsOf({ cells }: Results): number {
  const [first] = cells
  return cells
    .filter(({ label }) => label === first?.label)
    .reduce((sum, { faultCounts }) => sum + (faultCounts[0]?.strikes ?? 0), 0)
}
