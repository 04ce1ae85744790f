/**
 * The comparison as a grid of texts, which the table and Markdown lay out: a row for each variant and point of the axes, the points one after the
 * other; each column's unit chosen once; the front of each point marked wherever somebody is clearly behind.
 */
import type { Results } from '../results/results.js'
import type { Summary } from '../results/summary.js'
import { type Column, columnsOf } from './columns.js'
import { isSaturated, standingOf } from './contest.js'
import { scaleOf, tableFigure } from './figures.js'
import { axesOf, axisText, pointsOf } from './points.js'
import { plain } from './text.js'

export interface GridColumn {
  readonly title: readonly string[]
  readonly unit: string
  readonly rank: number
  readonly figures: readonly Figure[]
}

export interface Figure {
  readonly text: string
  readonly isBest: boolean
}

export interface Grid {
  /** Titles of the columns that say what a row is: `variant`, then the axes. */
  readonly heads: readonly string[]
  readonly names: readonly (readonly string[])[]
  readonly columns: readonly GridColumn[]
  readonly hasMarks: boolean
  readonly hasSaturated: boolean
}

const LONGEST_LABEL = 60

export function gridOf(results: Results): Grid {
  const axes = axesOf(results.summaries)
  const rows = pointsOf(results.summaries).flatMap(({ summaries }) => summaries)
  const columns = columnsOf(results).map((column) => columnOf(column, rows))
  return {
    heads: ['variant', ...axes.map((axis) => axis.title)],
    names: rows.map((row) => [labelOf(row), ...axes.map((axis) => axisText(row, axis))]),
    columns,
    hasMarks: columns.some(({ figures }) => figures.some(({ isBest }) => isBest)),
    hasSaturated: rows.some(isSaturated),
  }
}

function labelOf(summary: Summary): string {
  const label = plain(summary.label, LONGEST_LABEL)
  if (summary.seeds.length === 0) return `${label} (failed)`
  return isSaturated(summary) ? `${label} †` : label
}

function columnOf(column: Column, rows: readonly Summary[]): GridColumn {
  const { measure, kind, title, rank } = column
  const scale = scaleOf(
    kind,
    rows.flatMap((row) => row.measures[measure]?.value ?? []),
  )
  const best = bestOf(column, rows)
  const figures = rows.map((row) => {
    const value = row.measures[measure]
    if (value === undefined) return { text: '-', isBest: false }
    return { text: tableFigure(kind, value, scale), isBest: best.has(row) }
  })
  return { title, unit: scale.unit, rank, figures }
}

function bestOf({ measure, better }: Column, rows: readonly Summary[]): ReadonlySet<Summary> {
  const standings = pointsOf(rows).map(({ summaries }) => standingOf(measure, better, summaries))
  return new Set(standings.flatMap(({ front, behind }) => (behind.length === 0 ? [] : front)))
}
