/**
 * What a rate costs, where the offered rate is an axis: what of it is done, and the latency at it, a line for each variant and point of the other axes,
 * whose series are its points. Over the offered rate and not the achieved, at which lines would turn back upon themselves. Points
 * at which a variant was saturated are hollow: their latency says how long the queue had grown by the end of the run.
 */
import { otherAxes, overRates } from '../../results/capacity.js'
import type { Results } from '../../results/results.js'
import type { Summary, SummaryValue } from '../../results/summary.js'
import { isSaturated } from '../contest.js'
import { axesOf, pointName } from '../points.js'
import { plain } from '../text.js'
import type { Chart, ChartData, Drawing, TableCell } from './chart.js'
import { PAPER, styleOf } from './colours.js'
import type { ChartOption } from './echarts.js'
import { BASE, exact, gridOf, legendOf, lineOf, tooltipOf } from './frame.js'
import { amountScale, linearScale, type Scale, scaleAxis } from './scales.js'
import { summariesInOrder } from './series.js'

/** A figure of a point: its value, and whether the true one may be larger. */
type Figure = readonly [value: number, atLeast: boolean]

export interface RatePart {
  /** Its place in `lines`. */
  readonly line: number
  readonly offered: number
  readonly done: Figure | null
  readonly read: Figure | null
  readonly write: Figure | null
  readonly saturated: boolean
  /** `throughput.max` of the line. */
  readonly sustained: Figure | null
}

export interface RateLine {
  readonly name: string
  /** Of its first series: the line has its colour, dash and marker. */
  readonly index: number
}

export interface RateData extends ChartData<RatePart> {
  readonly lines: readonly RateLine[]
}

interface DrawnLine extends RateLine {
  /** In order of the offered rate. */
  readonly points: readonly RatePart[]
}

type Quantity = 'done' | 'read' | 'write'

const QUANTITIES: readonly { readonly quantity: Quantity; readonly title: string; readonly unit: 'per s' | 'ms' }[] = [
  { quantity: 'done', title: 'done per s', unit: 'per s' },
  { quantity: 'read', title: 'read p99, ms', unit: 'ms' },
  { quantity: 'write', title: 'write p99, ms', unit: 'ms' },
]
const PANEL_PIXELS = 200
const PANEL_GAP = 28
const BOTTOM = 52

export const throughput: Chart<RateData> = {
  name: 'throughput',
  title: 'Latency against offered load',
  explanation:
    'For each rate that clients offered, how much of it was done and within which time 99% of operations were answered. A line bends upwards where queues begin to form; hollow marks are rates at which the variant was saturated in some seed, where latency tells only for how long the run went on. The large mark of a line is the highest rate that it sustained.',
  most: 240,
  data: dataOf,
  height: (drawing) => {
    const { lines, quantities } = layoutOf(drawing)
    return legendOf(lines, drawing.width).top + quantities.length * (PANEL_PIXELS + PANEL_GAP) + BOTTOM - PANEL_GAP
  },
  option: optionOf,
  table({ data, series }) {
    return {
      heads: [
        'variant',
        'offered per s',
        'done per s',
        'read p99, ms',
        'write p99, ms',
        'saturated',
        'sustained per s',
      ],
      rows: series.map((one) => rowOf(one.name, data.series[one.index] as RatePart)),
    }
  },
}

function dataOf(results: Results): RateData | null {
  const groups = [...overRates(results.summaries).values()]
  if (groups.every((group) => group.length < 2)) return null
  const ordered = summariesInOrder(results)
  const lines = groups.map((group) => ({
    name: lineName(results, group[0] as Summary),
    index: ordered.indexOf(group[0] as Summary),
  }))
  const series = ordered.map((summary) => {
    const line = groups.findIndex((group) => group.includes(summary))
    return line < 0 ? null : partOf(summary, line)
  })
  return series.every((part) => part === null) ? null : { lines, series }
}

/** As a series is called, but for the rate. */
function lineName(results: Results, summary: Summary): string {
  const others = otherAxes(summary)
  const axes = axesOf(results.summaries).filter(({ path }) => path in others)
  const label = plain(summary.label, 60)
  if (axes.length === 0) return label
  return `${label} [${pointName(axes, summary)}]`
}

function partOf(summary: Summary, line: number): RatePart | null {
  const { measures } = summary
  const offered = measures['throughput.offered']?.value
  if (offered === undefined) return null
  return {
    line,
    offered,
    done: figureOf(measures['throughput.ok']),
    read: figureOf(measures['read.p99']),
    write: figureOf(measures['write.p99']),
    saturated: isSaturated(summary),
    sustained: figureOf(measures['throughput.max']),
  }
}

function figureOf(measured: SummaryValue | undefined): Figure | null {
  return measured === undefined ? null : [measured.value, measured.atLeast === true]
}

function layoutOf({ data, series }: Drawing<RateData>) {
  const parts = series.map(({ index }) => data.series[index] as RatePart)
  const lines = data.lines.flatMap((line, place): DrawnLine[] => {
    const points = parts.filter((part) => part.line === place).sort((left, right) => left.offered - right.offered)
    return points.length === 0 ? [] : [{ ...line, points }]
  })
  const quantities = QUANTITIES.filter(({ quantity }) => parts.some((part) => part[quantity] !== null))
  return { parts, lines, quantities }
}

function optionOf(drawing: Drawing<RateData>): ChartOption {
  const { width } = drawing
  const { parts, lines, quantities } = layoutOf(drawing)
  const { legend, top } = legendOf(lines, width)
  const x = rateScale(parts.map(({ offered }) => offered))
  const panels = quantities.map(({ quantity, title }, place) => {
    const values = parts.flatMap((part) => part[quantity]?.[0] ?? [])
    const y = quantity === 'done' ? linearScale(Math.max(...values)) : amountScale(values)
    return { quantity, title, y, place, isLast: place === quantities.length - 1 }
  })
  return {
    ...BASE,
    legend,
    tooltip: tooltipOf('item', width, ({ data }) => tooltipLines((data as { point: Pointed }).point)),
    grid: panels.map(({ place }) =>
      gridOf({ left: 70, right: 24, top: top + place * (PANEL_PIXELS + PANEL_GAP), height: PANEL_PIXELS }),
    ),
    xAxis: panels.map(({ place, isLast }) =>
      scaleAxis(isLast ? x : { ...x, ticks: x.ticks.map(({ at }) => ({ at, label: '' })) }, {
        gridIndex: place,
        name: isLast ? 'offered operations per s' : '',
        nameGap: 30,
      }),
    ),
    yAxis: panels.map(({ place, title, y }) => scaleAxis(y, { gridIndex: place, name: title, nameGap: 50 })),
    series: panels.flatMap(({ quantity, place, y }) => lines.map((line) => lineIn(line, quantity, place, x, y))),
  }
}

/** No further than what was tried. */
function rateScale(rates: readonly number[]): Scale {
  const scale = amountScale(rates)
  const largest = scale.at(Math.max(...rates))
  return { ...scale, max: largest + 0.02 * (largest - scale.min) }
}

interface Pointed {
  readonly name: string
  readonly part: RatePart
}

function lineIn(line: DrawnLine, quantity: Quantity, place: number, x: Scale, y: Scale): object {
  const { colour } = styleOf(line)
  return {
    ...lineOf(line),
    xAxisIndex: place,
    yAxisIndex: place,
    showAllSymbol: true,
    data: line.points.flatMap((part) => {
      const figure = part[quantity]
      if (figure === null) return []
      const isKnee = part.offered === part.sustained?.[0]
      return [
        {
          value: [x.at(part.offered), y.at(figure[0])],
          point: { name: line.name, part },
          symbolSize: isKnee ? 14 : 7,
          itemStyle: part.saturated ? { color: PAPER, borderColor: colour, borderWidth: 1.5 } : { color: colour },
        },
      ]
    }),
  }
}

function tooltipLines({ name, part }: Pointed): string[] {
  const isKnee = part.offered === part.sustained?.[0]
  return [
    name,
    `offered ${exact(part.offered, 'per s')}`,
    ...QUANTITIES.flatMap(({ quantity, title, unit }) => {
      const figure = part[quantity]
      return figure === null ? [] : [`${title.split(/,| per/)[0]} ${textOf(figure)} ${unit}`]
    }),
    ...(part.saturated ? ['saturated'] : []),
    ...(isKnee ? [part.sustained[1] ? 'the highest rate tried, and sustained' : 'the highest rate sustained'] : []),
  ]
}

const textOf = ([value, atLeast]: Figure): string => `${atLeast ? '≥ ' : ''}${value}`

const cellOf = (figure: Figure | null): TableCell => (figure?.[1] ? textOf(figure) : (figure?.[0] ?? null))

function rowOf(name: string, { offered, done, read, write, saturated, sustained }: RatePart): TableCell[] {
  return [name, offered, cellOf(done), cellOf(read), cellOf(write), saturated ? 'yes' : 'no', cellOf(sustained)]
}
