/**
 * Intervals of 95% for what independent trials estimate: Wilson's for a share (1927; never outside 0..1, and right where none or all
 * came up), order statistics for a quantile (which assume nothing of the distribution). A quantile
 * with fewer than ten trials beyond it is unknown, as everywhere.
 */
import type { Nanos } from '../../core/ids.js'
import type { Tally } from './tally.js'

/** Two-sided 95% of the normal distribution. */
const Z = 1.959964
const FEWEST_BEYOND = 10

export interface Share {
  readonly p: number
  readonly low: number
  readonly high: number
  /** Trials. */
  readonly n: number
}

/** Null where the trials are too few to tell. */
export interface Quantile {
  readonly value: Nanos | null
  readonly low: Nanos | null
  readonly high: Nanos | null
}

export function shareOf(count: number, n: number): Share {
  const p = count / n
  const spread = (Z * Z) / n
  const centre = (p + spread / 2) / (1 + spread)
  const reach = (Z * Math.sqrt((p * (1 - p)) / n + spread / (4 * n))) / (1 + spread)
  return {
    p,
    low: count === 0 ? 0 : Math.max(0, centre - reach),
    high: count === n ? 1 : Math.min(1, centre + reach),
    n,
  }
}

export function quantileOf(tally: Tally, quantile: number): Quantile {
  const { count } = tally
  const rank = rankOf(quantile, count)
  if (count - rank < FEWEST_BEYOND) return { value: null, low: null, high: null }
  const reach = Z * Math.sqrt(count * quantile * (1 - quantile))
  return {
    value: tally.atRank(rank),
    low: tally.boundsAt(Math.max(1, Math.floor(rank - reach))).low,
    high: tally.boundsAt(Math.min(count, Math.ceil(rank + reach))).high,
  }
}

/** 0.07 * 100 is a little more than 7; its rank is 7 all the same. */
function rankOf(quantile: number, count: number): number {
  return Math.max(1, Math.ceil(quantile * count * (1 - 1e-14)))
}
