/**
 * Estimates with their spread, from runs with independent seeds. Operations of one run are correlated (they wait in one queue, they meet on one
 * key), so unless trials are independent by construction the seed is the unit: means and percentiles come from what all seeds
 * gave together, their errors from how the seeds' own values differ; ratios have a jackknife over the seeds.
 */
import type { CellEntry } from '../../results/cell-result.js'
import type { Summary } from '../../results/summary.js'
import type { Spread } from './check.js'

/** What a run gave: `Results`, or the part of them that is needed here. */
export interface Measured {
  readonly cells: readonly Pick<CellEntry, 'label' | 'measures' | 'ratios'>[]
  readonly summaries: readonly Pick<Summary, 'label' | 'measures'>[]
}

export interface Estimate {
  readonly measured: number
  readonly spread: Spread
  /** Observations behind it. */
  readonly n: number
}

export interface RatioEstimate extends Estimate {
  readonly count: number
}

/** A latency: the value of all seeds' merged histogram, in milliseconds. */
export function latencyOf(results: Measured, label: string, measure: string): Estimate {
  const { value, n } = summaryValue(results, label, measure)
  const perSeed = cellsOf(results, label).map((cell) => cell.measures[measure] as number)
  return {
    measured: value,
    n,
    spread: { standardError: errorOfMean(perSeed), freedom: perSeed.length - 1, shareOf: null },
  }
}

/** A mean latency of independent operations whose true variance, in square milliseconds, is known. */
export function meanOfTrials(results: Measured, label: string, measure: string, variance: number): Estimate {
  const { value, n } = summaryValue(results, label, measure)
  return { measured: value, n, spread: { standardError: Math.sqrt(variance / n), freedom: null, shareOf: null } }
}

/** A ratio of counts, pooled over seeds. */
export function ratioOf(results: Measured, label: string, measure: string): RatioEstimate {
  return pooledRatio(cellsOf(results, label).map((cell) => cell.ratios[measure] as readonly [number, number]))
}

/** The same from the counts of each seed. */
export function pooledRatio(pairs: readonly (readonly [number, number])[]): RatioEstimate {
  const count = sum(pairs.map(([numerator]) => numerator))
  const n = sum(pairs.map(([, denominator]) => denominator))
  const leftOut = pairs.map(([numerator, denominator]) => (count - numerator) / (n - denominator))
  const standardError = (pairs.length - 1) * errorOfMean(leftOut)
  return { measured: count / n, n, count, spread: { standardError, freedom: pairs.length - 1, shareOf: null } }
}

/** A share of independent trials whose true probability is `probability`, or of which it is an estimate from `others` trials. */
export function shareOf(count: number, n: number, probability: number, others = Number.POSITIVE_INFINITY): Estimate {
  const standardError = Math.sqrt(probability * (1 - probability) * (1 / n + 1 / others))
  return { measured: count / n, n, spread: { standardError, freedom: null, shareOf: Math.min(n, others) } }
}

function summaryValue(
  { summaries }: Measured,
  label: string,
  measure: string,
): { readonly value: number; readonly n: number } {
  const found = summaries.find((summary) => summary.label === label)?.measures[measure]
  if (found === undefined) throw new Error(`The results have no ${measure} of ${label}.`)
  return found
}

function cellsOf({ cells }: Measured, label: string): Measured['cells'] {
  const found = cells.filter((cell) => cell.label === label)
  if (found.length < 2) throw new Error(`The results have ${found.length} cells of ${label}.`)
  return found
}

function errorOfMean(values: readonly number[]): number {
  const mean = sum(values) / values.length
  const squares = sum(values.map((value) => (value - mean) * (value - mean)))
  return Math.sqrt(squares / (values.length - 1) / values.length)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
