/** Hand-made results for reports: only what a report reads. */
import { measureInfos } from '../../src/measures/index.js'
import { EMPTY_TIMELINE } from '../../src/measures/timeline.js'
import type { Place } from '../../src/reports/report.js'
import type { CellEntry } from '../../src/results/cell-result.js'
import { failedCell } from '../../src/results/cell-result.js'
import { RESULT_SCHEMA, type Results } from '../../src/results/results.js'
import type { Summary, SummaryValue } from '../../src/results/summary.js'
import { cellOf } from '../results/fixtures.js'

type Values = Readonly<Record<string, SummaryValue>>

const SEEDS = [1, 2, 3, 4, 5, 6]

export const place: Place = {
  width: 100,
  folder: 'results/test',
  replayCommand: (cell) => `quorate replay results/test ${cell}`,
  histograms: async () => new Map(),
}

/** A value with its interval. */
export function value(center: number, low: number | null = center, high: number | null = center): SummaryValue {
  return { value: center, low, high, n: 10_000, coverage: 0.95 }
}

/** None of n. */
export function none(n: number): SummaryValue {
  return { value: 0, low: 0, high: 3 / n, n, coverage: 0.95 }
}

export function timedOut(milliseconds: number): SummaryValue {
  return { ...value(milliseconds), atLeast: true }
}

export function summaryOf(label: string, measures: Values, more: Partial<Summary> = {}): Summary {
  const strategy = label.split(' ')[0] as string
  return {
    id: label,
    variant: label,
    strategy,
    label,
    axes: {},
    seeds: SEEDS,
    flags: {},
    measures,
    curves: {},
    timeline: EMPTY_TIMELINE,
    ...more,
  }
}

export function saturated(label: string, measures: Values): Summary {
  return summaryOf(label, measures, { flags: { saturated: SEEDS.length } })
}

export function cellEntryOf(id: string, error?: string): CellEntry {
  const { histograms: _, error: sentence, ...entry } = failedCell({ ...cellOf('lww', 1), id }, error ?? '')
  return error === undefined ? entry : { ...entry, error: sentence as string }
}

export function resultsOf(summaries: readonly Summary[], more: Partial<Results> = {}): Results {
  return {
    schema: RESULT_SCHEMA,
    tool: { name: 'quorate', version: '0.0.0' },
    environment: {},
    partial: false,
    spec: { name: 'test', about: 'A test' },
    measures: measureInfos,
    strategies: [],
    cells: summaries.map(({ id }) => cellEntryOf(`${id}/1`)),
    summaries,
    gates: [],
    ...more,
  }
}
