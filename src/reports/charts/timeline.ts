/**
 * The measured phase second by second, all quantities over one time axis, with what struck behind them. Counts are of all seeds together and become
 * rates here: divided by the seeds, though a seed whose phase ended early has nothing to say of the last seconds. Long phases are told in steps of
 * several seconds: counts add up, and of latencies the worst second of each step stands, since percentiles of seconds cannot be averaged.
 */
import type { StruckWindow } from '../../results/fault-toll.js'
import type { Summary } from '../../results/summary.js'
import { tidy } from '../../results/tidy.js'
import { digits, percent } from '../figures.js'
import { listed, plain } from '../text.js'
import type { Chart, ChartData, Drawing, TableCell } from './chart.js'
import { SOFT_INK } from './colours.js'
import type { ChartOption } from './echarts.js'
import {
  axisOf,
  BASE,
  exact,
  legendName,
  legendOf,
  lineOf,
  type Pointed,
  type TooltipLine,
  tooltipOf,
} from './frame.js'
import { type Series, summariesInOrder } from './series.js'
import { drawn, text } from './shapes.js'
import { type StrikeBand, strikeShapes } from './strikes.js'

/** Columns have an entry for each step. */
interface TimelinePart {
  readonly seeds: number
  readonly seconds: number
  readonly ok: readonly number[]
  readonly notOk: readonly number[]
  readonly readP99: readonly (number | null)[]
  readonly writeP99: readonly (number | null)[]
  readonly eligibleReads: readonly number[]
  readonly staleReads: readonly number[]
  /** Which list of strikes is this one's. */
  readonly strikes: number
}

interface TimelineData extends ChartData<TimelinePart> {
  /** Seconds. */
  readonly step: number
  /** Series of one point usually share a list. */
  readonly strikes: readonly (readonly StrikeBand[])[]
}

type TimelineDrawing = Drawing<TimelineData>

interface Quantity {
  readonly title: string
  readonly unit: 'per s' | 'ms' | '%'
  at(part: TimelinePart, index: number, step: number): number | null
}

const QUANTITIES: readonly Quantity[] = [
  { title: 'done per second', unit: 'per s', at: rateAt },
  { title: 'read p99', unit: 'ms', at: ({ readP99 }, i) => readP99[i] ?? null },
  { title: 'write p99', unit: 'ms', at: ({ writeP99 }, i) => writeP99[i] ?? null },
  { title: 'stale reads', unit: '%', at: ({ staleReads, eligibleReads }, i) => ratio(staleReads[i], eligibleReads[i]) },
  { title: 'failed or unknown', unit: '%', at: ({ ok, notOk }, i) => ratio(notOk[i], (ok[i] ?? 0) + (notOk[i] ?? 0)) },
]

const MOST_STEPS = 240
const STEPS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600]
const LONGEST_STRIKE = 40

export const timeline: Chart<TimelineData> = {
  name: 'timeline',
  title: 'Second by second',
  explanation:
    'Each line is a variant, each panel one quantity over the measured phase; everything counts when it was asked for. ' +
    'Rates are per second of one seed, and the last second may be cut short; shares are over all seeds. ' +
    'A p99 is that of the median seed, and of the worst second where a step is several; a gap is a second with too few operations for one. ' +
    'Shaded are the times at which a fault was on, the deeper the more seeds it struck.',
  most: 10,
  data(results) {
    const summaries = summariesInOrder(results)
    const step = stepFor(Math.max(0, ...summaries.map((summary) => columnOf(summary.timeline, 'second').length)))
    const lists = new Map<string, { readonly index: number; readonly bands: readonly StrikeBand[] }>()
    const series = summaries.map((summary) => {
      if (columnOf(summary.timeline, 'second').length === 0 || summary.seeds.length === 0) return null
      const bands = bandsOf(summary)
      const key = JSON.stringify(bands)
      const { index } = lists.get(key) ?? { index: lists.size }
      lists.set(key, { index, bands })
      return partOf(summary, step, index)
    })
    if (series.every((part) => part === null)) return null
    return { series, step, strikes: [...lists.values()].map(({ bands }) => bands) }
  },
  height: (drawing) => layoutOf(drawing).height,
  option: (drawing) => optionOf(drawing),
  table(drawing) {
    const quantities = knownQuantities(drawing)
    return {
      heads: ['variant', 'from s', 'to s', ...quantities.map(titleOf), 'struck by'],
      rows: drawing.series.flatMap((one) => rowsOf(one, drawing, quantities)),
    }
  },
}

export function stepFor(seconds: number): number {
  return STEPS.find((step) => seconds <= step * MOST_STEPS) ?? Math.ceil(seconds / MOST_STEPS)
}

function bandsOf({ faults = [], seeds }: Summary): readonly StrikeBand[] {
  return faults.map(({ label, from, to, seeds: struck }: StruckWindow) => ({
    label: plain(label, LONGEST_STRIKE),
    from,
    to,
    share: tidy(Math.min(1, struck / seeds.length)),
  }))
}

function partOf({ timeline: of, seeds }: Summary, step: number, strikes: number): TimelinePart {
  const counts = (name: Column) => columnOf(of, name).map((count) => count ?? 0)
  const inAll = (column: readonly number[]) =>
    inSteps(column, step, (values) => values.reduce((all, one) => all + one, 0))
  const unknown = counts('unknown')
  return {
    seeds: seeds.length,
    seconds: columnOf(of, 'second').length,
    ok: inAll(counts('ok')),
    notOk: inAll(counts('failed').map((failed, i) => failed + (unknown[i] ?? 0))),
    readP99: inSteps(columnOf(of, 'readP99'), step, largest),
    writeP99: inSteps(columnOf(of, 'writeP99'), step, largest),
    eligibleReads: inAll(counts('eligibleReads')),
    staleReads: inAll(counts('staleReads')),
    strikes,
  }
}

type Column = keyof Summary['timeline']

/** Results that come from outside may lack any. */
function columnOf(timeline: Partial<Summary['timeline']>, name: Column): readonly (number | null)[] {
  return timeline[name] ?? []
}

function inSteps<From, To>(column: readonly From[], step: number, merge: (values: readonly From[]) => To): To[] {
  return Array.from({ length: Math.ceil(column.length / step) }, (_, i) =>
    merge(column.slice(i * step, (i + 1) * step)),
  )
}

function largest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.max(...known)
}

function rateAt({ ok, seeds, seconds }: TimelinePart, index: number, step: number): number | null {
  const length = Math.min(step, seconds - index * step)
  return length > 0 ? tidy((ok[index] ?? 0) / seeds / length) : null
}

function ratio(part: number | undefined, whole: number | undefined): number | null {
  return part === undefined || !whole ? null : tidy(part / whole)
}

/** Of a step, in seconds. */
const boundsOf = (index: number, step: number, seconds: number): { readonly from: number; readonly to: number } => ({
  from: index * step,
  to: Math.min(seconds, (index + 1) * step),
})

const titleOf = ({ title, unit }: Quantity): string => (unit === 'ms' ? `${title}, ms` : title)

const partFor = ({ data }: TimelineDrawing, { index }: Series): TimelinePart => data.series[index] as TimelinePart

function knownQuantities(drawing: TimelineDrawing): readonly Quantity[] {
  return QUANTITIES.filter((quantity) =>
    drawing.series.some((one) => valuesOf(one, drawing, quantity).some((value) => value !== null)),
  )
}

function valuesOf(series: Series, drawing: TimelineDrawing, quantity: Quantity): readonly (number | null)[] {
  const part = partFor(drawing, series)
  return part.ok.map((_, i) => quantity.at(part, i, drawing.data.step))
}

function rowsOf(series: Series, drawing: TimelineDrawing, quantities: readonly Quantity[]): readonly TableCell[][] {
  const { step, strikes } = drawing.data
  const part = partFor(drawing, series)
  return part.ok.map((_, i) => {
    const { from, to } = boundsOf(i, step, part.seconds)
    const bands = (strikes[part.strikes] ?? []).filter((band) => band.from < to && band.to > from)
    const struck = listed([...new Set(bands.map(({ label }) => label))])
    return [series.name, from, to, ...quantities.map((quantity) => quantity.at(part, i, step)), struck]
  })
}

const PANEL = 96
const TITLE = 26
const AXIS = 46
const LEFT = 62
const RIGHT = 14

interface Layout {
  readonly quantities: readonly Quantity[]
  readonly seconds: number
  readonly legend: object
  readonly strikes: ReturnType<typeof strikeShapes>
  /** Of each panel. */
  readonly tops: readonly number[]
  readonly height: number
}

function layoutOf(drawing: TimelineDrawing): Layout {
  const { data, series, width } = drawing
  const quantities = knownQuantities(drawing)
  const parts = series.map((one) => partFor(drawing, one))
  const seconds = Math.max(1, ...parts.map((part) => part.seconds))
  const lists = [...new Set(parts.map((part) => part.strikes))].map((index) => data.strikes[index] ?? [])
  const { legend, top: below } = legendOf(series, width)
  const height = quantities.length * (TITLE + PANEL)
  const place = { left: LEFT, right: width - RIGHT, top: below, height, seconds }
  const strikes = strikeShapes(lists, place)
  const first = below + strikes.labelHeight
  const tops = quantities.map((_, i) => first + i * (TITLE + PANEL) + TITLE)
  return { quantities, seconds, legend, strikes, tops, height: first + height + AXIS }
}

function optionOf(drawing: TimelineDrawing): ChartOption {
  const layout = layoutOf(drawing)
  const { quantities, seconds, legend, strikes, tops } = layout
  const titles = quantities.map((quantity, i) =>
    text(titleOf(quantity), LEFT, (tops[i] as number) - 11, { weight: 'bold' }),
  )
  return {
    ...BASE,
    legend,
    tooltip: tooltipOf('axis', drawing.width, (_, all) => tipLines(all, drawing, quantities)),
    grid: tops.map((top) => ({ left: LEFT, right: RIGHT, top, height: PANEL, outerBoundsMode: 'none' })),
    xAxis: quantities.map((_, gridIndex) => timeAxis(gridIndex, seconds, gridIndex === quantities.length - 1)),
    yAxis: quantities.map((quantity, gridIndex) => valueAxis(quantity, gridIndex, drawing)),
    series: [
      { ...drawn([{ type: 'group', children: strikes.bands }]), silent: true, z: 0 },
      { ...drawn([{ type: 'group', children: [...strikes.labels, ...titles] }]), silent: true, z: 3 },
      ...quantities.flatMap((quantity, i) => drawing.series.map((one) => lineIn(i, one, drawing, quantity))),
    ],
  }
}

function timeAxis(gridIndex: number, seconds: number, isLast: boolean): object {
  return axisOf({
    type: 'value',
    gridIndex,
    min: 0,
    max: seconds,
    splitLine: { show: false },
    axisLabel: { color: SOFT_INK, show: isLast, hideOverlap: true },
    ...(isLast ? { name: 'seconds of the measured phase', nameGap: 28 } : {}),
  })
}

function valueAxis(quantity: Quantity, gridIndex: number, drawing: TimelineDrawing): object {
  const values = drawing.series.flatMap((one) => valuesOf(one, drawing, quantity)).filter((value) => value !== null)
  // A logarithm has no place for a latency of nothing.
  const type = quantity.unit === 'ms' && values.every((value) => value > 0) ? 'log' : 'value'
  const isFlat = values.every((value) => value === 0)
  return axisOf({
    type,
    gridIndex,
    splitNumber: 3,
    ...(type === 'value' ? { min: 0 } : {}),
    ...(isFlat ? { max: 0.01 } : {}),
    axisLabel: { color: SOFT_INK, hideOverlap: true, formatter: (value: number) => tickText(value, quantity) },
  })
}

/** Steps between two markers of one line; lines have theirs at different steps, so that both can be seen where lines meet. */
const MARKER_EVERY = 12

function lineIn(panel: number, series: Series, drawing: TimelineDrawing, quantity: Quantity): object {
  const { step } = drawing.data
  const { seconds } = partFor(drawing, series)
  const values = valuesOf(series, drawing, quantity)
  const isAlone = (i: number): boolean => (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null
  return {
    ...lineOf(series),
    xAxisIndex: panel,
    yAxisIndex: panel,
    data: values.map((value, i) => {
      const { from, to } = boundsOf(i, step, seconds)
      const middle = (from + to) / 2
      const hasMarker = isAlone(i) || (i + 5 * series.index) % MARKER_EVERY === 0
      return hasMarker ? [middle, value] : { value: [middle, value], symbol: 'none' }
    }),
  }
}

function tickText(value: number, { unit }: Quantity): string {
  return unit === '%' ? `${percent(value)}%` : digits(value)
}

/** What the panel under the pointer says of each line that is shown. */
function tipLines(
  all: readonly Pointed[],
  drawing: TimelineDrawing,
  quantities: readonly Quantity[],
): readonly TooltipLine[] {
  const { step } = drawing.data
  const { dataIndex: index, axisIndex = 0 } = all[0] as Pointed
  const quantity = quantities[axisIndex] as Quantity
  const shown = new Set(all.map(({ seriesName }) => seriesName))
  const lines = drawing.series.flatMap((one) => {
    const part = partFor(drawing, one)
    const value = quantity.at(part, index, step)
    if (!shown.has(legendName(one)) || index >= part.ok.length) return []
    return [[value === null ? 'unknown' : exact(value, quantity.unit), one.name] as const]
  })
  const longest = Math.max(...drawing.series.map((one) => partFor(drawing, one).seconds))
  const { from, to } = boundsOf(index, step, longest)
  return [`${quantity.title}, ${from} s to ${to} s`, ...lines]
}
