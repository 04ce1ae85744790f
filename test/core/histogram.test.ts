/**
 * The histogram against a sorted list: counts, exact extremes and sums, ranks, and errors of at most half a bucket.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AssertionError } from '../../src/core/assert.js'
import { Histogram } from '../../src/core/histogram.js'

const values = fc.array(
  fc.oneof(
    fc.nat(5000),
    fc.maxSafeNat().map((value) => value % 2 ** 43),
  ),
  {
    minLength: 1,
    maxLength: 200,
  },
)

function histogramOf(list: readonly number[]): Histogram {
  const histogram = new Histogram()
  for (const value of list) histogram.record(value)
  return histogram
}

function bucketsOf(histogram: Histogram): number[][] {
  const buckets: number[][] = []
  histogram.forEach((low, high, count) => {
    buckets.push([low, high, count])
  })
  return buckets
}

describe('Histogram', () => {
  it('keeps count, sum, minimum and maximum exactly', () => {
    const histogram = histogramOf([1_234_567, 3, 99_999_999_999])
    expect([histogram.count, histogram.sum, histogram.min, histogram.max]).toEqual([
      3, 100_001_234_569, 3, 99_999_999_999,
    ])
    expect(histogram.mean).toBe(100_001_234_569 / 3)
  })

  it('gives whole numbers below 2,048 exactly', () => {
    const histogram = histogramOf(Array.from({ length: 2048 }, (_, i) => i))
    for (const rank of [1, 2, 1000, 2047, 2048]) expect(histogram.quantile(rank / 2048)).toBe(rank - 1)
  })

  it('finds the rank ceil(q n) even where q n is a little too large in binary', () => {
    const hundred = histogramOf(Array.from({ length: 100 }, (_, i) => i + 1))
    expect([0.07, 0.55, 0.56, 0.57, 0.99, 1].map((q) => hundred.quantile(q))).toEqual([7, 55, 56, 57, 99, 100])
    const many = new Histogram()
    for (let value = 1; value <= 100; value++) many.record(value, 10_000_000)
    expect([0.07, 0.55, 0.56, 0.57, 0.99].map((q) => many.quantile(q))).toEqual([7, 55, 56, 57, 99])
  })

  it('is empty at first', () => {
    const histogram = new Histogram()
    expect(histogram.quantile(0.5)).toBeNaN()
    expect(histogram.mean).toBeNaN()
    expect(histogram.toData().counts.length).toBe(0)
  })

  it('refuses values that are negative or not numbers', () => {
    expect(() => new Histogram().record(-1)).toThrow(AssertionError)
    expect(() => new Histogram().record(Number.NaN)).toThrow(AssertionError)
  })

  it('counts values beyond 2^43 in the last bucket and keeps them in sum and maximum', () => {
    const histogram = histogramOf([2 ** 45, 2 ** 50])
    expect(histogram.quantile(1)).toBe(2 ** 50)
    expect(histogram.sum).toBe(2 ** 45 + 2 ** 50)
  })

  it('has buckets without gaps or overlaps: every value lies in the bucket that counts it', () => {
    fc.assert(
      fc.property(values, (list) => {
        const left = [...list].sort((a, b) => a - b)
        let previous = -1
        histogramOf(list).forEach((low, high, count) => {
          expect(low).toBeGreaterThan(previous)
          expect(high - low).toBeLessThanOrEqual(low / 1024)
          const inside = left.splice(0, count)
          expect(inside.every((value) => value >= low && value <= high)).toBe(true)
          previous = high
        })
        expect(left).toEqual([])
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('errs by at most half a bucket, 1/2048 of the value, at any quantile', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 1000 }), (list, perMille) => {
        const sorted = [...list].sort((a, b) => a - b)
        const exact = sorted[Math.ceil((perMille * list.length) / 1000) - 1] as number
        expect(Math.abs(histogramOf(list).quantile(perMille / 1000) - exact)).toBeLessThanOrEqual(exact / 2048)
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  it('adds up to what one histogram of everything would be', () => {
    fc.assert(
      fc.property(values, values, (some, others) => {
        const merged = Histogram.of(histogramOf(some).toData())
        merged.add(histogramOf(others).toData())
        const whole = histogramOf([...some, ...others])
        expect(bucketsOf(merged)).toEqual(bucketsOf(whole))
        const exact = ({ count, sum, min, max }: Histogram) => [count, sum, min, max]
        expect(exact(merged)).toEqual(exact(whole))
      }),
      { seed: 3, numRuns: 100 },
    )
  })
})
