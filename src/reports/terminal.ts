/**
 * The comparison for a terminal: the gates, the verdict, then a table that fits its width, then where the files are. Columns of lesser rank are left
 * out where space is short, and named, never cut. It has no colours, so it reads the same in a pipe.
 */
import Table from 'cli-table3'
import type { Results } from '../results/results.js'
import { failuresOf } from './failures.js'
import { gatesOf } from './gates.js'
import { type Grid, type GridColumn, gridOf } from './grid.js'
import { headlineOf } from './headline.js'
import { notesOf } from './notes.js'
import { remarksOf } from './remarks.js'
import type { ImmediateFormat, Place } from './report.js'
import { verdictOf } from './verdict.js'

const GAP = 2
const INDENT = '  '
/** Labels are wrapped to this before a column is left out. */
const NARROW_LABEL = 22

export const terminal: ImmediateFormat = {
  name: 'table',
  extension: 'txt',
  summary: 'the verdict and a table for a terminal',
  render(results, place) {
    const { name, about } = headlineOf(results)
    const verdict = verdictOf(results).map((sentence) => wrapped(`- ${sentence}`, place.width))
    const headline = wrapped(about === '' ? name : `${name}: ${about}`, place.width)
    const parts = [headline, '', ...gateLines(results, place), ...verdict, '']
    const grid = gridOf(results)
    if (grid.columns.length > 0) parts.push(tableText(grid, place.width), '')
    parts.push(...remarksOf(results).flatMap((remark) => [wrapped(remark, place.width), '']))
    parts.push(...failureLines(results, place), ...noteLines(results, place), ...placeLines(results, place))
    return `${parts.join('\n')}\n`
  },
}

function gateLines(results: Results, { width }: Place): string[] {
  const gates = gatesOf(results)
  if (gates === null) return []
  const lines = gates.lines.flatMap(({ mark, text, details }) => [
    wrapped(`${mark} ${text}`, width),
    ...details.map(
      (detail) => `${INDENT}${wrapped(`- ${detail}`, width - INDENT.length).replaceAll('\n', `\n${INDENT}`)}`,
    ),
  ])
  return [wrapped(gates.sentence, width), ...lines, '']
}

function failureLines(results: Results, place: Place): string[] {
  const { sentence, shown } = failuresOf(results, place)
  if (sentence === null) return []
  const lines = shown.flatMap(({ what, command }) => [wrapped(`- ${what}`, place.width), `    ${command}`])
  return [sentence, ...lines, '']
}

function noteLines(results: Results, place: Place): string[] {
  const notes = notesOf(results).map((note) => wrapped(`- ${note}`, place.width))
  return notes.length === 0 ? [] : ['Notes:', ...notes, '']
}

function placeLines({ cells }: Results, place: Place): string[] {
  const files = `Files: result.json, histograms.jsonl, cells.jsonl, report.html and report.md in ${place.folder}`
  const lines = [wrapped(files, place.width)]
  const example = cells.find((cell) => cell.error === undefined)
  if (example !== undefined) lines.push(`One cell again: ${place.replayCommand(example.id)}`)
  return lines
}

// --- The table ------------------------------------------------------------------------------------------------------------

interface Layout {
  readonly nameWidths: readonly number[]
  readonly columns: readonly GridColumn[]
  readonly left: readonly GridColumn[]
}

function tableText(grid: Grid, width: number): string {
  const layout = layoutOf(grid, width)
  const notes = [
    ...(grid.hasMarks ? ['* best, or not clearly behind the best: intervals over seeds overlap'] : []),
    ...(grid.hasSaturated ? ['† saturated'] : []),
    ...(layout.left.length > 0 ? [`left out for want of width: ${layout.left.map(fullTitle).join(', ')}`] : []),
  ]
  return [drawn(grid, layout), ...notes.map((note) => wrapped(note, width))].join('\n')
}

const fullTitle = ({ title }: GridColumn): string => title.join(' ').replace('- ', '')

function layoutOf(grid: Grid, width: number): Layout {
  const full = grid.heads.map((head, i) => widest([head, ...grid.names.map((names) => names[i] as string)]))
  const narrow = full.map((length) => Math.min(length, NARROW_LABEL))
  const byRank = [...grid.columns].sort((left, right) => left.rank - right.rank)
  for (let count = byRank.length; count > 1; count--) {
    const kept = new Set(byRank.slice(0, count))
    const columns = grid.columns.filter((column) => kept.has(column))
    const left = grid.columns.filter((column) => !kept.has(column))
    const nameWidths = [full, narrow].find((names) => totalWidth(names, columns) <= width)
    if (nameWidths !== undefined) return { nameWidths, columns, left }
  }
  const columns = byRank.slice(0, 1)
  return { nameWidths: narrow, columns, left: grid.columns.filter((column) => !columns.includes(column)) }
}

function totalWidth(names: readonly number[], columns: readonly GridColumn[]): number {
  const widths = [...names, ...columns.map(columnWidth)]
  return widths.reduce((sum, one) => sum + one, 0) + GAP * (widths.length - 1)
}

function columnWidth(column: GridColumn): number {
  return Math.max(widest(headOf(column)), widest(column.figures.map(({ text }) => text)) + markWidth(column))
}

/** Figures stand in line whether marked or not. */
const markWidth = ({ figures }: GridColumn): number => (figures.some(({ isBest }) => isBest) ? 1 : 0)

const headOf = ({ title, unit }: GridColumn): readonly string[] => (unit === '' ? title : [...title, unit])

const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => [...text].length))

function drawn(grid: Grid, { nameWidths, columns }: Layout): string {
  const rule = { mid: '─', 'mid-mid': '─'.repeat(GAP) }
  const none = Object.fromEntries(
    ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
      .concat('left', 'left-mid', 'right', 'right-mid')
      .map((name) => [name, '']),
  )
  const table = new Table({
    head: [...grid.heads, ...columns.map((column) => headOf(column).join('\n'))],
    colWidths: [...nameWidths, ...columns.map(columnWidth)],
    colAligns: [...nameWidths.map(() => 'left' as const), ...columns.map(() => 'right' as const)],
    // Headings stand on the rule.
    rowAligns: ['bottom'],
    chars: { ...none, ...rule, middle: ' '.repeat(GAP) },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    wordWrap: true,
  })
  table.push(...grid.names.map((names, row) => [...names, ...columns.map((column) => figureText(column, row))]))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

function figureText(column: GridColumn, row: number): string {
  const { text, isBest } = column.figures[row] as GridColumn['figures'][number]
  if (markWidth(column) === 0) return text
  return `${text}${isBest ? '*' : ' '}`
}

/** Lines of at most `width` characters, the later ones indented; a longer word has lines of its own. */
function wrapped(text: string, width: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((long) => pieces(long, width - INDENT.length))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = INDENT + word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line].join('\n')
}

function pieces(word: string, length: number): readonly string[] {
  const count = Math.max(1, Math.ceil(word.length / length))
  return Array.from({ length: count }, (_, i) => word.slice(i * length, (i + 1) * length))
}
