/** Quorums under crashes at rates against the binomial, through workload files and the command line; six checks at four standard errors. */
import { describe, expect, it } from 'vitest'
import { ratioOf } from '../../src/advice/validate/estimate.js'
import { availabilityWorkload, spreadOfUp, startBias, UP } from '../../src/advice/validate/quorum-availability.js'
import type { Results } from '../../src/results/results.js'
import { expectTruth } from './estimate.js'
import { runWorkload, sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const SEEDS = 10
const SECONDS = sized(700, 7000)
const FEWEST_PERIODS = 2000

describe.each(['read', 'update'])('availability of %ss', (operation) => {
  it(
    'is the binomial probability that enough of three nodes are up',
    async () => {
      const results = await runWorkload(availabilityWorkload(operation, SEEDS, SECONDS))
      expect(periodsOf(results)).toBeGreaterThan(FEWEST_PERIODS)
      for (const [k, truth] of Object.entries(UP)) {
        const label = results.cells.find(({ cell }) => (cell.strategy.options as { r: number }).r === Number(k))?.label
        const { measured, n } = ratioOf(results, label as string, 'availability')
        const spread = spreadOfUp(Number(k), SEEDS * SECONDS, n)
        expectTruth(`${operation} with ${k} of 3`, { measured, n, spread }, truth, startBias(SECONDS))
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
