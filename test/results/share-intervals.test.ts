/** Intervals of fitted shares: small cases by hand, and that from six seeds on they cover the truth as often as they say. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import type { SharePoint } from '../../src/measures/share-curve.js'
import { shareIntervals } from '../../src/results/share-intervals.js'

const at = (x: number, count: number, n = 10): SharePoint => ({ x, count, n })

describe('below six seeds', () => {
  it("is the range of the seeds' own fits, each held until its next point", () => {
    // At 1 only the first seed has read anything; at 2 it still says 0.2, and at 3 the second still says 0.6.
    expect(shareIntervals([[at(1, 2), at(3, 8)], [at(2, 6)]])).toEqual([
      { low: 0.2, high: 0.2 },
      { low: 0.2, high: 0.6 },
      { low: 0.6, high: 0.8 },
    ])
  })

  it('holds the pooled value, even where that is none of a seed', () => {
    // 5 of 10 and then 1 of 10 make 0.3 together; at 1 the one seed that has read says 0.5.
    expect(shareIntervals([[at(1, 5)], [at(2, 1)]])).toEqual([
      { low: 0.3, high: 0.5 },
      { low: 0.1, high: 0.5 },
    ])
  })

  it('is meant of the seeds that have read by then', () => {
    const late = [2, 3, 4, 5, 6].map((count) => [at(9, count)])
    expect(shareIntervals([[at(1, 1)], ...late])[0]).toEqual({ low: 0.1, high: 0.1 })
  })
})

describe('from six seeds on', () => {
  // Student's t at 95% with five degrees of freedom is 2.570582.
  it('is the jackknife with Student: at a single x that of a mean', () => {
    // 0.1, 0.2 … 0.6: mean 0.35, standard deviation 0.187083, standard error 0.0763763.
    const seeds = [1, 2, 3, 4, 5, 6].map((count) => [at(1, count)])
    const expected = [{ low: expect.closeTo(0.153668, 5), high: expect.closeTo(0.546332, 5) }]
    expect(shareIntervals(seeds)).toEqual(expected)
    expect(shareIntervals([[], ...seeds])).toEqual(expected)
  })

  it('fits again without each seed', () => {
    // Together 30 of 60 at both. Without one of the first five 26 and 24 of 50, which fit as 0.5 twice; without the last 0.4 and 0.6.
    // So 0.5 five times and 0.4: variance 5/6 (5/3600 + 25/3600) = 1/144, a standard error of 1/12.
    const seeds = [...Array.from({ length: 5 }, () => [at(1, 4), at(2, 6)]), [at(1, 10), at(2, 0)]]
    const wide = { low: expect.closeTo(0.285785, 5), high: expect.closeTo(0.714215, 5) }
    expect(shareIntervals(seeds)).toEqual([wide, wide])
  })

  it('stays between 0 and 1', () => {
    const seeds = [0, 0, 0, 0, 0, 9].map((count) => [at(1, count), at(2, 10 - count)])
    const [, last] = shareIntervals(seeds)
    expect(last?.high).toBe(1)
    const [first] = shareIntervals([0, 0, 0, 0, 0, 9].map((count) => [at(1, count)]))
    expect(first?.low).toBe(0)
  })

  it('covers the truth in 90% to 99% of trials', () => {
    const truth = [0.3, 0.45, 0.6, 0.7, 0.8, 0.88, 0.94]
    const trials = 400
    const random = RandomStream.ofSeed(1)
    const drawn = (probability: number, n: number): number => {
      let count = 0
      for (let i = 0; i < n; i++) if (random.float() < probability) count++
      return count
    }
    const covered = truth.map(() => 0)
    for (let trial = 0; trial < trials; trial++) {
      const seeds = Array.from({ length: 10 }, () => truth.map((share, x) => at(x, drawn(share, 100), 100)))
      shareIntervals(seeds).forEach(({ low, high }, i) => {
        const share = truth[i] as number
        if (low <= share && share <= high) covered[i] = (covered[i] as number) + 1
      })
    }
    // The standard error of a coverage of 95% in 400 trials is 1.1%.
    for (const count of covered) {
      expect(count / trials).toBeGreaterThan(0.9)
      expect(count / trials).toBeLessThan(0.99)
    }
  })
})

describe('where all or none were fresh', () => {
  it('is the rule of three over the reads of that stretch, whatever the seeds', () => {
    const seeds = [
      [at(1, 0, 8), at(2, 5), at(3, 10)],
      [at(1, 0, 4), at(4, 20, 20)],
    ]
    // None of 12 leaves room for 3/12; all of 30 for 3/30.
    const found = shareIntervals(seeds)
    expect(found[0]).toEqual({ low: 0, high: 0.25 })
    expect(found.slice(2)).toEqual([
      { low: 0.9, high: 1 },
      { low: 0.9, high: 1 },
    ])
  })

  it('says nothing of two reads', () => {
    expect(shareIntervals([[at(1, 0, 2), at(2, 2, 2)]])).toEqual([
      { low: 0, high: 1 },
      { low: 0, high: 1 },
    ])
  })
})
