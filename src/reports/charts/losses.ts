/**
 * What became of acknowledged writes: a panel for each way to lose, to double or to conflict, a dot for each variant, on one logarithmic axis of shares for
 * all panels. The ways overlap (a write can be overwritten and its increment missing), so nothing is stacked. None of n is a hollow dot at the
 * left edge, with the room that it leaves as its interval.
 */
import { log, power } from '../../core/mathematics.js'
import type { Results } from '../../results/results.js'
import { percent, scaleOf, tableFigure } from '../figures.js'
import type { Chart, ChartData, Drawing } from './chart.js'
import { PAPER, RULE, SOFT_INK, styleOf } from './colours.js'
import type { ChartOption } from './echarts.js'
import { axisOf, BASE, textPixels, tooltipOf } from './frame.js'
import { type ChartMeasure, type KnownValue, knownValue, VALUE_HEADS, valueRow, valueText } from './known-value.js'
import { type Series, summariesInOrder } from './series.js'
import { drawn, labelWidthFor, text, tipOf } from './shapes.js'

const WAYS: readonly ChartMeasure[] = [
  { measure: 'lost.ratio', title: 'lost in any way', kind: 'share' },
  { measure: 'lost.overwritten', title: 'overwritten unseen', kind: 'share' },
  { measure: 'lost.rmw', title: 'effect missing', kind: 'share' },
  { measure: 'lost.durability', title: 'on no disk', kind: 'share' },
  { measure: 'lost.merges', title: 'increments, adds', kind: 'share' },
  { measure: 'duplicated.ratio', title: 'done twice', kind: 'share' },
  { measure: 'conflicts.ratio', title: 'conflicting', kind: 'share' },
  { measure: 'unknown.applied', title: 'timed out, applied', kind: 'share' },
]

interface LossesPart {
  /** In the order of the ways. */
  readonly values: readonly (KnownValue | null)[]
}

type LossesDrawing = Drawing<ChartData<LossesPart>>

export const losses: Chart<ChartData<LossesPart>> = {
  name: 'losses',
  title: 'What is lost, and what conflicts',
  explanation:
    'Each dot is the share of acknowledged writes to which one thing happened, with its interval over seeds; all panels have the same logarithmic axis, and further left is better. ' +
    'A hollow dot at the left edge is none at all, and its line reaches to what so many writes leave room for. ' +
    'The ways of being lost overlap, so they do not add up to the first panel. ' +
    'Increments and adds are a share of their own number; writes that timed out and yet were applied are a share of those that timed out, and neither good nor bad.',
  most: 24,
  data(results: Results) {
    const series = summariesInOrder(results).map((summary) => {
      const values = WAYS.map(({ measure }) => knownValue(summary, measure))
      return values.every((value) => value === null) ? null : { values }
    })
    return series.every((part) => part === null) ? null : { series }
  },
  height: (drawing) => layoutOf(drawing).height,
  option: (drawing) => optionOf(drawing),
  table({ data, series }) {
    return {
      heads: ['variant', ...VALUE_HEADS],
      rows: series.flatMap((one) =>
        WAYS.flatMap((way, i) => {
          const value = data.series[one.index]?.values[i]
          return value ? [[one.name, ...valueRow(way, value)]] : []
        }),
      ),
    }
  },
}

const ROW = 20
const TITLE = 26
const AXIS = 24
const BELOW = 14
const GAP = 18
/** For the number at the right end of each row. */
const FIGURES = 78
const NARROWEST_PANEL = 160
const MOST_BESIDE = 4
/** Between the labels of two ticks. */
const TICK_GAP = 4

interface Panel {
  readonly way: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly isFirst: boolean
}

interface Layout {
  readonly panels: readonly Panel[]
  readonly labelWidth: number
  readonly height: number
}

function layoutOf({ data, series, width }: LossesDrawing): Layout {
  const known = WAYS.flatMap((_, way) => (series.some((one) => data.series[one.index]?.values[way]) ? [way] : []))
  const labelWidth = labelWidthFor(
    series.map(({ name }) => name),
    width,
  )
  const room = width - labelWidth
  const beside = Math.max(1, Math.min(MOST_BESIDE, known.length, Math.floor(room / NARROWEST_PANEL)))
  const each = (room - (beside - 1) * GAP) / beside
  const band = TITLE + series.length * ROW + AXIS + BELOW
  const panels = known.map((way, i) => ({
    way,
    left: labelWidth + (i % beside) * (each + GAP),
    top: Math.floor(i / beside) * band + TITLE,
    width: Math.max(20, each - FIGURES),
    isFirst: i % beside === 0,
  }))
  return { panels, labelWidth, height: Math.ceil(known.length / beside) * band }
}

function optionOf(drawing: LossesDrawing): ChartOption {
  const { series } = drawing
  const { panels, labelWidth } = layoutOf(drawing)
  const axis = axisFor(drawing, panels[0]?.width ?? 1)
  const rows = series.map(({ name }) => name)
  const words = panels.flatMap((panel) => wordsOf(panel, drawing, labelWidth))
  return {
    ...BASE,
    tooltip: tooltipOf('item', drawing.width, tipOf),
    grid: panels.map(({ left, top, width }) => ({
      left,
      top,
      width,
      height: rows.length * ROW,
      outerBoundsMode: 'none',
    })),
    xAxis: panels.map((_, gridIndex) => shareAxis(axis, gridIndex)),
    yAxis: panels.map((_, gridIndex) => ({ type: 'category', gridIndex, data: rows, inverse: true, show: false })),
    series: [
      { ...drawn([{ type: 'group', children: words }]), silent: true },
      ...panels.flatMap((panel, i) => [whiskers(panel, i, drawing, axis), dots(panel, i, drawing, axis)]),
    ],
  }
}

/** In powers of ten; `floor` is where none is drawn. */
interface ShareAxis {
  readonly floor: number
  readonly top: number
  /** Between ticks, of which the last is at the top. */
  readonly interval: number
}

function axisFor({ data, series }: LossesDrawing, width: number): ShareAxis {
  const known = series.flatMap((one) => data.series[one.index]?.values.filter((value) => value !== null) ?? [])
  const shares = known.flatMap(({ value, low, high }) => [value, low ?? 0, high ?? 0]).filter((share) => share > 0)
  const smallest = shares.length === 0 ? -3 : Math.floor(exponentOf(Math.min(...shares)) + 1e-9)
  const largest = shares.length === 0 ? 0 : Math.ceil(exponentOf(Math.max(...shares)) - 1e-9)
  const top = Math.max(smallest + 1, largest)
  const range = top - smallest + 1
  const axes = Array.from({ length: range }, (_, i) => axisOfTicks(top, range, i + 1))
  return axes.find((axis) => hasRoomForTicks(axis, width)) ?? (axes.at(-1) as ShareAxis)
}

/** Down to a tick at or below the range. */
function axisOfTicks(top: number, range: number, interval: number): ShareAxis {
  return { floor: top - interval * Math.ceil(range / interval), top, interval }
}

function hasRoomForTicks({ floor, top, interval }: ShareAxis, width: number): boolean {
  const room = (width * interval) / (top - floor) - TICK_GAP
  const halves = Array.from({ length: (top - floor) / interval + 1 }, (_, i) => {
    return textPixels(tickText(floor + i * interval, floor)) / 2
  })
  return halves.slice(1).every((half, i) => half + (halves[i] as number) <= room)
}

const exponentOf = (share: number): number => log(share) / Math.LN10

const placeOf = (share: number, { floor }: ShareAxis): number =>
  share > 0 ? Math.max(floor, exponentOf(share)) : floor

function shareAxis({ floor, top, interval }: ShareAxis, gridIndex: number): object {
  return axisOf({
    type: 'value',
    gridIndex,
    min: floor,
    max: top,
    interval,
    axisLabel: { color: SOFT_INK, formatter: (exponent: number) => tickText(exponent, floor) },
    splitLine: { lineStyle: { color: RULE } },
  })
}

function tickText(exponent: number, floor: number): string {
  return exponent <= floor ? '0' : `${percent(power(10, exponent))}%`
}

function valuesIn(
  { way }: Panel,
  { data, series }: LossesDrawing,
): readonly { row: number; series: Series; value: KnownValue }[] {
  return series.flatMap((one, row) => {
    const value = data.series[one.index]?.values[way]
    return value ? [{ row, series: one, value }] : []
  })
}

function dots(panel: Panel, index: number, drawing: LossesDrawing, axis: ShareAxis): object {
  const way = WAYS[panel.way] as ChartMeasure
  return {
    type: 'scatter',
    xAxisIndex: index,
    yAxisIndex: index,
    symbolSize: 9,
    clip: false,
    z: 3,
    emphasis: { disabled: true },
    data: valuesIn(panel, drawing).map(({ row, series, value }) => {
      const { colour, marker } = styleOf(series)
      const isNone = value.value === 0
      return {
        value: [placeOf(value.value, axis), row],
        symbol: marker,
        itemStyle: {
          opacity: 1,
          ...(isNone ? { color: PAPER, borderColor: colour, borderWidth: 2 } : { color: colour }),
        },
        tip: [series.name, valueText(way, value)],
      }
    }),
  }
}

interface CoordinateApi {
  value(dimension: number): number
  coord(point: readonly number[]): readonly [number, number]
}

function whiskers(panel: Panel, index: number, drawing: LossesDrawing, axis: ShareAxis): object {
  const known = valuesIn(panel, drawing).filter(({ value }) => value.low !== null && value.high !== null)
  return {
    type: 'custom',
    xAxisIndex: index,
    yAxisIndex: index,
    silent: true,
    z: 2,
    encode: { x: [0, 1], y: 2 },
    data: known.map(({ row, value }) => [placeOf(value.low ?? 0, axis), placeOf(value.high ?? 0, axis), row]),
    renderItem: ({ dataIndex }: { dataIndex: number }, api: CoordinateApi) => {
      const [x1, y] = api.coord([api.value(0), api.value(2)])
      const [x2] = api.coord([api.value(1), api.value(2)])
      const colour = styleOf((known[dataIndex] as { series: Series }).series).colour
      return { type: 'line', shape: { x1, y1: y, x2, y2: y }, style: { stroke: colour, lineWidth: 2, opacity: 0.6 } }
    },
  }
}

/** Title, rules between rows, numbers, and the variants' names where the panel is the first of its row. */
function wordsOf(panel: Panel, drawing: LossesDrawing, labelWidth: number): readonly object[] {
  const { left, top, width, way } = panel
  const scale = scaleOf('share', [])
  const middle = (row: number): number => top + (row + 0.5) * ROW
  const names = drawing.series.map(({ name }, row) =>
    text(name, left - 12, middle(row), { align: 'right', width: labelWidth - 22 }),
  )
  const figures = valuesIn(panel, drawing).map(({ row, value }) => {
    const figure = tableFigure('share', { ...value, coverage: null }, scale).replace(/\)?$/, '%$&')
    return text(figure, left + width + FIGURES, middle(row), { align: 'right', soft: true, size: 11 })
  })
  const rules = drawing.series.slice(1).map((_, row) => {
    const [from, y] = [panel.isFirst ? 0 : left, top + (row + 1) * ROW]
    return {
      type: 'line',
      shape: { x1: from, y1: y, x2: left + width + FIGURES, y2: y },
      style: { stroke: RULE, lineWidth: 1 },
    }
  })
  return [
    ...rules,
    text((WAYS[way] as ChartMeasure).title, left, top - TITLE / 2, { weight: 'bold', width: width + FIGURES }),
    ...(panel.isFirst ? names : []),
    ...figures,
  ]
}
