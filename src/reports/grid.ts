/**
 * The comparison as a grid of texts, which the table and Markdown lay out: a row for each variant and point of the axes, the points one after the
 * other; each column's unit chosen once; the front of each point marked wherever somebody is clearly behind. By zone each such row is several, and
 * a zone's best is the best among those of its zone.
 */
import type { Results } from '../results/results.js'
import type { Summary } from '../results/summary.js'
import { type Column, columnsNamed, columnsOf, measuresMeant, titleText } from './columns.js'
import { bestAtPoints, isSaturated } from './contest.js'
import { intervalFigure, scaleOf, tableFigure } from './figures.js'
import { axesOf, axisText, pointsOf } from './points.js'
import { USUAL_VIEW, type View } from './report.js'
import { plain } from './text.js'
import { inZone, zonesOf } from './zones.js'

export interface GridColumn {
  readonly title: readonly string[]
  /** In one line, as it was asked for. */
  readonly name: string
  readonly unit: string
  readonly rank: number
  readonly figures: readonly Figure[]
}

export interface Figure {
  readonly text: string
  /** `[1.5 1.55]`; empty where there is none. */
  readonly interval: string
  readonly isBest: boolean
}

export interface Grid {
  /** Titles of the columns that say what a row is: `variant`, then the axes. */
  readonly heads: readonly string[]
  readonly names: readonly (readonly string[])[]
  readonly columns: readonly GridColumn[]
  readonly hasMarks: boolean
  readonly hasSaturated: boolean
  /** Names that were asked for and have no value in any row. */
  readonly missing: readonly string[]
}

interface Row {
  readonly summary: Summary
  /** Null for all zones together. */
  readonly zone: string | null
  /** Whether it goes on with the variant of the row above. */
  readonly continues: boolean
}

const LONGEST_LABEL = 60
const LONGEST_WIDE_LABEL = 120
const LONGEST_ZONE = 32
const ABSENT: Figure = { text: '-', interval: '', isBest: false }

export function gridOf(results: Results, view: View = USUAL_VIEW): Grid {
  const axes = axesOf(results.summaries)
  const longest = view.wide ? LONGEST_WIDE_LABEL : LONGEST_LABEL
  const rows = rowsOf(results, view)
  const measured = { ...results, summaries: rows.map(({ summary }) => summary) }
  const shown = view.measures === null ? columnsOf(measured) : columnsNamed(measured, view.measures)
  const columns = shown.map((column) => ({
    ...columnOf(column, rows),
    name: view.measures === null ? titleText(column.title) : plain(column.measure),
  }))
  const nameOf = ({ summary, zone, continues }: Row): readonly string[] => {
    const names = [labelOf(summary, longest), ...axes.map((axis) => axisText(summary, axis))]
    const told = continues ? names.map(() => '') : names
    return view.by === 'zone' ? [...told, zone === null ? '-' : plain(zone, LONGEST_ZONE)] : told
  }
  return {
    heads: ['variant', ...axes.map((axis) => axis.title), ...(view.by === 'zone' ? ['zone'] : [])],
    names: rows.map(nameOf),
    columns,
    hasMarks: columns.some(({ figures }) => figures.some(({ isBest }) => isBest)),
    hasSaturated: rows.some(({ summary }) => isSaturated(summary)),
    missing: (view.measures ?? [])
      .filter((name) => measuresMeant(measured, name).length === 0)
      .map((name) => plain(name)),
  }
}

function rowsOf(results: Results, { by }: View): readonly Row[] {
  const summaries = pointsOf(results.summaries).flatMap((point) => point.summaries)
  if (by === null) return summaries.map((summary) => ({ summary, zone: null, continues: false }))
  return summaries.flatMap((summary): readonly Row[] => {
    const zones = zonesOf(summary)
    if (zones.length === 0) return [{ summary: { ...summary, measures: {} }, zone: null, continues: false }]
    return zones.map((zone, i) => ({ summary: inZone(summary, zone), zone, continues: i > 0 }))
  })
}

function labelOf(summary: Summary, longest: number): string {
  const label = plain(summary.label, longest)
  if (summary.seeds.length === 0) return `${label} (failed)`
  return isSaturated(summary) ? `${label} †` : label
}

function columnOf(column: Column, rows: readonly Row[]): Omit<GridColumn, 'name'> {
  const { measure, kind, title, rank } = column
  const values = rows.map(({ summary }) => summary.measures[measure])
  const scale = scaleOf(
    kind,
    values.flatMap((value) => value?.value ?? []),
  )
  const best = bestOf(column, rows)
  const figures = rows.map(({ summary }, i) => {
    const value = values[i]
    if (value === undefined) return ABSENT
    const interval = intervalFigure(kind, value, scale)
    return { text: tableFigure(kind, value, scale), interval, isBest: best.has(summary) }
  })
  return { title, unit: scale.unit, rank, figures }
}

function bestOf({ measure, better }: Column, rows: readonly Row[]): ReadonlySet<Summary> {
  const zones = [...new Set(rows.map(({ zone }) => zone))]
  const best = zones.flatMap((zone) => {
    const theirs = rows.filter((row) => row.zone === zone).map(({ summary }) => summary)
    return bestAtPoints(measure, better, theirs)
  })
  return new Set(best)
}
