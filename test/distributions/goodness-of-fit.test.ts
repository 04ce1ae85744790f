/**
 * What `at` draws, fed from a random stream as the engine feeds it, against the closed forms of closed-forms.ts: a chi-square test over bins of
 * equal probability, and the number of draws in both far tails. Seeds are fixed; with fresh seeds the bounds
 * below would fail about once in 20,000 runs of this file for chi-square and once in 100 for all the tail counts together.
 */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { compile } from '../../src/distributions/index.js'
import { CLOSED_FORMS, quantileOf } from './closed-forms.js'

const DRAWS = 1_000_000
const BINS = 256
/** The 1 - 2.5e-6 quantile of chi-square with 255 degrees of freedom, by Wilson and Hilferty: 255 (1 - 2/2295 + 4.565 √(2/2295))^3. */
const CRITICAL = 255 * (1 - 2 / 2295 + 4.565 * Math.sqrt(2 / 2295)) ** 3

function drawn(text: string, type: 'time' | 'offset', seed: number): Float64Array {
  const table = compile(text, type)
  const random = RandomStream.ofSeed(seed)
  return Float64Array.from({ length: DRAWS }, () => table.at(random.next())).sort()
}

/** How many of the sorted `values` are at most `limit`. */
function countUpTo(values: Float64Array, limit: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] as number) <= limit) low = middle + 1
    else high = middle
  }
  return low
}

describe.each(CLOSED_FORMS.map((form, i) => ({ ...form, seed: i + 1 })))('$text', ({ text, type, cdf, seed }) => {
  const values = drawn(text, type, seed)

  it(`passes chi-square over ${BINS} bins`, () => {
    const expected = DRAWS / BINS
    let below = 0
    let chiSquare = 0
    for (let bin = 1; bin <= BINS; bin++) {
      const upTo = bin === BINS ? DRAWS : countUpTo(values, quantileOf(cdf, bin / BINS) * 1e6)
      chiSquare += (upTo - below - expected) ** 2 / expected
      below = upTo
    }
    expect(chiSquare).toBeLessThan(CRITICAL)
  })

  // The count beyond a level is binomial: 4 standard errors are 4 √(n p (1 - p)).
  it.each([1e-4, 1e-3, 1e-2, 0.99, 0.999, 0.9999])('has the right share below level %f', (level) => {
    const count = countUpTo(values, quantileOf(cdf, level) * 1e6)
    expect(Math.abs(count - DRAWS * level)).toBeLessThan(4 * Math.sqrt(DRAWS * level * (1 - level)))
  })
})

describe('atoms', () => {
  it.each([
    ['50% 0ms + 50% 10ms', 0, 0.5],
    ['99.9% 1ms + 0.1% 1s', 1e9, 0.001],
    ['30% 0ms + 70% exponential(1ms)', 0, 0.3],
    ['empirical(1ms 2ms 2ms 2ms 6ms)', 2e6, 0.5],
  ])('%s gives %i with probability %f', (text, value, probability) => {
    const values = drawn(text, 'time', 77)
    const count = countUpTo(values, value) - countUpTo(values, value - 1)
    expect(Math.abs(count - DRAWS * probability)).toBeLessThan(4 * Math.sqrt(DRAWS * probability * (1 - probability)))
  })
})
