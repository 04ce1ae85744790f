/**
 * P(fresh) against the time since the latest acknowledged write of the key, the t-visibility of Bailis et al. 2012 as clients saw it. The share stands on an
 * axis of nines, where 99% and 99.9% are as far apart as 0% and 90%, and whatever has no end of nines is at the top, "all". A fit holds its value until
 * its next point, so lines and intervals go in steps, and points that change neither are left out. Results of before intervals were kept are drawn
 * without them.
 */
import type { StoredCurve, StoredPoint } from '../../results/cell-result.js'
import type { Results } from '../../results/results.js'
import type { Summary } from '../../results/summary.js'
import type { Chart, ChartData, Drawing, TableCell } from './chart.js'
import { styleOf } from './colours.js'
import type { ChartOption } from './echarts.js'
import { BASE, exact, gridOf, legendName, legendOf, lineOf, type TooltipLine, tooltipOf } from './frame.js'
import { log10, logTicks, nines, ninesTicks, type Scale, scaleAxis } from './scales.js'
import { type Series, summariesInOrder } from './series.js'

/** Columns of equal length, and what was read off the curve. */
export interface FreshPart {
  /** Milliseconds since the acknowledgement. */
  readonly t: readonly number[]
  readonly fresh: readonly number[]
  /** Of the interval over seeds. */
  readonly low?: readonly number[]
  readonly high?: readonly number[]
  /** The share of all reads that came at t or sooner. */
  readonly reads: readonly (number | null)[]
  /** From which t on so many are fresh: the measures. */
  readonly reached: readonly (readonly [share: number, t: number])[]
}

export type FreshData = ChartData<FreshPart>

interface Axes {
  readonly x: Scale
  readonly y: Scale
}

const PLOT_PIXELS = 340
const BOTTOM = 52
const MARKS: readonly (readonly [measure: string, share: number])[] = [
  ['visibility.p50', 0.5],
  ['visibility.p99', 0.99],
  ['visibility.p99.9', 0.999],
]
/** The axis begins where this share of some series' reads has come; what came sooner is told by too few. */
const FIRST_READS = 0.001
const FEWEST_NINES = 3
/** Milliseconds within which the axis begins. */
const SOONEST = 0.001
const LATEST_BEGIN = 1
/** From this width on tooltips tell the intervals; tables always do. */
const ROOM_FOR_BOUNDS = 600

export const visibility: Chart<FreshData> = {
  name: 'visibility',
  title: 'Fresh reads against time since the write',
  explanation:
    'Of the reads that came so long after the latest acknowledged write of their key, the share that returned it or something newer. The further left a line reaches a height, the sooner writes are seen; each line of the grid is one nine more, and at the top all reads were fresh. Marks are where 50%, 99% and 99.9% are reached for good, bands the intervals over seeds. Reads during faults are left out, and where a line begins few reads came so soon.',
  most: 10,
  data(results: Results) {
    const series = summariesInOrder(results).map(partOf)
    return series.every((part) => part === null) ? null : { series }
  },
  height: ({ series, width }) => legendOf(series, width).top + PLOT_PIXELS + BOTTOM,
  option: optionOf,
  table({ data, series }) {
    return {
      heads: ['variant', 'point', 'ms since the write', 'share of fresh reads', 'from', 'to', 'share of reads by then'],
      rows: series.flatMap((one) => rowsOf(one.name, data.series[one.index] as FreshPart)),
    }
  },
}

function partOf({ curves, measures }: Summary): FreshPart | null {
  const curve = curves['visibility'] ?? []
  if (curve.length === 0) return null
  const kept = curve.filter((point, i) => i === curve.length - 1 || isNews(point, curve[i - 1]))
  const readsBy = new Map((curves['visibility.reads'] ?? []).map(({ x, value }) => [x, value]))
  const hasBounds = kept.every(({ low, high }) => low !== undefined && high !== undefined)
  return {
    t: kept.map(({ x }) => x),
    fresh: kept.map(({ value }) => value),
    ...(hasBounds ? boundsOf(kept) : {}),
    reads: kept.map(({ x }) => readsBy.get(x) ?? null),
    reached: MARKS.flatMap(([measure, share]) => {
      const time = measures[measure]?.value
      return time === undefined ? [] : [[share, time] as const]
    }),
  }
}

const isNews = (point: StoredPoint, before: StoredPoint | undefined): boolean =>
  point.value !== before?.value || point.low !== before.low || point.high !== before.high

const boundsOf = (points: StoredCurve): { readonly low: number[]; readonly high: number[] } => ({
  low: points.map(({ low }) => low as number),
  high: points.map(({ high }) => high as number),
})

function optionOf({ data, series, width }: Drawing<FreshData>): ChartOption {
  const { legend, top } = legendOf(series, width)
  const parts = series.map(({ index }) => data.series[index] as FreshPart)
  const axes = { x: timeScale(parts), y: shareScale(parts) }
  return {
    ...BASE,
    legend,
    tooltip: tooltipOf('axis', width, (pointed) =>
      tooltipLines((pointed.data as readonly number[])[2] as number, { data, series, width }),
    ),
    grid: gridOf({ left: 60, right: 24, top, height: PLOT_PIXELS }),
    xAxis: scaleAxis(axes.x, { name: 'ms since the write was acknowledged', nameGap: 30 }),
    yAxis: scaleAxis(axes.y, { name: 'fresh reads', nameGap: 46 }),
    series: [
      ...series.map((one) => stepsOf(one, data.series[one.index] as FreshPart, axes)),
      ...series.map((one) => marksOf(one, data.series[one.index] as FreshPart, axes)),
      ...series.flatMap((one) =>
        bandOf(one, data.series[one.index] as FreshPart, axes, Math.min(0.16, 0.5 / series.length)),
      ),
    ],
  }
}

function timeScale(parts: readonly FreshPart[]): Scale {
  const begins = parts.flatMap(({ t, reads }) =>
    t.filter((time, i) => time > 0 && (reads[i] ?? 1) >= FIRST_READS).slice(0, 1),
  )
  const low = Math.max(SOONEST, Math.min(...begins, LATEST_BEGIN))
  const end = Math.max(...parts.map(({ t }) => t.at(-1) as number))
  const settled = Math.max(...parts.map(({ t, fresh }) => t[fresh.indexOf(fresh.at(-1) as number)] as number))
  const high = Math.max(Math.min(end, 10 * settled), 10 * low)
  const [min, max] = [Math.floor(log10(low)), log10(high)]
  const ticks = logTicks(min, max, (value) => String(value))
  return { min, max, ticks, at: (t) => (t > 0 ? Math.max(min, log10(t)) : min) }
}

function shareScale(parts: readonly FreshPart[]): Scale {
  const finite = parts.flatMap(({ fresh }) => fresh.filter((share) => share < 1).map(nines))
  const whole = Math.max(FEWEST_NINES, Math.ceil(Math.max(0, ...finite)))
  const all = whole + 0.7
  const ticks = [...ninesTicks(whole), { at: all, label: 'all' }]
  return { min: 0, max: all, ticks, at: (share) => Math.min(all, nines(share)) }
}

function stepsOf(one: Series, { t, fresh }: FreshPart, { x, y }: Axes): object {
  const points = t.map((time, i) => [x.at(time), y.at(fresh[i] as number), time])
  // To the end of the axis: what was reached last holds.
  const end = [x.max, y.at(fresh.at(-1) as number), t.at(-1)]
  return { ...lineOf(one), step: 'end', showSymbol: false, clip: false, z: 3, data: [...points, end] }
}

/** Where the line crosses a height; none where it begins above. */
function marksOf(one: Series, { t, reached }: FreshPart, { x, y }: Axes): object {
  const { colour, marker } = styleOf(one)
  return {
    type: 'scatter',
    name: legendName(one),
    symbol: marker,
    symbolSize: 9,
    itemStyle: { color: colour },
    silent: true,
    clip: false,
    z: 4,
    tooltip: { show: false },
    data: reached.flatMap(([share, time]) => (time > (t[0] as number) ? [[x.at(time), y.at(share), time]] : [])),
  }
}

/** Between the bounds, in steps as the line; drawn as one item. */
function bandOf(one: Series, { t, low, high }: FreshPart, { x, y }: Axes, opacity: number): object[] {
  if (low === undefined || high === undefined) return []
  const edge = (shares: readonly number[]): number[][] =>
    shares.flatMap((share, i) => [
      [x.at(t[i] as number), y.at(share)],
      [i + 1 < t.length ? x.at(t[i + 1] as number) : x.max, y.at(share)],
    ])
  const outline = [...edge(low), ...edge(high).reverse()]
  return [
    {
      type: 'custom',
      name: legendName(one),
      itemStyle: { color: styleOf(one).colour },
      silent: true,
      z: 1,
      tooltip: { show: false },
      data: [[...(outline[0] as number[]), t[0]]],
      renderItem: (_: unknown, { coord }: { coord(place: readonly number[]): number[] }) => ({
        type: 'polygon',
        shape: { points: outline.map((place) => coord(place)) },
        style: { fill: styleOf(one).colour, opacity },
      }),
    },
  ]
}

function tooltipLines(time: number, { data, series, width }: Drawing<FreshData>): TooltipLine[] {
  return [
    `${exact(time, 'ms')} after the write`,
    ...series.flatMap(({ index, name }): TooltipLine[] => {
      const part = data.series[index] as FreshPart
      const place = part.t.findLastIndex((other) => other <= time)
      return place < 0 ? [] : [[shareText(part, place, width >= ROOM_FOR_BOUNDS), name]]
    }),
  ]
}

function shareText({ fresh, low, high }: FreshPart, place: number, hasRoom: boolean): string {
  const share = exact(fresh[place] as number, '%')
  if (!hasRoom || low === undefined || high === undefined) return share
  return `${share} (${exact(low[place] as number, '%')} to ${exact(high[place] as number, '%')})`
}

function rowsOf(name: string, { t, fresh, low, high, reads, reached }: FreshPart): TableCell[][] {
  return [
    ...reached.map(([share, time]) => [name, `${exact(share, '%')} reached`, time, share, null, null, null]),
    ...t.map((time, i) => [
      name,
      'of the curve',
      time,
      fresh[i] as number,
      low?.[i] ?? null,
      high?.[i] ?? null,
      reads[i] ?? null,
    ]),
  ]
}
