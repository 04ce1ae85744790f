/** The mean latency of a quorum of k out of n exponential replicas is a harmonic sum, through workload files and the command line. */
import { describe, it } from 'vitest'
import { meanOfTrials } from '../../src/advice/validate/estimate.js'
import { exponentialQuorumsWorkload, orderStatistic } from '../../src/advice/validate/exponential-quorums.js'
import { expectTruth } from './estimate.js'
import { runWorkload, sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

describe('the mean latency of exponential quorums', () => {
  // Sixteen checks at four standard errors of 12,000 (long: 400,000) independent latencies.
  it.each([3, 5])(
    'k of %i is the harmonic sum',
    async (n) => {
      const results = await runWorkload(exponentialQuorumsWorkload(n, sized(24_000, 800_000)))
      results.summaries.forEach(({ label }, i) => {
        const { mean, variance } = orderStatistic(n, i + 1)
        for (const kind of ['read', 'write'])
          expectTruth(`${kind} of ${label}`, meanOfTrials(results, label, `${kind}.mean`, variance), mean)
      })
    },
    TIMEOUT_MILLISECONDS,
  )
})
