/** A measured value as charts keep it, and in full as tooltips and tables tell it: nothing is rounded beyond what the results hold. */

import type { Summary, SummaryValue } from '../../results/summary.js'
import type { Kind } from '../columns.js'
import { spokenFigure } from '../figures.js'
import type { TableCell } from './chart.js'
import { exact } from './frame.js'

export type KnownValue = Omit<SummaryValue, 'coverage'>

/** What a chart tells of a summary. */
export interface ChartMeasure {
  readonly measure: string
  readonly title: string
  readonly kind: Kind
}

/** Of tables that have a row for each value. */
export const VALUE_HEADS: readonly string[] = ['measure', 'value', 'unit', 'low', 'high', 'n']

export function knownValue({ measures }: Summary, measure: string): KnownValue | null {
  const found = measures[measure]
  if (found === undefined) return null
  const { value, low, high, n, atLeast } = found
  return { value, low, high, n, ...(atLeast ? { atLeast } : {}) }
}

export function valueRow({ title, kind }: ChartMeasure, { value, low, high, n, atLeast }: KnownValue): TableCell[] {
  const unit = kind === 'time' ? 'ms' : 'ratio'
  return [title, value, atLeast ? `${unit}, at least` : unit, low, high, n]
}

/** `read p99: 3.6934 ms (3.61 to 3.75), n = 20031`. */
export function valueText({ title, kind }: ChartMeasure, known: KnownValue): string {
  const { value, low, high, n, atLeast } = known
  const isNone = kind === 'share' && value === 0
  if (isNone) return `${title}: ${spokenFigure(kind, { ...known, coverage: null })}`
  const figure = `${title}: ${atLeast ? '≥ ' : ''}${inFull(kind, value)}`
  return low === null || high === null
    ? `${figure}, n = ${n}`
    : `${figure} (${inFull(kind, low)} to ${inFull(kind, high)}), n = ${n}`
}

const inFull = (kind: Kind, value: number): string => exact(value, kind === 'share' ? '%' : 'ms')
