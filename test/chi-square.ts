/**
 * How far counts lie from what was expected of them, in standard errors: chi-square brought to the standard normal by Wilson and Hilferty's
 * cube root. A score beyond CRITICAL comes by chance about once in 3.5 million, more seldom at few degrees of freedom (at two,
 * where the law is exponential, once in 18 million).
 */
import { assert } from '../src/core/assert.js'

/** One-sided 2.9e-7: even a table of 3,000 scores fails less than once in 1000 runs with fresh seeds. */
export const CRITICAL = 5

/** Of `counts` against `expected`, both by bin, of the same sum and known beforehand; large if they do not fit. */
export function chiSquareScore(counts: ArrayLike<number>, expected: ArrayLike<number>): number {
  let chiSquare = 0
  for (let bin = 0; bin < counts.length; bin++) {
    const mean = expected[bin] as number
    chiSquare += ((counts[bin] as number) - mean) ** 2 / mean
  }
  const freedom = counts.length - 1
  const spread = 2 / (9 * freedom)
  return (Math.cbrt(chiSquare / freedom) - (1 - spread)) / Math.sqrt(spread)
}

/** The score of `draws` values in 0 .. bins - 1, each bin equally likely. */
export function uniformityScore(draws: number, bins: number, binOf: (draw: number) => number): number {
  const counts = new Float64Array(bins)
  for (let draw = 0; draw < draws; draw++) {
    const bin = binOf(draw)
    assert(bin >= 0 && bin < bins, 'a draw falls into one of the bins.')
    counts[bin] = (counts[bin] as number) + 1
  }
  return chiSquareScore(counts, new Float64Array(bins).fill(draws / bins))
}
