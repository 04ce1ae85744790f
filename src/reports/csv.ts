/**
 * Every measure of every cell and every summary as CSV, tidy: a row each, and a zone is a column and no part of the name. RFC 4180 to the letter,
 * so lines end with CR LF. Numbers are those of the results, in full. A text that a spreadsheet would take for a formula has an apostrophe before it;
 * what would not print as itself is replaced as everywhere. Left out: curves, timelines and flags, which are in result.json.
 */
import type { CellEntry } from '../results/cell-result.js'
import type { Results } from '../results/results.js'
import type { Summary } from '../results/summary.js'
import type { ImmediateFormat } from './report.js'
import { plain } from './text.js'

type Field = string | number | boolean | null
type Row = readonly Field[]

const IDENTITY = ['kind', 'id', 'variant', 'strategy', 'label']
const MEASURE = ['measure', 'zone', 'unit', 'better']
const VALUE = ['value', 'low', 'high', 'n', 'coverage', 'at_least']

export const csv: ImmediateFormat = {
  name: 'csv',
  extension: 'csv',
  summary: 'every measure of every cell and summary, for spreadsheets and data frames',
  render: (results) =>
    rowsOf(results)
      .map((row) => `${row.map(fieldText).join(',')}\r\n`)
      .join(''),
}

function rowsOf(results: Results): readonly Row[] {
  const axes = [...new Set([...results.cells, ...results.summaries].flatMap((entry) => Object.keys(entry.axes)))]
  const infos = new Map(results.measures.map((info) => [info.name, info]))
  const identity = (kind: string, { id, variant, strategy, label, axes: values }: CellEntry | Summary): Row => [
    kind,
    id,
    variant,
    strategy,
    label,
    ...axes.map((path) => axisField(values[path])),
  ]
  const named = (name: string): Row => {
    const [measure, zone] = splitZone(name)
    const info = infos.get(measure)
    return [measure, zone, info?.unit ?? null, info?.better ?? null]
  }
  return [
    [...IDENTITY, ...axes, 'seed', ...MEASURE, ...VALUE, 'error'],
    ...results.cells.flatMap((cell) => cellRows(cell, [...identity('cell', cell), cell.seed], named)),
    ...results.summaries.flatMap((summary) => summaryRows(summary, [...identity('summary', summary), null], named)),
  ]
}

/** Of a cell that failed, one that says why. */
function cellRows(cell: CellEntry, identity: Row, named: (name: string) => Row): readonly Row[] {
  if (cell.error !== undefined) return [[...identity, ...[...MEASURE, ...VALUE].map(() => null), cell.error]]
  const atLeast = new Set(cell.atLeast)
  return Object.entries(cell.measures).map(([name, value]) => {
    const n = cell.ratios[name]?.[1] ?? null
    return [...identity, ...named(name), value, null, null, n, null, atLeast.has(name), null]
  })
}

function summaryRows({ measures }: Summary, identity: Row, named: (name: string) => Row): readonly Row[] {
  return Object.entries(measures).map(([name, { value, low, high, n, coverage, atLeast }]) => {
    return [...identity, ...named(name), value, low, high, n, coverage, atLeast === true, null]
  })
}

/** `read.p99@us` is `read.p99` in `us`. */
function splitZone(name: string): readonly [measure: string, zone: string | null] {
  const at = name.indexOf('@')
  return at < 0 ? [name, null] : [name.slice(0, at), name.slice(at + 1)]
}

/** Texts and numbers as they are, anything else as JSON. */
function axisField(value: unknown): Field {
  if (typeof value === 'string' || typeof value === 'number') return value
  return value === undefined ? null : JSON.stringify(value)
}

function fieldText(field: Field): string {
  if (field === null) return ''
  if (typeof field !== 'string') return String(field)
  const text = plain(field, Number.POSITIVE_INFINITY)
  // Also in the full width that spreadsheets in Japanese read.
  const harmless = /^[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text
  return /[",]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
