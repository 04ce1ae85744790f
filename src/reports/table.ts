/**
 * The comparison as text: the verdict first, in words with numbers, then one table with a row for each variant, each column's unit
 * chosen once and its best value marked. The same columns serve the terminal and Markdown.
 */
import Table from 'cli-table3'
import type { Results } from '../results/results.js'
import type { Summary, SummaryValue } from '../results/summary.js'

interface Column {
  readonly measure: string
  readonly title: string
  readonly kind: 'time' | 'ratio' | 'number'
  readonly better: 'lower' | 'higher' | 'neither'
}

const COLUMNS: readonly Column[] = [
  { measure: 'read.p50', title: 'read p50', kind: 'time', better: 'lower' },
  { measure: 'read.p99', title: 'read p99', kind: 'time', better: 'lower' },
  { measure: 'write.p50', title: 'write p50', kind: 'time', better: 'lower' },
  { measure: 'write.p99', title: 'write p99', kind: 'time', better: 'lower' },
  { measure: 'throughput.ok', title: 'ok/s', kind: 'number', better: 'higher' },
  { measure: 'availability', title: 'available', kind: 'ratio', better: 'higher' },
  { measure: 'stale.ratio', title: 'stale reads', kind: 'ratio', better: 'lower' },
  { measure: 'stale.age.p99', title: 'stale age p99', kind: 'time', better: 'lower' },
  { measure: 'lost.rmw', title: 'lost incr/add', kind: 'ratio', better: 'lower' },
  { measure: 'diverged.keys', title: 'diverged keys', kind: 'number', better: 'lower' },
  { measure: 'durable.copies.min', title: 'copies at ack', kind: 'number', better: 'neither' },
  { measure: 'wan.bytes-per-op', title: 'WAN B/op', kind: 'number', better: 'lower' },
]

interface Grid {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

function gridOf(summaries: readonly Summary[]): Grid {
  const columns = COLUMNS.filter(({ measure }) => summaries.some((summary) => measure in summary.measures))
  const cells = columns.map((column) => columnOf(column, summaries))
  return {
    head: ['variant', ...cells.map((cell) => cell.title)],
    rows: summaries.map((summary, row) => [
      summary.label +
        Object.keys(summary.flags)
          .map((flag) => ` (${flag})`)
          .join(''),
      ...cells.map((cell) => cell.texts[row] as string),
    ]),
  }
}

function columnOf(column: Column, summaries: readonly Summary[]): { title: string; texts: readonly string[] } {
  const values = summaries.map((summary) => summary.measures[column.measure])
  const numbers = values.flatMap((value) => (value === undefined ? [] : [value.value]))
  const best = bestOf(column, numbers)
  const unit = column.kind === 'time' ? timeUnit(numbers) : { name: '', perMillisecond: 1 }
  const texts = values.map((value) => {
    if (value === undefined) return '-'
    const mark = numbers.length > 1 && value.value === best ? ' *' : ''
    return textOf(column, value, unit.perMillisecond) + mark
  })
  return { title: unit.name === '' ? column.title : `${column.title} ${unit.name}`, texts }
}

function textOf(column: Column, value: SummaryValue, factor: number): string {
  const prefix = value.atLeast ? '>= ' : ''
  if (column.kind === 'time') return prefix + digits(value.value * factor)
  if (column.kind === 'number') return digits(value.value)
  if (value.value === 0) return `0 of ${value.n}`
  return `${digits(100 * value.value)}%`
}

function timeUnit(milliseconds: readonly number[]): { name: string; perMillisecond: number } {
  const largest = Math.max(...milliseconds)
  if (largest >= 10_000) return { name: 's', perMillisecond: 0.001 }
  return largest < 1 ? { name: 'us', perMillisecond: 1000 } : { name: 'ms', perMillisecond: 1 }
}

function bestOf(column: Column, numbers: readonly number[]): number {
  if (column.better === 'neither' || new Set(numbers).size < 2) return Number.NaN
  return column.better === 'lower' ? Math.min(...numbers) : Math.max(...numbers)
}

function digits(value: number): string {
  if (Math.abs(value) >= 100) return String(Math.round(value))
  return String(Number(value.toPrecision(3)))
}

/** Sentences: who is best at what, and whether the comparison is at equal durability. */
export function verdictOf(results: Results): readonly string[] {
  const { summaries } = results
  if (summaries.length === 0) return ['No cell ran to its end.']
  const sentences = COLUMNS.flatMap((column) => sentenceOf(column, summaries))
  const copies = summaries.flatMap((summary) => summary.measures['durable.copies.min']?.value ?? [])
  if (new Set(copies).size > 1) {
    const told = summaries.map(
      (summary) => `${summary.label}: ${summary.measures['durable.copies.min']?.value ?? 'none'}`,
    )
    sentences.push(
      `Compared at different durability: the fewest copies that held an acknowledged write were ${told.join(', ')}.`,
    )
  }
  const saturated = summaries.filter((summary) => 'saturated' in summary.flags)
  for (const { label } of saturated) sentences.push(`${label} was saturated: its latencies say little.`)
  return sentences
}

function sentenceOf(column: Column, summaries: readonly Summary[]): string[] {
  if (column.better === 'neither' || !VERDICTS.has(column.measure)) return []
  const known = summaries.filter((summary) => column.measure in summary.measures)
  if (known.length < 2) return []
  const cell = columnOf(column, known)
  const values = known.map((summary) => (summary.measures[column.measure] as SummaryValue).value)
  const best = bestOf(column, values)
  if (Number.isNaN(best)) return [`${capital(cell.title)}: all are equal at ${cell.texts[0]}.`]
  const winners = known.filter((_, i) => values[i] === best).map((summary) => summary.label)
  const worst = column.better === 'lower' ? Math.max(...values) : Math.min(...values)
  const text = (value: number): string => (cell.texts[values.indexOf(value)] as string).replace(' *', '')
  const last = known[values.indexOf(worst)]?.label
  return [
    `${capital(cell.title)}: ${winners.join(' and ')} best with ${text(best)}; ${last} worst with ${text(worst)}.`,
  ]
}

const VERDICTS = new Set(['read.p99', 'write.p99', 'availability', 'stale.ratio', 'lost.rmw'])

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function renderTable(results: Results): string {
  const { head, rows } = gridOf(results.summaries)
  const table = new Table({
    head: [...head],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: head.map((_, i) => (i === 0 ? 26 : 12)),
  })
  table.push(...rows.map((row) => [...row]))
  return [...verdictOf(results), '', table.toString(), '* best of its column', ...failures(results), ''].join('\n')
}

export function renderMarkdown(results: Results): string {
  const { head, rows } = gridOf(results.summaries)
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const verdict = verdictOf(results).map((sentence) => `- ${sentence}`)
  const table = [line(head), line(head.map(() => '---')), ...rows.map(line)]
  return ['# Comparison', '', ...verdict, '', ...table, '', '\\* best of its column', ...failures(results), ''].join(
    '\n',
  )
}

function failures(results: Results): string[] {
  return results.cells
    .filter((cell) => cell.error !== undefined)
    .map((cell) => `Failed: ${cell.id}: ${cell.error} Run it again: quorate replay RESULT ${cell.id}`)
}
