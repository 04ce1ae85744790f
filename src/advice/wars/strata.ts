/**
 * How the trials are shared out among the cases of a model: each gets its part of them, by largest remainder, instead of a random number. The estimates are the same on average and never less exact (stratified sampling with proportional
 * allocation, Cochran 1977, section 5.6), and intervals for independent trials hold with something to spare.
 */
import { compile } from '../../distributions/index.js'
import type { Law } from '../../distributions/law.js'
import type { QuantileTable } from '../../distributions/quantile-table.js'
import { type TrialTables, tablesOf } from './draws.js'
import type { WarsModel } from './model.js'

export interface Stratum {
  readonly tables: TrialTables
  readonly trials: number
}

export function strataOf({ cases }: WarsModel, trials: number): Stratum[] {
  const parts = apportion(
    cases.map(({ share }) => share),
    trials,
  )
  const tables = new Map<string, QuantileTable>()
  const tableOf = ({ text }: Law): QuantileTable => {
    const table = tables.get(text) ?? compile(text, 'time')
    tables.set(text, table)
    return table
  }
  return cases.map(({ replicas }, i) => ({ tables: tablesOf(replicas, tableOf), trials: parts[i] }))
}

/** Whole parts of `total` in proportion to shares that sum to 1; the largest remainders are rounded up. */
export function apportion(shares: readonly number[], total: number): number[] {
  const parts = shares.map((share) => Math.floor(share * total))
  const missing = total - parts.reduce((sum, part) => sum + part, 0)
  const byRemainder = shares.map((share, i) => ({ i, remainder: share * total - parts[i] }))
  byRemainder.sort((left, right) => right.remainder - left.remainder || left.i - right.i)
  for (const { i } of byRemainder.slice(0, missing)) parts[i]++
  return parts
}
