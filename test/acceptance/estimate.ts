/**
 * Estimates from runs with independent seeds, and their comparison with a closed form. A tolerance is z standard errors plus a stated bias of
 * the model; at z = 4 a normal estimate fails by chance once in 16,000, so a table of sixteen fails once in a
 * thousand runs with fresh seeds.
 */
import { expect } from 'vitest'
import type { Results } from '../../src/results/results.js'

export interface Estimate {
  readonly value: number
  readonly standardError: number
  /** Observations behind it. */
  readonly n: number
}

const Z = 4

/** A latency measure: the value of all seeds' merged histogram, its error from the spread of the seeds' own values. */
export function latencyOf(results: Results, label: string, measure: string): Estimate {
  const summary = results.summaries.find((candidate) => candidate.label === label)?.measures[measure]
  const perSeed = cellsOf(results, label).map((cell) => cell.measures[measure] as number)
  if (summary === undefined) throw new Error(`The results have no ${measure} of ${label}.`)
  return { value: summary.value, standardError: standardErrorOf(perSeed), n: summary.n }
}

/** A ratio of counts, pooled over seeds; its error by jackknife over seeds, because reads of one cell are correlated. */
export function ratioOf(results: Results, label: string, measure: string): Estimate & { readonly count: number } {
  return pooledRatio(cellsOf(results, label).map((cell) => cell.ratios[measure] as readonly [number, number]))
}

/** The same from the counts of each seed. */
export function pooledRatio(pairs: readonly (readonly [number, number])[]): Estimate & { readonly count: number } {
  const count = sum(pairs.map(([numerator]) => numerator))
  const n = sum(pairs.map(([, denominator]) => denominator))
  const leftOut = pairs.map(([numerator, denominator]) => (count - numerator) / (n - denominator))
  const standardError = (pairs.length - 1) * standardErrorOf(leftOut)
  return { value: count / n, standardError, n, count }
}

/** A share of independent trials whose true probability is `probability`. */
export function shareOf(count: number, n: number, probability: number): Estimate {
  return { value: count / n, standardError: Math.sqrt((probability * (1 - probability)) / n), n }
}

/** A measured mean of independent trials whose true variance is known. */
export function meanOfTrials(summary: Results['summaries'][number], measure: string, variance: number): Estimate {
  const found = summary.measures[measure]
  if (found === undefined) throw new Error(`The results have no ${measure} of ${summary.label}.`)
  return { value: found.value, standardError: Math.sqrt(variance / found.n), n: found.n }
}

/** `bias` is what the model or the truth may be off by, in the unit of the value. */
export function expectTruth(name: string, estimate: Estimate, truth: number, bias = 0): void {
  const { value, standardError, n } = estimate
  const told = `${name}: ${value}, expected ${truth}; n = ${n}, standard error ${standardError.toPrecision(3)}`
  expect(Math.abs(value - truth), told).toBeLessThanOrEqual(Z * standardError + bias)
}

function cellsOf(results: Results, label: string): Results['cells'] {
  const cells = results.cells.filter((cell) => cell.label === label)
  if (cells.length < 2) throw new Error(`The results have ${cells.length} cells of ${label}.`)
  return cells
}

/** Of the mean. */
function standardErrorOf(values: readonly number[]): number {
  const mean = sum(values) / values.length
  const squares = sum(values.map((value) => (value - mean) * (value - mean)))
  return Math.sqrt(squares / (values.length - 1) / values.length)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
