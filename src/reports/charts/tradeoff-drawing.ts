/**
 * The drawing of the tradeoff: panels that share the axis of staleness, side by side where there is room and else one above the other. Shares stand on a
 * logarithmic axis, and those of none on a line below it that says so, since no logarithm has a place for them. Names stand beside the marks, of
 * all of them where these are few and otherwise of those that nobody dominates.
 */
import { percent } from '../figures.js'
import type { Drawing } from './chart.js'
import { INK, PAPER, RULE, SOFT_INK, styleOf } from './colours.js'
import { isDominated, type Measured, type TradeoffData, type TradeoffPart } from './dominance.js'
import type { ChartOption } from './echarts.js'
import { BASE, exact, legendName, tooltipOf } from './frame.js'
import { type Box, placedLabels } from './labels.js'
import { log10, logScale, logTicks, type Scale, scaleAxis } from './scales.js'
import type { Series } from './series.js'

type TradeoffDrawing = Drawing<TradeoffData>
type Latency = 'write' | 'read'

interface Mark {
  readonly series: Series
  readonly part: TradeoffPart
  readonly dominated: boolean
}

interface Panel {
  readonly latency: Latency
  readonly place: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly marks: readonly Mark[]
}

/** What ECharts hands to an item that draws itself. */
interface Canvas {
  coord(place: readonly number[]): readonly [number, number]
}
type Frame = { readonly coordSys: Box }

const PLOT_PIXELS = 320
const TOP = 14
const BOTTOM = 54
const LEFT = 74
const RIGHT = 16
const GAP = 24
/** From this width on two panels stand side by side. */
const WIDE = 700
const MOST_NAMES = 12
/** Points of the axes that have a step line each. */
const MOST_FRONTIERS = 3
/** Decades between the smallest share and the line of none, and beyond either end. */
const FLOOR_GAP = 0.55
const MARGIN = 0.3

export function tradeoffHeight(drawing: TradeoffDrawing): number {
  const panels = panelsOf(drawing)
  return Math.max(...panels.map(({ top }) => top)) + PLOT_PIXELS + BOTTOM
}

export function tradeoffOption(drawing: TradeoffDrawing): ChartOption {
  const panels = panelsOf(drawing)
  const y = staleScale(drawing.series.map(({ index }) => drawing.data.series[index] as TradeoffPart))
  return {
    ...BASE,
    tooltip: tooltipOf('item', drawing.width, ({ data }) => tooltipLines((data as { mark: Mark }).mark)),
    grid: panels.map(({ left, top, width }) => ({ left, top, width, height: PLOT_PIXELS })),
    xAxis: panels.map((panel) =>
      scaleAxis(latencyScale(panel), {
        gridIndex: panel.place,
        name: `${panel.latency} p99, ms (left is better)`,
        nameGap: 30,
        splitLine: { lineStyle: { color: RULE, opacity: 0.6 } },
      }),
    ),
    yAxis: panels.map((panel) => shareAxis(panel, y)),
    series: panels.flatMap((panel) => seriesIn(panel, latencyScale(panel), y)),
  }
}

function panelsOf({ data, series, width }: TradeoffDrawing): readonly Panel[] {
  const parts = series.map(({ index }) => data.series[index] as TradeoffPart)
  const marks = series.map((one, i) => {
    const part = parts[i] as TradeoffPart
    return { series: one, part, dominated: isDominated(part, parts) }
  })
  const latencies = (['write', 'read'] as const).filter((latency) => parts.some((part) => part[latency] !== null))
  const isWide = latencies.length > 1 && width >= WIDE
  const each = isWide ? (width - LEFT - RIGHT - GAP) / 2 : width - LEFT - RIGHT
  return latencies.map((latency, place) => ({
    latency,
    place,
    left: LEFT + (isWide ? place * (each + GAP) : 0),
    top: TOP + (isWide ? 0 : place * (PLOT_PIXELS + BOTTOM + TOP)),
    width: each,
    marks: marks.filter(({ part }) => part[latency] !== null),
  }))
}

function latencyScale({ latency, marks }: Panel): Scale {
  const values = marks.map(({ part }) => (part[latency] as Measured).value).filter((value) => value > 0)
  return values.length === 0 ? logScale(1, 1) : logScale(Math.min(...values), Math.max(...values), MARGIN / 2)
}

/** Of shares, `none` at its foot. */
function staleScale(parts: readonly TradeoffPart[]): Scale {
  const shares = parts.map(({ stale }) => stale.value)
  const some = shares.filter((share) => share > 0)
  const [low, high] = some.length === 0 ? [0.001, 0.1] : [Math.min(...some), Math.max(...some)]
  const lowest = log10(low)
  const max = Math.max(log10(high) + MARGIN, lowest + 1)
  const label = (share: number): string => `${percent(share)}%`
  if (some.length === shares.length) {
    const min = lowest - MARGIN
    return { min, max, ticks: logTicks(min, max, label), at: (share) => Math.max(min, log10(share)) }
  }
  const bottom = Math.floor(lowest + 1e-9)
  const floor = bottom - FLOOR_GAP
  const ticks = [{ at: floor, label: 'none seen' }, ...logTicks(bottom, max, label)]
  return { min: floor - MARGIN, max, ticks, at: (share) => (share > 0 ? Math.max(floor, log10(share)) : floor) }
}

function shareAxis({ place, left }: Panel, y: Scale): object {
  const isFirst = left === LEFT
  const scale = isFirst ? y : { ...y, ticks: y.ticks.map(({ at }) => ({ at, label: '' })) }
  return scaleAxis(scale, { gridIndex: place, name: isFirst ? 'stale reads (lower is better)' : '', nameGap: 58 })
}

function seriesIn(panel: Panel, x: Scale, y: Scale): object[] {
  const axes = { xAxisIndex: panel.place, yAxisIndex: panel.place }
  const spots = panel.marks.map((mark) => ({
    mark,
    at: [x.at((mark.part[panel.latency] as Measured).value), y.at(mark.part.stale.value)] as const,
  }))
  return [
    ...spots.map(({ mark, at }) => ({ ...axes, ...markOf(mark, at) })),
    { ...axes, ...itself(1, (canvas) => [...frontiers(panel, x, y, canvas), ...crosses(panel, x, y, canvas)]) },
    { ...axes, ...itself(4, (canvas, { coordSys }) => names(spots, canvas, coordSys)) },
  ]
}

function markOf(mark: Mark, at: readonly number[]): object {
  const { colour, marker } = styleOf(mark.series)
  const hollow = { color: PAPER, borderColor: colour, borderWidth: 2 }
  return {
    type: 'scatter',
    name: legendName(mark.series),
    symbol: marker,
    symbolSize: 13,
    z: 3,
    clip: false,
    itemStyle: {
      ...(mark.part.saturated ? hollow : { color: colour, borderColor: PAPER, borderWidth: 1 }),
      opacity: mark.dominated ? 0.45 : 1,
    },
    emphasis: { disabled: true },
    data: [{ value: at, mark }],
  }
}

/** What is drawn by hand: one item that has the panel to itself. */
function itself(z: number, children: (canvas: Canvas, frame: Frame) => object[]): object {
  return {
    type: 'custom',
    silent: true,
    z,
    clip: true,
    tooltip: { show: false },
    data: [[0, 0]],
    renderItem: (frame: Frame, canvas: Canvas) => ({ type: 'group', children: children(canvas, frame) }),
  }
}

/** From mark to mark in steps, of those that none beats in latency and staleness both. */
function frontiers({ latency, marks }: Panel, x: Scale, y: Scale, { coord }: Canvas): object[] {
  const points = [...new Set(marks.map(({ part }) => part.point))]
  if (points.length > MOST_FRONTIERS) return []
  return points.map((point) => {
    const here = marks.filter(({ part }) => part.point === point && !part.saturated)
    const sorted = here
      .map(({ part }) => [(part[latency] as Measured).value, part.stale.value] as const)
      .sort(([left, leftStale], [right, rightStale]) => left - right || leftStale - rightStale)
    let least = Number.POSITIVE_INFINITY
    const best = sorted.filter(([, stale]) => {
      if (stale >= least) return false
      least = stale
      return true
    })
    const corners = best.flatMap(([value, stale], i) => {
      const before = best[i - 1]
      const place = [x.at(value), y.at(stale)]
      return before === undefined ? [[x.at(value), y.max], place] : [[x.at(value), y.at(before[1])], place]
    })
    const end = corners.length === 0 ? [] : [[x.max, (corners.at(-1) as number[])[1] as number]]
    return {
      type: 'polyline',
      shape: { points: [...corners, ...end].map((place) => coord(place)) },
      style: { stroke: SOFT_INK, lineWidth: 1.5, lineDash: [2, 4], fill: null },
    }
  })
}

/** Intervals, where the marks are few enough to have room for them. */
function crosses({ latency, marks }: Panel, x: Scale, y: Scale, { coord }: Canvas): object[] {
  if (marks.length > MOST_NAMES) return []
  return marks.flatMap(({ series, part, dominated }) => {
    const time = part[latency] as Measured
    const { value: share, low, high } = part.stale
    const place = [x.at(time.value), y.at(share)] as const
    const right = time.atLeast ? x.max : x.at(time.high ?? time.value)
    const sides = [
      [
        [x.at(time.low ?? time.value), place[1]],
        [right, place[1]],
      ],
    ]
    if (share > 0)
      sides.push([
        [place[0], y.at(low ?? share)],
        [place[0], y.at(high ?? share)],
      ])
    return sides.map(([from, to]) => ({
      type: 'polyline',
      shape: { points: [coord(from as number[]), coord(to as number[])] },
      style: { stroke: styleOf(series).colour, lineWidth: 1.5, opacity: dominated ? 0.3 : 0.6, fill: null },
    }))
  })
}

function names(
  spots: readonly { readonly mark: Mark; readonly at: readonly number[] }[],
  { coord }: Canvas,
  area: Box,
): object[] {
  const named = spots.length > MOST_NAMES ? spots.filter(({ mark }) => !mark.dominated).slice(0, MOST_NAMES) : spots
  const placed = placedLabels(
    named.map(({ mark, at }) => {
      const [left, top] = coord(at)
      return { x: left, y: top, text: mark.series.name }
    }),
    area,
    area.width / 2,
  )
  return placed.flatMap(({ x, y, width, height, text, from }) => [
    ...(from === null
      ? []
      : [
          {
            type: 'line',
            shape: { x1: from.x, y1: from.y, x2: x > from.x ? x - 2 : x + width + 2, y2: y + height / 2 },
            style: { stroke: SOFT_INK, lineWidth: 1 },
          },
        ]),
    {
      type: 'text',
      style: {
        x,
        y: y + height / 2,
        text,
        fill: INK,
        stroke: PAPER,
        lineWidth: 3,
        fontSize: 12,
        verticalAlign: 'middle',
      },
    },
  ])
}

function tooltipLines({ series, part, dominated }: Mark): string[] {
  const times = (['write', 'read'] as const).flatMap((latency) => {
    const time = part[latency]
    return time === null ? [] : [`${latency} p99 ${toldOf(time, 'ms')}`]
  })
  const standing = part.saturated ? ['saturated'] : dominated ? ['dominated'] : []
  return [series.name, ...times, `stale reads ${toldOf(part.stale, '%')}`, ...standing]
}

function toldOf({ value, low, high, atLeast }: Measured, unit: 'ms' | '%'): string {
  const told = `${atLeast ? '≥ ' : ''}${exact(value, unit)}`
  return low === null || high === null ? told : `${told} (${exact(low, unit)} to ${exact(high, unit)})`
}
