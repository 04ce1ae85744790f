/**
 * The WARS limit (Bailis et al. 2012) through workload files and the command line: P(consistent at t) against an independent Monte Carlo of the
 * model with 5e7 to 1e8 trials. Each point is a share of independent trials: n = 27,000 writes, in the long form 1,000,000, and the standard error is
 * sqrt(p (1 - p) / n). The truth is known to its printed digits. Thirty points, of which seven have no chance to fail.
 */
import { describe, expect, it } from 'vitest'
import { shareOf } from '../../src/advice/validate/estimate.js'
import { CURVES, TIMES } from '../../src/advice/validate/published-points.js'
import { freshAt, warsWorkload } from '../../src/advice/validate/wars-workload.js'
import { expectTruth } from './estimate.js'
import { runWorkload, sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const LAST_DIGIT = 5e-6
const SEEDS = 10

describe('the WARS limit', () => {
  it.each(CURVES)(
    'in the setting $setting.name is as consistent as the model',
    async ({ setting: { laws }, quorums }) => {
      const text = warsWorkload({ n: 3, laws, remote: null, quorums, times: TIMES }, SEEDS, sized(2_700, 100_200))
      const { cells, summaries } = await runWorkload(text)
      quorums.forEach(({ consistent }, i) => {
        const label = summaries[i]?.label as string
        TIMES.forEach((t, place) => {
          const truth = consistent[place] as number
          const { count, n } = freshAt(cells, label, t)
          expect(n).toBeGreaterThan(sized(26_000, 1_000_000))
          expectTruth(`${label} after ${t} ms`, shareOf(count, n, truth), truth, LAST_DIGIT)
        })
      })
    },
    TIMEOUT_MILLISECONDS,
  )
})
