/** The distribution of the paper's sweep, against the paper's way of finding it: drawing. */
import { describe, expect, it } from 'vitest'
import { endsAt, sweep } from '../../../src/advice/validate/sweep.js'
import { RandomStream } from '../../../src/core/random.js'

describe('a step of the sweep', () => {
  it('ends it with the probability of at most 50 stale of 50,000', () => {
    expect(endsAt(0)).toBe(1)
    // By the gamma function, in another language.
    expect(endsAt(0.001)).toBeCloseTo(0.5375166955708583, 6)
    expect(endsAt(0.002) / 2.341108954572701e-8).toBeCloseTo(1, 6)
    expect(endsAt(0.1)).toBe(0)
  })
})

describe('the sweep', () => {
  it('is over at once where hardly anything is stale', () => {
    expect(sweep(0.1, () => 1e-5)).toEqual({ low: 0, median: 0, high: 0 })
  })

  it('goes on to where it must end', () => {
    expect(sweep(0.5, (t) => (t < 3 ? 0.01 : 0))).toEqual({ low: 3, median: 3, high: 3 })
  })

  it('stops where 2,000 repetitions with draws do', () => {
    const stale = (t: number): number => Math.exp(-t)
    const { low, median, high } = sweep(0.05, stale)
    const found = Array.from({ length: 2000 }, (_, i) => drawnSweep(0.05, stale, i)).sort((a, b) => a - b)
    // Ranks of the median, four standard errors of sqrt(2000) / 2 = 22.4 apart from the middle.
    expect(found[910] as number).toBeLessThanOrEqual(median)
    expect(found[1090] as number).toBeGreaterThanOrEqual(median)
    // One in a thousand lies outside: two of the repetitions, and more than nine once in 20,000.
    expect(found.filter((t) => t < low || t > high).length).toBeLessThan(10)
    expect(median).toBeLessThan(Math.log(1000))
  })
})

/** Stale trials of a step, of which there are about 50, as a Poisson number. */
function drawnSweep(step: number, stale: (t: number) => number, seed: number): number {
  const random = RandomStream.ofSeed(seed)
  for (let i = Math.floor(5 / step); ; i++) {
    let left = 50_000 * stale(i * step)
    let count = -1
    for (; left >= 0; count++) left += Math.log(1 - random.float())
    if (count <= 50) return i * step
  }
}
