/**
 * `unreplicated` as a queue: mean and p99 of the response against the closed forms of M/M/c and M/D/1, through workload files and the
 * command line. Eighteen checks at four standard errors; a chance failure of the table is one in a thousand. The long form has errors
 * below 0.7% of each mean and 1% of each p99. The short form warms up for half as long: the slowest station has forgotten its start by e^-11 after 1 s.
 */
import { describe, expect, it } from 'vitest'
import { type Estimate, latencyOf } from '../../src/advice/validate/estimate.js'
import { operationOf, p99Bias, QUEUES, type Queue, queueWorkload } from '../../src/advice/validate/queues.js'
import { expectTruth } from './estimate.js'
import { LONG, runWorkload, sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

describe('queues', () => {
  it.each(QUEUES)(
    '$name has the mean and the p99 of the closed form',
    async (queue) => {
      const text = queueWorkload(queue, sized(queue.seconds / 40, queue.seconds))
      const results = await runWorkload(sized(text.replace(/^duration/m, 'warmup: 1s\nduration'), text))
      const mean = latencyOf(results, 'unreplicated', `${operationOf(queue)}.mean`)
      const p99 = latencyOf(results, 'unreplicated', `${operationOf(queue)}.p99`)
      expectTruth(`mean of ${queue.name}`, mean, queue.mean)
      expectTruth(`p99 of ${queue.name}`, p99, queue.p99 as number, p99Bias(queue.p99 as number).value)
      if (LONG) expectPrecision(queue, mean, p99)
    },
    TIMEOUT_MILLISECONDS,
  )
})

function expectPrecision(queue: Queue, mean: Estimate, p99: Estimate): void {
  expect(mean.spread.standardError / queue.mean, 'standard error over mean').toBeLessThan(0.007)
  expect(p99.spread.standardError / (queue.p99 as number), 'standard error over p99').toBeLessThan(0.01)
}
