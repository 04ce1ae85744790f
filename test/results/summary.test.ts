/**
 * Pooling over seeds: percentiles of merged histograms, pooled ratios, extremes, curves; and what a single seed cannot say.
 */
import { describe, expect, it } from 'vitest'
import { failedCell } from '../../src/results/cell-result.js'
import { summarize, summaryId } from '../../src/results/summary.js'
import { cellOf, histogramOf, resultOf } from './fixtures.js'

const seeds = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)

function onlySummary(results: Parameters<typeof summarize>[0]) {
  const [summary, ...others] = summarize(results)
  expect(others).toEqual([])
  if (summary === undefined) throw new Error('there should be a summary')
  return summary
}

describe('a summary of percentiles', () => {
  it('takes the percentile of the merged histogram, not the mean of percentiles', () => {
    // Alone, seed 1 has p99 = 1 ms and seed 2 has 100 ms; together 1,000 of 101,000 lie above 1 ms, just under one percent.
    const results = [
      resultOf('q', 1, (found) => found.histogram('read', histogramOf([1, 100_000]))),
      resultOf('q', 2, (found) => found.histogram('read', histogramOf([100, 1_000]))),
    ]
    const p99 = onlySummary(results).measures['read.p99']
    expect(p99).toMatchObject({ low: expect.closeTo(1, 2), high: expect.closeTo(100, 1), n: 101_000, coverage: null })
    expect(p99?.value).toBeCloseTo(1, 2)
  })

  it('has an interval by order statistics from six seeds on', () => {
    const results = seeds(10).map((seed) =>
      resultOf('q', seed, (found) => found.histogram('read', histogramOf([seed, 1000]))),
    )
    expect(onlySummary(results).measures['read.p50']).toMatchObject({
      low: expect.closeTo(2, 2),
      high: expect.closeTo(9, 2),
      n: 10_000,
      coverage: expect.closeTo(1 - 22 / 1024, 8),
    })
  })

  it('may say together what no seed can say alone, and then has no interval', () => {
    const results = seeds(10).map((seed) =>
      resultOf('q', seed, (found) => found.histogram('read', histogramOf([5, 100]))),
    )
    expect(onlySummary(results).measures['read.p99']).toEqual({
      value: expect.closeTo(5, 2),
      low: null,
      high: null,
      n: 1000,
      coverage: null,
    })
  })

  it('says that a percentile among timeouts is at least that', () => {
    const results = seeds(2).map((seed) =>
      resultOf('q', seed, (found) => found.histogram('read', histogramOf([5, 900], [1000, 100]), null, 1000e6)),
    )
    const { measures } = onlySummary(results)
    expect(measures['read.p99']?.atLeast).toBe(true)
    expect(measures['read.p50']).not.toHaveProperty('atLeast')
  })
})

describe('a summary of ratios', () => {
  it('pools numerators and denominators', () => {
    const results = [
      resultOf('q', 1, (found) => found.ratio('stale.ratio', 1, 10)),
      resultOf('q', 2, (found) => found.ratio('stale.ratio', 9, 990)),
    ]
    expect(onlySummary(results).measures['stale.ratio']).toEqual({
      value: 0.01,
      low: 0.00909090909,
      high: 0.1,
      n: 1000,
      coverage: null,
    })
  })

  it('knows that none of n leaves room for 3/n', () => {
    const results = seeds(3).map((seed) => resultOf('q', seed, (found) => found.ratio('stale.ratio', 0, 2000)))
    expect(onlySummary(results).measures['stale.ratio']).toEqual({
      value: 0,
      low: 0,
      high: 0.0005,
      n: 6000,
      coverage: 0.95,
    })
  })

  it('does not say so of costs, which are no shares', () => {
    const results = seeds(3).map((seed) => resultOf('q', seed, (found) => found.ratio('wan.bytes-per-op', 0, 2000)))
    expect(onlySummary(results).measures['wan.bytes-per-op']).toMatchObject({ value: 0, low: 0, high: 0 })
  })

  it('keeps a share between 0 and 1', () => {
    const shares = [0, 0, 0, 0, 0, 7]
    const results = shares.map((stale, seed) => resultOf('q', seed, (found) => found.ratio('stale.ratio', stale, 10)))
    expect(onlySummary(results).measures['stale.ratio']).toMatchObject({ low: 0, coverage: 0.95 })
    const fresh = shares.map((stale, seed) =>
      resultOf('q', seed, (found) => found.ratio('availability', 10 - stale, 10)),
    )
    expect(onlySummary(fresh).measures['availability']).toMatchObject({ high: 1 })
  })
})

describe('a summary of numbers', () => {
  it('averages them, with an interval from six seeds on', () => {
    const results = seeds(6).map((seed) => resultOf('q', seed, (found) => found.number('throughput.ok', seed)))
    expect(onlySummary(results).measures['throughput.ok']).toMatchObject({
      value: 3.5,
      low: expect.closeTo(1.5367, 4),
      n: 6,
      coverage: 0.95,
    })
  })

  it('takes the largest where that is what counts', () => {
    const results = seeds(7).map((seed) => resultOf('q', seed, (found) => found.number('utilization.max', seed / 10)))
    expect(onlySummary(results).measures['utilization.max']).toEqual({
      value: 0.7,
      low: 0.1,
      high: 0.7,
      n: 7,
      coverage: null,
    })
  })
})

describe('a summary of curves', () => {
  it('pools counts by x, fits again with the range of the seeds, and finds the percentiles of the pooled curve', () => {
    const rising = (early: number, late: number) => [
      { x: 1e6, count: early, n: 1000 },
      { x: 5e6, count: late, n: 1000 },
    ]
    const results = [
      resultOf('q', 1, (found) => found.rising('visibility', rising(400, 1000))),
      resultOf('q', 2, (found) => found.rising('visibility', rising(500, 980))),
    ]
    const { measures, curves } = onlySummary(results)
    expect(curves['visibility']).toEqual([
      { x: 1, value: 0.45, count: 900, n: 2000, low: 0.4, high: 0.5 },
      { x: 5, value: 0.99, count: 1980, n: 2000, low: 0.98, high: 1 },
    ])
    expect(curves['visibility.reads']?.map(({ value }) => value)).toEqual([0.5, 1])
    expect(measures['visibility.p99']).toEqual({ value: 5, low: 5, high: 5, n: 4000, coverage: null })
  })

  it('drops a percentile that one seed reached alone', () => {
    const at = (count: number) => [{ x: 1e6, count, n: 1000 }]
    const results = [
      resultOf('q', 1, (found) => found.rising('visibility', at(1000))),
      resultOf('q', 2, (found) => found.rising('visibility', at(900))),
    ]
    expect(results[0]?.measures).toHaveProperty(['visibility.p99'], 1)
    expect(onlySummary(results).measures).not.toHaveProperty(['visibility.p99'])
  })
})

describe('summaries', () => {
  it('come one for each variant and point of the axes, without the cells that failed', () => {
    const results = [
      resultOf('b', 1, (found) => found.flag('saturated')),
      failedCell(cellOf('b', 2), 'it ran out of memory'),
      resultOf('a', 1, () => undefined),
      resultOf('b', 3, (found) => found.flag('saturated')),
    ]
    const found = summarize(results).map(({ id, seeds, flags }) => ({ id, seeds, flags }))
    expect(found).toEqual([
      { id: 'b', seeds: [1, 3], flags: { saturated: 2 } },
      { id: 'a', seeds: [1], flags: {} },
    ])
  })

  it('are called as their cells are, without the seed', () => {
    expect(summaryId({ id: 'quorum-n-3/workload.records=10/7' })).toBe('quorum-n-3/workload.records=10')
  })
})
