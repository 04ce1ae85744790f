/**
 * Findings about a prediction of the Monte Carlo. Where the expected value is itself an estimate, from a number of trials of its own, both errors add; half a unit
 * of the last digit printed comes on top. Times are in milliseconds.
 */
import { MILLISECOND } from '../../core/units.js'
import type { Quantile } from '../wars/estimates.js'
import type { QuorumPrediction } from '../wars/wars.js'
import type { Bias, Finding, Spread } from './check.js'
import { shareOf } from './estimate.js'
import { sweep } from './sweep.js'

/** What a row is called, what it should be, and from where. */
export interface Expected {
  readonly name: string
  readonly source: string
  readonly expected: number
}

/** Of the Monte Carlo's intervals, which are of 95%. */
const INTERVAL_REACH = 1.959964
/** How finely it knows a duration; an interval may be wider by that than it says. */
const RESOLUTION = 1 / 2048

/** P(consistent) at the moment in that place; `others` are the trials behind the expected value, which is known to so many decimals. */
export function consistentFinding(
  own: QuorumPrediction,
  place: number,
  others: number,
  to: Expected,
  decimals = decimalsOf(to.expected),
): Finding {
  const { p, n } = shareAt(own, place)
  return { ...to, unit: 'share', ...shareOf(Math.round(p * n), n, to.expected, others), bias: lastDigit(decimals) }
}

/** Of quorums that meet: what cannot happen must not, and is no matter of chance. */
export function certainFinding(own: QuorumPrediction, place: number, to: Omit<Expected, 'expected'>): Finding {
  const { p, n } = shareAt(own, place)
  return { ...to, unit: 'share', expected: 1, measured: p, n, spread: null, bias: null }
}

/** A percentile: sqrt(p (1 - p) / n) over the density, which the interval by order statistics knows. */
export function quantileFinding({ value, low, high }: Quantile, n: number, others: number, to: Expected): Finding {
  if (value === null || low === null || high === null) throw new Error(`There are too few trials for ${to.name}.`)
  const own = (high - low + value * RESOLUTION) / (2 * INTERVAL_REACH * MILLISECOND)
  const spread: Spread = { standardError: own * Math.sqrt(1 + n / others), freedom: null, shareOf: null }
  return { ...to, unit: 'ms', measured: value / MILLISECOND, n, spread, bias: lastDigit(decimalsOf(to.expected)) }
}

/**
 * What the paper's sweep in steps of so many milliseconds says on this curve. No chance is left in it: the distribution of the sweep is worked out, and the curve is
 * known far better than 50,000 trials know it.
 */
export function sweptFinding(own: QuorumPrediction, step: number, to: Expected): Finding {
  const { low, median, high } = sweep(step, (t) => 1 - own.consistentAt(Math.round(t * MILLISECOND)))
  const value = to.expected < median ? median - low : high - median
  const bias = { value, reason: "from the middle of what the paper's sweep finds to the end of its central 99.9%" }
  return { ...to, unit: 'ms', measured: median, n: shareAt(own, 0).n, spread: null, bias }
}

function lastDigit(decimals: number): Bias {
  return { value: 0.5 / Number(`1e${decimals}`), reason: 'half a unit of the last digit' }
}

const decimalsOf = (value: number): number => String(value).split('.')[1]?.length ?? 0

function shareAt(own: QuorumPrediction, place: number): { readonly p: number; readonly n: number } {
  const found = own.consistent[place]
  if (found === undefined) throw new Error(`The prediction has no moment ${place}.`)
  return found
}
