/**
 * Latency by percentile on the axis of HdrHistogram's plots (Tene 2012): to the right by the number of nines, that is by log 1/(1 - p), so that the tail gets
 * as much room as the body. One chart for each kind of operation. The curves are those of summaries over seeds; results of before they were kept have none.
 * From the first percentile at which a client gave up a line is dotted: the true value is there or above.
 */
import type { StoredCurve } from '../../results/cell-result.js'
import type { Results } from '../../results/results.js'
import type { Chart, ChartData, Drawing, TableCell } from './chart.js'
import type { ChartOption } from './echarts.js'
import { BASE, exact, gridOf, legendOf, lineOf, type TooltipLine, tooltipOf } from './frame.js'
import { amountScale, nines, ninesTicks, type Scale, scaleAxis } from './scales.js'
import { type Series, summariesInOrder } from './series.js'

export interface PercentilePart {
  /** By place in `below`; null where the samples do not reach. */
  readonly ms: readonly (number | null)[]
  /** The first place at which clients gave up. */
  readonly atLeastFrom?: number
}

export interface PercentileData extends ChartData<PercentilePart> {
  /** Shares of operations, ascending. */
  readonly below: readonly number[]
}

type PercentileDrawing = Drawing<PercentileData>

const PLOT_PIXELS = 320
const BOTTOM = 52
/** Upwards, unlike every marker. */
const ARROW = 'path://M5 0L10 6H7V14H3V6H0Z'
/** Where lines carry their markers. */
const MARKED: readonly number[] = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999]

export const readPercentiles = percentileChart('read', 'reads')
export const writePercentiles = percentileChart('write', 'writes')
export const rmwPercentiles = percentileChart('rmw', 'read-modify-writes')
export const scanPercentiles = percentileChart('scan', 'scans')

function percentileChart(quantity: string, operations: string): Chart<PercentileData> {
  return {
    name: `${quantity}-percentiles`,
    title: `Latency of ${operations} by percentile`,
    explanation: `At each percentile, the time within which that share of ${operations} was answered, from the moment the client meant to send. Every step of one nine to the right looks at operations ten times as rare; lower is better, and what matters for a service that needs several answers at once is the right half. An arrow is where clients began to give up: from there on the line is dotted, and the true time is there or above. Lines end where fewer than ten samples lie beyond.`,
    most: 10,
    data: (results) => dataOf(results, `${quantity}.percentiles`),
    height: ({ series, width }) => legendOf(series, width).top + PLOT_PIXELS + BOTTOM,
    option: (drawing) => optionOf(drawing, operations),
    table: (drawing) => tableOf(drawing, operations),
  }
}

function dataOf(results: Results, name: string): PercentileData | null {
  const curves = summariesInOrder(results).map((summary) => summary.curves[name] ?? [])
  const below = [...new Set(curves.flatMap((curve) => curve.map(({ x }) => x)))].sort((left, right) => left - right)
  if (below.length === 0) return null
  return { below, series: curves.map((curve) => partOf(curve, below)) }
}

function partOf(curve: StoredCurve, below: readonly number[]): PercentilePart | null {
  if (curve.length === 0) return null
  const points = new Map(curve.map((point) => [point.x, point]))
  const reached = below.slice(0, below.indexOf((curve.at(-1) as StoredCurve[number]).x) + 1)
  const ms = reached.map((x) => points.get(x)?.value ?? null)
  const first = reached.findIndex((x) => points.get(x)?.atLeast === true)
  return first < 0 ? { ms } : { ms, atLeastFrom: first }
}

function optionOf({ data, series, width }: PercentileDrawing, operations: string): ChartOption {
  const { legend, top } = legendOf(series, width)
  const parts = series.map(({ index }) => data.series[index] as PercentilePart)
  const scale = amountScale(parts.flatMap(({ ms }) => ms.filter((value) => value !== null)))
  const last = Math.max(...parts.map(({ ms }) => nines(data.below[ms.length - 1] as number)), 1)
  return {
    ...BASE,
    legend,
    tooltip: tooltipOf('axis', width, (pointed) => tooltipLines(pointed.data, data, series, operations)),
    grid: gridOf({ left: 60, right: 24, top, height: PLOT_PIXELS }),
    xAxis: scaleAxis(
      { min: 0, max: last, ticks: ninesTicks(Math.floor(last)), at: nines },
      { name: `percentile of ${operations}`, nameGap: 30 },
    ),
    yAxis: scaleAxis(scale, { name: 'ms', nameGap: 44 }),
    series: series.flatMap((one) => linesOf(one, data, scale)),
  }
}

function linesOf(one: Series, { below, series }: PercentileData, scale: Scale): object[] {
  const { ms, atLeastFrom = ms.length } = series[one.index] as PercentilePart
  const line = lineOf(one) as { lineStyle: object }
  const points = ms.flatMap((value, place) => {
    if (value === null) return []
    const share = below[place] as number
    const isMarked = MARKED.includes(share) && place !== atLeastFrom
    return [{ value: [nines(share), scale.at(value), place], symbol: isMarked ? undefined : 'none' }]
  })
  const known = points.filter(({ value }) => (value[2] as number) <= atLeastFrom)
  const open = points.filter(({ value }) => (value[2] as number) >= atLeastFrom)
  const solid = { ...line, symbolSize: 8, data: known }
  if (open.length === 0) return [solid]
  const [first, ...rest] = open.map(({ value }) => ({ value, symbol: 'none' }))
  const dotted = {
    ...line,
    lineStyle: { ...line.lineStyle, type: [1, 4], width: 1.5 },
    data: [{ ...first, symbol: ARROW, symbolSize: [11, 16] }, ...rest],
  }
  return [solid, dotted]
}

function tooltipLines(
  pointed: unknown,
  { below, series: parts }: PercentileData,
  series: readonly Series[],
  operations: string,
): TooltipLine[] {
  const place = (pointed as { value: readonly number[] } | undefined)?.value[2] ?? 0
  return [
    `${exact(below[place] as number, '%')} of ${operations} took at most`,
    ...series.flatMap(({ index, name }): TooltipLine[] => {
      const { ms, atLeastFrom = ms.length } = parts[index] as PercentilePart
      const value = ms[place] ?? null
      return value === null ? [] : [[`${place >= atLeastFrom ? '≥ ' : ''}${exact(value, 'ms')}`, name]]
    }),
  ]
}

/** A row for each percentile, a column for each series. */
function tableOf({ data, series }: PercentileDrawing, operations: string) {
  const parts = series.map(({ index }) => data.series[index] as PercentilePart)
  const longest = Math.max(...parts.map(({ ms }) => ms.length))
  const cell = ({ ms, atLeastFrom = ms.length }: PercentilePart, place: number): TableCell => {
    const value = ms[place] ?? null
    return value !== null && place >= atLeastFrom ? `≥ ${value}` : value
  }
  return {
    heads: [`share of ${operations}`, ...series.map(({ name }) => `${name}, ms`)],
    rows: data.below.slice(0, longest).map((share, place) => [share, ...parts.map((part) => cell(part, place))]),
  }
}
