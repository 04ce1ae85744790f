/**
 * The comparison as a table that fits the terminal. Columns of lesser rank are left out where space is short, and named, never cut. The wide table
 * is as wide as it has to be, leaves out nothing and has the intervals beside the values.
 */
import Table from 'cli-table3'
import type { Results } from '../../results/results.js'
import { type Figure, type Grid, type GridColumn, gridOf } from '../grid.js'
import type { View } from '../report.js'
import { GAP, RULED, withoutEnds } from './ruled-table.js'
import { wrapped } from './wrapped.js'

/** Labels are wrapped to this before a column is left out. */
const NARROW_LABEL = 22

interface Layout {
  readonly nameWidths: readonly number[]
  readonly columns: readonly GridColumn[]
  readonly left: readonly GridColumn[]
}

/** The table with what explains it; empty where there is nothing to say. Explanations keep to `width` in any case. */
export function tableText(results: Results, view: View, width: number): string {
  const grid = gridOf(results, view)
  const layout = layoutOf(view.wide ? grid : withoutIntervals(grid), view.wide ? Number.POSITIVE_INFINITY : width)
  const isEmpty = grid.columns.length === 0
  const notes = isEmpty ? missingNotes(grid, view) : [...tableNotes(layout, grid), ...missingNotes(grid, view)]
  return [...(isEmpty ? [] : [drawn(grid, layout)]), ...notes.map((note) => wrapped(note, width))].join('\n')
}

function tableNotes({ columns, left }: Layout, grid: Grid): string[] {
  return [
    ...(columns.some(hasInterval) ? ['[low high] interval over seeds'] : []),
    ...(grid.hasMarks ? ['* best, or not clearly behind the best: intervals over seeds overlap'] : []),
    ...(grid.hasSaturated ? ['† saturated'] : []),
    ...(left.length > 0 ? [`left out for want of width: ${left.map(({ name }) => name).join(', ')}`] : []),
  ]
}

function missingNotes({ missing, columns }: Grid, { by }: View): string[] {
  const where = by === 'zone' ? ' by zone' : ''
  if (missing.length > 0) return [`without values${where}: ${missing.join(', ')}`]
  return columns.length === 0 && by === 'zone' ? ['nothing was measured by zone'] : []
}

function withoutIntervals(grid: Grid): Grid {
  const columns = grid.columns.map((column) => ({
    ...column,
    figures: column.figures.map((figure) => ({ ...figure, interval: '' })),
  }))
  return { ...grid, columns }
}

// --- Which columns, and how wide ------------------------------------------------------------------------------------------

function layoutOf(grid: Grid, width: number): Layout {
  const full = grid.heads.map((head, i) => widest([head, ...grid.names.map((names) => names[i] as string)]))
  const narrow = full.map((length) => Math.min(length, NARROW_LABEL))
  const byRank = [...grid.columns].sort((left, right) => left.rank - right.rank)
  for (let count = byRank.length; count > 0; count--) {
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
  return Math.max(widest(headOf(column)), valueWidth(column) + markWidth(column) + intervalWidth(column))
}

const valueWidth = ({ figures }: GridColumn): number => widest(figures.map(({ text }) => text))

/** Figures stand in line whether marked or not. */
const markWidth = ({ figures }: GridColumn): number => (figures.some(({ isBest }) => isBest) ? 1 : 0)

const hasInterval = ({ figures }: GridColumn): boolean => figures.some(({ interval }) => interval !== '')

/** With the space before it. */
const intervalWidth = (column: GridColumn): number =>
  hasInterval(column) ? 1 + widest(column.figures.map(({ interval }) => interval)) : 0

const headOf = ({ title, unit }: GridColumn): readonly string[] => (unit === '' ? title : [...title, unit])

const widest = (texts: readonly string[]): number => Math.max(...texts.map(lengthOf))

const lengthOf = (text: string): number => [...text].length

// --- Drawing --------------------------------------------------------------------------------------------------------------

function drawn(grid: Grid, { nameWidths, columns }: Layout): string {
  const table = new Table({
    head: [...grid.heads, ...columns.map((column) => headOf(column).join('\n'))],
    colWidths: [...nameWidths, ...columns.map(columnWidth)],
    colAligns: [...nameWidths.map(() => 'left' as const), ...columns.map(() => 'right' as const)],
    ...RULED,
    wordWrap: true,
  })
  table.push(...grid.names.map((names, row) => [...names, ...columns.map((column) => figureText(column, row))]))
  return withoutEnds(table.toString())
}

function figureText(column: GridColumn, row: number): string {
  const { text, interval, isBest } = column.figures[row] as Figure
  const marked = markWidth(column) === 0 ? text : `${text}${isBest ? '*' : ' '}`
  return marked + (interval === '' ? '' : ` ${interval}`).padEnd(intervalWidth(column))
}
