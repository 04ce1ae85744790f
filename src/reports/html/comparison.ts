/**
 * The comparison as a table of the page: a row for each series, with a sample of its line, and in each cell the value, its interval over seeds and
 * whether it is among the best. Cells carry their value in full for the script, which sorts by it. Hundreds of rows are usual, so markup is lean.
 */
import type { Results } from '../../results/results.js'
import type { Summary, SummaryValue } from '../../results/summary.js'
import { summariesInOrder } from '../charts/series.js'
import { type Column, columnsOf, type Kind, titleText } from '../columns.js'
import { bestAtPoints, hasInterval, isSaturated } from '../contest.js'
import { digits, percent, type Scale, scaleOf, tableFigure } from '../figures.js'
import { type Axis, axesOf, axisText } from '../points.js'
import { plain } from '../text.js'
import { html, type Markup } from './markup.js'
import { swatch } from './swatch.js'
import { scrolling } from './tables.js'

const LONGEST_LABEL = 60
const LONGEST_UNBROKEN = 22

interface TableColumn extends Column {
  readonly scale: Scale
  readonly best: ReadonlySet<Summary>
}

/** Null where there is nothing to compare. */
export function comparisonTable(results: Results): Markup | null {
  const rows = summariesInOrder(results)
  const columns = columnsOf(results).map((column) => tableColumn(column, rows))
  if (columns.length === 0) return null
  const axes = axesOf(rows)
  const table = html`<table id="comparison"><caption class="unseen">Every variant with what was measured</caption>
<thead><tr><th scope="col">variant</th>${axes.map(({ title }) => html`<th scope="col">${title}</th>`)}${columns.map(
    (column) => headOf(column, results),
  )}</tr></thead>
<tbody>${rows.map((row, index) => rowOf(row, index, axes, columns))}</tbody></table>`
  return html`${scrolling('Comparison', table)}
${legendOf(rows, columns)}`
}

function tableColumn(column: Column, rows: readonly Summary[]): TableColumn {
  const { measure, kind, better } = column
  const values = rows.flatMap((row) => row.measures[measure]?.value ?? [])
  const best = new Set(bestAtPoints(measure, better, rows))
  return { ...column, scale: scaleOf(kind, values), best }
}

function headOf({ measure, title, scale, better }: TableColumn, { measures }: Results): Markup {
  const summary = plain(measures.find(({ name }) => name === measure)?.summary ?? '', 200)
  const orientation = better === 'neither' ? '' : `, ${better} is better`
  const name = titleText(title)
  return html`<th scope="col" data-better="${better}" title="${measure}: ${summary}${orientation}">${name}${
    scale.unit === '' ? null : html`<br><small>${scale.unit}</small>`
  }</th>`
}

function rowOf(row: Summary, index: number, axes: readonly Axis[], columns: readonly TableColumn[]): Markup {
  const label = plain(row.label, LONGEST_LABEL)
  const state = row.seeds.length === 0 ? ' (failed)' : isSaturated(row) ? ' †' : ''
  return html`
<tr data-series="${index}"><th scope="row"${label.length > LONGEST_UNBROKEN ? null : html` class="short"`}>${swatch({ index })}<bdi>${label}</bdi>${state}</th>${axes.map(
    (axis) => html`<td class="axis"><bdi>${axisText(row, axis)}</bdi></td>`,
  )}${columns.map((column) => cellOf(column, row))}</tr>`
}

function cellOf({ measure, kind, scale, best }: TableColumn, row: Summary): Markup {
  const value = row.measures[measure]
  if (value === undefined) return html`<td>-</td>`
  const text = tableFigure(kind, value, scale)
  const interval = intervalText(kind, value, scale)
  return html`<td data-value="${value.value}">${best.has(row) ? html`<b>${text}*<i> best</i></b>` : text}${
    interval === '' ? null : html`<small>[${interval}]</small>`
  }</td>`
}

/** Empty where there is none, where it prints as the value does, and for none of n, which is written with its own room. */
function intervalText(kind: Kind, value: SummaryValue, scale: Scale): string {
  if (!hasInterval(value) || (kind === 'share' && value.value === 0)) return ''
  const print = (bound: number): string => (kind === 'share' ? percent(bound) : digits(bound * scale.factor))
  const [low, high] = [print(value.low as number), print(value.high as number)]
  return low === high && low === print(value.value) ? '' : `${low}, ${high}`
}

function legendOf(rows: readonly Summary[], columns: readonly TableColumn[]): Markup {
  const values = columns.flatMap(({ measure }) => rows.flatMap((row) => row.measures[measure] ?? []))
  const withInterval = values.filter(hasInterval)
  const what = withInterval.some(({ coverage }) => coverage !== null) ? 'interval' : 'range'
  const sentences = [
    ...(columns.some(({ best }) => best.size > 0)
      ? ['* best, or not clearly behind the best at its point: intervals over seeds overlap.']
      : []),
    ...(rows.some(isSaturated) ? ['† saturated: did not keep up with what was asked.'] : []),
    ...(withInterval.length > 0
      ? [`In brackets: the ${what} over seeds, left out where all seeds print alike or had too few samples.`]
      : []),
  ]
  return html`<p class="legend">${sentences.join(' ')}</p>`
}
