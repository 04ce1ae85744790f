/**
 * `throughput.max` against the work bound: each of N full replicas does every write, so writes alone are bounded by what one node does, c mu,
 * under every strategy (Q17 with no reads). Twice the nodes at the same copies halve the work of each where keys are spread
 * over all nodes (`quorum`, `partitions: ring`), and change nothing where one group of three holds all keys (`partitions: one`).
 *
 * How sharp it is: offered a share e more than the bound, the queue's delay grows by e in every second and reaches the timeout after
 * timeout / e; from then on hardly anything succeeds, and `saturated` is sure. Below the bound the delay beyond the service is
 * exponential with mean 1 / (c mu e), so e^-(c mu e timeout) of the writes time out. Long: 100 ms and 10 s, where e = 1% is reached
 * after 10 s, warm-up included, and 0.005% time out below; short: 25 ms and 2 s, 1.25 s at e = 2%, and 0.7%. At the bound itself the
 * queue is a random walk. So the figure is the bound, or one step from it.
 */
import { describe, expect, it } from 'vitest'
import type { SummaryValue } from '../../src/results/summary.js'
import { LONG, runWorkload, sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

/** Writes per second of one node: four servers at 0.4 ms. */
const NODE = 10_000
const STEP = sized(0.04, 0.01)
const REACH = sized(0.04, 0.05)

/** From 1 - reach to 1 + reach times the bound. */
function ratesAround(bound: number): readonly number[] {
  const steps = Math.round(REACH / STEP)
  return Array.from({ length: 2 * steps + 1 }, (_, i) => Math.round(bound * (1 + (i - steps) * STEP)))
}

const workloadOf = (strategy: string, nodes: number, bound: number): string => `
seeds: 1
duration: ${sized('2s', '10s')}
warmup: ${sized('500ms', '2s')}
topology: { zones: { rack: { nodes: ${nodes}, clients: 100% } }, links: { local: 0.2ms } }
node: { concurrency: 4, write: exponential(0.4ms), queue: 1000000 }
client: { timeout: ${sized('25ms', '100ms')} }
workload: { records: 100000, operations: { update: 100% }, keys: uniform }
axes: { workload.arrivals: [ ${ratesAround(bound)
  .map((rate) => `poisson(${rate}/s)`)
  .join(', ')} ] }
strategies: [ ${strategy} ]
`

/** What is sustained, with a rate above it that is not. */
async function sustained(strategy: string, nodes: number, bound: number): Promise<number> {
  const { summaries } = await runWorkload(workloadOf(strategy, nodes, bound))
  const capacity = summaries[0]?.measures['throughput.max'] as SummaryValue
  expect(capacity, `${strategy} on ${nodes} nodes sustains some of the rates`).toBeDefined()
  expect(capacity).not.toHaveProperty('atLeast')
  return capacity.value
}

describe('what is sustained of writes', () => {
  it(
    'is the work bound under a single leader, and no more with twice the nodes',
    async () => {
      const three = await sustained('single-leader', 3, NODE)
      const six = await sustained('single-leader', 6, NODE)
      expect(Math.abs(three / NODE - 1), `${three} of ${NODE}`).toBeLessThan(0.05)
      expect(Math.abs(six / three - 1), `${six} against ${three}`).toBeLessThan(0.03)
    },
    TIMEOUT_MILLISECONDS,
  )

  it.skipIf(!LONG)('doubles with the nodes under quorum', () => expectDoubling('quorum'), TIMEOUT_MILLISECONDS)

  it.skipIf(!LONG)(
    'doubles with the nodes under a leader for each partition of a ring',
    () => expectDoubling('single-leader: { partitions: ring }'),
    TIMEOUT_MILLISECONDS,
  )
})

async function expectDoubling(strategy: string): Promise<void> {
  const three = await sustained(strategy, 3, NODE)
  const six = await sustained(strategy, 6, 2 * NODE)
  expect(Math.abs(three / NODE - 1), `${three} of ${NODE}`).toBeLessThan(0.05)
  expect(Math.abs(six / three - 2), `${six} against ${three}`).toBeLessThan(0.06)
}
