/**
 * Intervals against closed forms, published tables, and what they claim to cover.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import {
  jackknifeInterval,
  meanInterval,
  orderStatisticsCoverage,
  orderStatisticsInterval,
  studentQuantile,
} from '../../src/results/intervals.js'

const sample = (n: number) => fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: n, maxLength: n })

describe("Student's t", () => {
  it('has the quantiles of the printed tables', () => {
    const printed: [number, number][] = [
      [1, 12.706],
      [2, 4.303],
      [3, 3.182],
      [5, 2.571],
      [8, 2.306],
      [9, 2.262],
      [10, 2.228],
      [30, 2.042],
      [99, 1.984],
      [120, 1.98],
    ]
    for (const [freedom, quantile] of printed)
      expect([freedom, studentQuantile(freedom)]).toEqual([freedom, expect.closeTo(quantile, 3)])
  })
})

describe('the interval of a median by order statistics', () => {
  it('has the depths and coverages of the sign test', () => {
    const depthOf = (n: number) => {
      const { low } = orderStatisticsInterval(Array.from({ length: n }, (_, i) => i + 1))
      return low
    }
    expect([6, 8, 9, 10, 12, 15, 20, 30].map(depthOf)).toEqual([1, 1, 2, 2, 3, 4, 6, 10])
    expect(orderStatisticsCoverage(6, 1)).toBe(0.96875)
    expect(orderStatisticsCoverage(10, 2)).toBe(1 - 22 / 1024)
    expect(orderStatisticsCoverage(20, 6)).toBeCloseTo(0.9586, 4)
  })

  it('is as wide as 95% allow, and symmetric in rank', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 60 }), (n) => {
        const { low, high, coverage } = orderStatisticsInterval(Array.from({ length: n }, (_, i) => i + 1))
        expect(low + high).toBe(n + 1)
        expect(coverage).toBeGreaterThanOrEqual(0.95)
        expect(orderStatisticsCoverage(n, low + 1)).toBeLessThan(0.95)
      }),
      { seed: 1 },
    )
  })

  it('covers the median of a skewed law as often as it says', () => {
    const random = RandomStream.ofSeed(17)
    const runs = 20_000
    let covered = 0
    for (let run = 0; run < runs; run++) {
      const values = Array.from({ length: 10 }, () => -Math.log(1 - random.float()))
      const { low, high } = orderStatisticsInterval(values)
      if (low <= Math.LN2 && Math.LN2 <= high) covered++
    }
    // Binomial standard error sqrt(0.9785 * 0.0215 / 20000) = 0.00103; four of them.
    expect(Math.abs(covered / runs - orderStatisticsCoverage(10, 2))).toBeLessThan(0.0041)
  })

  it('is the range, which covers nothing in particular, below six seeds', () => {
    expect(orderStatisticsInterval([3, 1, 2, 5, 4])).toEqual({ low: 1, high: 5, coverage: null })
  })
})

describe('the jackknife', () => {
  it("is Student's interval of the mean where all denominators are equal", () => {
    fc.assert(
      fc.property(sample(8), (values) => {
        const jackknife = jackknifeInterval(values.map((value) => [value * 50, 50] as const))
        const student = meanInterval(values)
        expect(jackknife.low).toBeCloseTo(student.low, 6)
        expect(jackknife.high).toBeCloseTo(student.high, 6)
      }),
      { seed: 2 },
    )
  })

  it('follows the seeds with the large denominators', () => {
    const pairs = [
      [9, 10],
      [100, 1000],
      [100, 1000],
      [100, 1000],
      [100, 1000],
      [100, 1000],
    ] as const
    const { low, high } = jackknifeInterval(pairs)
    expect((low + high) / 2).toBeCloseTo(509 / 5010, 12)
    expect(high - low).toBeLessThan(0.02)
  })

  it('covers a ratio of means about as often as it says', () => {
    const random = RandomStream.ofSeed(23)
    const runs = 4000
    let covered = 0
    for (let run = 0; run < runs; run++) {
      const pairs = Array.from({ length: 10 }, () => {
        const n = 500 + random.below(1000)
        let stale = 0
        for (let i = 0; i < n; i++) if (random.float() < 0.1) stale++
        return [stale, n] as const
      })
      const { low, high } = jackknifeInterval(pairs)
      if (low <= 0.1 && 0.1 <= high) covered++
    }
    // Standard error sqrt(0.95 * 0.05 / 4000) = 0.0034; four of them, and one point for the approximation.
    expect(Math.abs(covered / runs - 0.95)).toBeLessThan(0.0237)
  })

  it('leaves out seeds without a denominator', () => {
    expect(
      jackknifeInterval([
        [0, 0],
        [1, 2],
        [1, 4],
      ]),
    ).toEqual({ low: 0.25, high: 0.5, coverage: null })
  })
})

describe('the interval of a mean', () => {
  it('is mean +- t s / sqrt(n)', () => {
    const { low, high, coverage } = meanInterval([1, 2, 3, 4, 5, 6])
    const reach = 2.5706 * Math.sqrt(3.5 / 6)
    expect(low).toBeCloseTo(3.5 - reach, 4)
    expect(high).toBeCloseTo(3.5 + reach, 4)
    expect(coverage).toBe(0.95)
  })
})
