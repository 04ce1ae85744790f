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
import { BASE, exact, fitted, gridOf, legendName, tooltipOf } from './frame.js'
import { type Box, type Label, placedLabels } from './labels.js'
import { log10, logScale, logTicks, type Scale, scaleAxis } from './scales.js'
import type { Series } from './series.js'

type TradeoffDrawing = Drawing<TradeoffData>
type Latency = 'write' | 'read'

interface Mark {
  readonly series: Series
  readonly part: TradeoffPart
  readonly dominated: boolean
}

interface Spot {
  readonly mark: Mark
  /** Positions on the axes. */
  readonly at: readonly [number, number]
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
/** For the name of the point of the axes. */
const HEADING = 22
const BOTTOM = 54
const LEFT = 92
const RIGHT = 16
const GAP = 24
/** From this width on two panels stand side by side. */
const WIDE = 700
const MOST_NAMES = 12
/** Decades between the smallest share and the line of none, and beyond either end. */
const FLOOR_GAP = 0.55
const MARGIN = 0.3
/** Where the axis ends at the latest, a little above 100%. */
const MOST = 0.1

export function tradeoffHeight(drawing: TradeoffDrawing): number {
  const panels = panelsOf(drawing)
  return Math.max(...panels.map(({ top }) => top)) + PLOT_PIXELS + BOTTOM
}

export function tradeoffOption(drawing: TradeoffDrawing): ChartOption {
  const panels = panelsOf(drawing)
  const y = staleScale(panels.flatMap(({ marks }) => marks.map(({ part }) => part)))
  const heading = headingOf(drawing)
  return {
    ...BASE,
    tooltip: tooltipOf('item', drawing.width, ({ data }) => tooltipLines((data as { mark: Mark }).mark)),
    grid: panels.map(({ left, top, width }) => gridOf({ left, top, width, height: PLOT_PIXELS })),
    xAxis: panels.map((panel) =>
      scaleAxis(latencyScale(panel), {
        gridIndex: panel.place,
        name: `${panel.latency} p99, ms (left is better)`,
        nameGap: 30,
        splitLine: { lineStyle: { color: RULE, opacity: 0.6 } },
      }),
    ),
    yAxis: panels.map((panel) => shareAxis(panel, y)),
    series: [
      ...panels.flatMap((panel) => seriesIn(panel, latencyScale(panel), y)),
      ...(heading === null ? [] : [{ ...itself(1, () => [headline(heading, drawing.width)]), clip: false }]),
    ],
  }
}

/** Which point of the axes is drawn, and what is not for being at others; null where nothing varies. */
function headingOf({ data, series }: TradeoffDrawing): string | null {
  const parts = series.map(({ index }) => data.series[index] as TradeoffPart)
  const point = parts[0]?.point as number
  const name = data.points[point] as string
  if (name === '') return null
  const others = parts.filter((part) => part.point !== point).length
  return others === 0 ? `At ${name}` : `At ${name}; ${others} more at other points: choose one to see it`
}

function headline(text: string, width: number): object {
  return { type: 'text', style: { x: LEFT, y: 6, text: fitted(text, width - LEFT), fill: INK, fontSize: 12 } }
}

function panelsOf({ data, series, width }: TradeoffDrawing): readonly Panel[] {
  const all = series.map(({ index }) => data.series[index] as TradeoffPart)
  const parts = all.filter(({ point }) => point === all[0]?.point)
  const marks = series.flatMap((one, i) => {
    const part = all[i] as TradeoffPart
    return parts.includes(part) ? [{ series: one, part, dominated: isDominated(part, parts) }] : []
  })
  const top = data.points[all[0]?.point as number] === '' ? TOP : TOP + HEADING
  const latencies = (['write', 'read'] as const).filter((latency) => parts.some((part) => part[latency] !== null))
  const isWide = latencies.length > 1 && width >= WIDE
  const each = isWide ? (width - LEFT - RIGHT - GAP) / 2 : width - LEFT - RIGHT
  return latencies.map((latency, place) => ({
    latency,
    place,
    left: LEFT + (isWide ? place * (each + GAP) : 0),
    top: top + (isWide ? 0 : place * (PLOT_PIXELS + BOTTOM + TOP)),
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
  const max = Math.min(Math.max(log10(high) + MARGIN, lowest + 1), MOST)
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
  return scaleAxis(scale, { gridIndex: place, name: isFirst ? 'stale reads (lower is better)' : '', nameGap: 74 })
}

function seriesIn(panel: Panel, x: Scale, y: Scale): object[] {
  const axes = { xAxisIndex: panel.place, yAxisIndex: panel.place }
  const spots = panel.marks.map(
    (mark): Spot => ({
      mark,
      at: [x.at((mark.part[panel.latency] as Measured).value), y.at(mark.part.stale.value)],
    }),
  )
  const frontier = frontierOf(panel)
  const named = spots.length > MOST_NAMES ? spots.filter(({ mark }) => frontier.includes(mark)) : spots
  return [
    ...spots.map(({ mark, at }) => ({ ...axes, ...markOf(mark, at) })),
    { ...axes, ...itself(1, (canvas) => [stepLine(panel, x, y, canvas), ...crosses(panel, x, y, canvas)]) },
    { ...axes, ...itself(4, (canvas, { coordSys }) => names(named, spots, canvas, coordSys)) },
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

/** The marks that none beats in latency and staleness both, from left to right. */
function frontierOf({ latency, marks }: Panel): readonly Mark[] {
  const time = ({ part }: Mark): number => (part[latency] as Measured).value
  const share = ({ part }: Mark): number => part.stale.value
  const sorted = marks
    .filter(({ part }) => !part.saturated)
    .sort((left, right) => time(left) - time(right) || share(left) - share(right))
  return sorted.filter((mark, i) => sorted.slice(0, i).every((faster) => share(mark) < share(faster)))
}

/** Along the frontier, from the upper edge to the right one: whoever lies beyond it is beaten. */
function stepLine(panel: Panel, x: Scale, y: Scale, { coord }: Canvas): object {
  let height = y.max
  const corners = frontierOf(panel).flatMap(({ part }) => {
    const left = x.at((part[panel.latency] as Measured).value)
    const from = [left, height]
    height = y.at(part.stale.value)
    return [from, [left, height]]
  })
  const end = corners.length === 0 ? [] : [[x.max, height]]
  return {
    type: 'polyline',
    shape: { points: [...corners, ...end].map((place) => coord(place)) },
    style: { stroke: SOFT_INK, lineWidth: 1.5, lineDash: [2, 4], fill: null },
  }
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

/** Of the named spots, beside them and off all the others. */
function names(named: readonly Spot[], all: readonly Spot[], { coord }: Canvas, area: Box): object[] {
  const placeOf = (at: Spot['at']) => {
    const [x, y] = coord(at)
    return { x, y }
  }
  const placed = placedLabels(
    named.map(({ mark, at }) => ({ ...placeOf(at), text: mark.series.label })),
    all.map(({ at }) => placeOf(at)),
    area,
    0.65 * area.width,
  )
  return placed.flatMap((label) => [...(label.from === null ? [] : [leader(label, label.from)]), textOf(label)])
}

/** From a mark to its name. */
function leader({ anchor, align, y, height }: Label, from: { readonly x: number; readonly y: number }): object {
  return {
    type: 'line',
    shape: { x1: from.x, y1: from.y, x2: align === 'left' ? anchor - 2 : anchor + 2, y2: y + height / 2 },
    style: { stroke: SOFT_INK, lineWidth: 1 },
  }
}

function textOf({ anchor, align, y, height, text }: Label): object {
  const place = { x: anchor, y: y + height / 2, align, verticalAlign: 'middle' }
  return { type: 'text', style: { ...place, text, fill: INK, backgroundColor: PAPER, fontSize: 12 } }
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
