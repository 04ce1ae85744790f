/** Which points a percentile curve has, how far it goes, and that it agrees with the measures. */
import { describe, expect, it } from 'vitest'
import { Histogram } from '../../src/core/histogram.js'
import { percentileCurve } from '../../src/results/percentile-curve.js'
import { histogramMeasures } from '../../src/results/pooled-measures.js'
import { summarize } from '../../src/results/summary.js'
import { histogramOf, resultOf } from './fixtures.js'

/** 1, 2 … `count` microseconds. */
function ramp(count: number): Histogram {
  const histogram = new Histogram()
  for (let i = 1; i <= count; i++) histogram.record(i * 1000)
  return histogram
}

const sharesOf = (count: number): number[] => percentileCurve('read', ramp(count)).map(({ x }) => x)

describe('a percentile curve', () => {
  it('has five points to each halving, as far as ten samples lie beyond', () => {
    expect(sharesOf(9)).toEqual([])
    expect(sharesOf(10)).toEqual([0])
    expect(sharesOf(20)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5])
    // Beyond 0.75 lie ten of 40; beyond 0.775 nine.
    expect(sharesOf(40)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75])
  })

  it('has the percentiles that are measures among them, as soon as these have a value', () => {
    const named = [0.5, 0.9, 0.95, 0.99, 0.999, 0.9999]
    const among = (count: number): number[] => sharesOf(count).filter((x) => named.includes(x))
    expect(among(999)).toEqual([0.5, 0.9, 0.95])
    expect(among(1000)).toEqual([0.5, 0.9, 0.95, 0.99])
    expect(among(99_999)).toEqual([0.5, 0.9, 0.95, 0.99, 0.999])
    expect(among(100_000)).toEqual(named)
    const shares = sharesOf(100_000)
    expect(shares).toEqual(shares.toSorted((left, right) => left - right))
    expect(new Set(shares).size).toBe(shares.length)
  })

  it('tells the value at each share, in milliseconds, and how many samples there are', () => {
    const curve = percentileCurve('write', ramp(20))
    expect(curve.map(({ value }) => value)).toEqual(
      [0.001, 0.002, 0.004, 0.006, 0.008, 0.01].map((ms) => expect.closeTo(ms, 5)),
    )
    expect(curve.map(({ n }) => n)).toEqual([20, 20, 20, 20, 20, 20])
  })

  it('says where values are those of clients giving up', () => {
    const curve = percentileCurve('read', histogramOf([1, 30], [1000, 10]), 1000e6)
    expect(curve.filter(({ atLeast }) => atLeast).map(({ x }) => x)).toEqual([])
    // At 0.75 the 30th of 40 is the last that was answered; of 41 it is the 31st, which was not.
    const more = percentileCurve('read', histogramOf([1, 30], [1000, 11]), 1000e6)
    expect(more.at(-1)).toEqual({ x: 0.75, value: expect.closeTo(1000, 0), n: 41, atLeast: true })
    expect(more.at(-2)).toEqual({ x: 0.7, value: expect.closeTo(1, 2), n: 41 })
  })
})

describe('the percentile curves of a summary', () => {
  const results = [1, 2, 3].map((seed) =>
    resultOf('q', seed, (found) => {
      found.histogram('read', ramp(40_000 + seed))
      found.histogram('read', ramp(1_000), 'us')
      found.histogram('write', histogramOf([seed, 900], [1000, 100]), null, 1000e6)
      found.histogram('rmw', histogramOf([seed, 3]))
      found.histogram('stale.age', histogramOf([seed, 500]))
    }),
  )
  const summary = summarize(results)[0]

  it('are those of the latencies of all zones that have samples enough', () => {
    expect(Object.keys(summary?.curves ?? {})).toEqual(['read.percentiles', 'write.percentiles'])
  })

  it('agree with the measures, exactly', () => {
    let compared = 0
    for (const quantity of ['read', 'write']) {
      for (const percentile of ['p50', 'p90', 'p95', 'p99', 'p99.9', 'p99.99']) {
        const measure = summary?.measures[`${quantity}.${percentile}`]
        const x = Number(percentile.slice(1)) / 100
        const point = summary?.curves[`${quantity}.percentiles`]?.find((one) => Math.abs(one.x - x) < 1e-9)
        const { value, n, atLeast } = measure ?? {}
        expect({ value: point?.value, n: point?.n, atLeast: point?.atLeast }).toEqual({ value, n, atLeast })
        if (measure !== undefined) compared++
      }
    }
    // 120,006 reads have all six; 3,000 writes none beyond p99.
    expect(compared).toBe(10)
  })
})

describe('a percentile among clients giving up', () => {
  // The bucket of 50 ms begins 29 us below it, and its middle lies below it too.
  it.each([50, 100, 1000])(
    'is at least their timeout of %d ms, wherever the bucket of that has its middle',
    (timeout) => {
      const nanos = timeout * 1e6
      const histogram = new Histogram()
      histogram.record(1e6, 50)
      histogram.record(nanos, 60)
      const last = percentileCurve('read', histogram, nanos).at(-1)
      expect(last).toMatchObject({ atLeast: true })
      expect(last?.value).toBeCloseTo(timeout, timeout < 1000 ? 1 : 0)
      const measures = histogramMeasures('read', histogram, nanos)
      expect(measures.find(({ name }) => name === 'read.p50')).toMatchObject({ atLeast: true })
      expect(histogramMeasures('read', histogram, nanos * 1.01).find(({ name }) => name === 'read.p50')?.atLeast).toBe(
        false,
      )
    },
  )
})
