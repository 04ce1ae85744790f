/**
 * What R and W do: a map of (R, W) for each N and measure, with the line beyond which any R replicas share one with any W. A map is drawn of one point of
 * the axes, since between points it is the question that differs; R and W themselves may be such axes. Variants that differ in more than
 * N, R and W have maps of their own.
 */
import type { Results } from '../../results/results.js'
import { isSaturated } from '../contest.js'
import { scaleOf, tableFigure } from '../figures.js'
import { plain } from '../text.js'
import type { Chart, ChartData, Drawing } from './chart.js'
import { type Corner, type HeatCell, type HeatPanel, type HeatStyle, heatHeight, heatOption } from './heat.js'
import { type ChartMeasure, type KnownValue, knownValue, VALUE_HEADS, valueRow, valueText } from './known-value.js'
import { type QuorumOptions, quorumOptionsOf } from './quorum-options.js'
import { type Series, summariesInOrder } from './series.js'

const MEASURES: readonly ChartMeasure[] = [
  { measure: 'read.p99', title: 'read p99', kind: 'time' },
  { measure: 'write.p99', title: 'write p99', kind: 'time' },
  { measure: 'stale.ratio', title: 'stale reads', kind: 'share' },
  { measure: 'lost.ratio', title: 'lost writes', kind: 'share' },
]

interface MapPart {
  readonly n: number
  readonly r: number
  readonly w: number
  /** The variants of one map say the same here: the strategy, and options that are not the same in all maps. */
  readonly map: string
  readonly saturated: boolean
  /** In the order of the measures. */
  readonly values: readonly (KnownValue | null)[]
}

type MapDrawing = Drawing<ChartData<MapPart>>

interface Placed {
  readonly series: Series
  readonly part: MapPart
}

const LONGEST_NAME = 60

export const quorumMap: Chart<ChartData<MapPart>> = {
  name: 'quorum-map',
  title: 'What R and W cost and give',
  explanation:
    'Each cell waits for R replicas to read and for W to write, of N; the number is the measured value, and the stronger the colour, the worse it is within its map. ' +
    'Beyond the thick line, above and to its right, R+W > N: any R replicas share one with any W. ' +
    'Where other axes vary too, the maps are of the first point chosen, which stands above them. ' +
    '† marks a saturated variant, whose latencies say only how long the run was.',
  most: 400,
  data(results) {
    const series = partsOf(results)
    const places = series.flatMap((part) => (part === null ? [] : `${part.r} ${part.w}`))
    return new Set(places).size < 2 ? null : { series }
  },
  height: (drawing) => heatHeight(panelsOf(drawing), styleOf(drawing), drawing.width),
  option: (drawing) => heatOption(panelsOf(drawing), styleOf(drawing), drawing.width),
  table(drawing) {
    return {
      heads: ['variant', 'N', 'R', 'W', ...VALUE_HEADS],
      rows: placedIn(drawing).flatMap(({ series, part: { n, r, w, values } }) =>
        MEASURES.flatMap((measure, i) => {
          const value = values[i]
          return value ? [[series.name, n, r, w, ...valueRow(measure, value)]] : []
        }),
      ),
    }
  },
}

function partsOf(results: Results): readonly (MapPart | null)[] {
  const summaries = summariesInOrder(results)
  const options = summaries.map((summary) => quorumOptionsOf(results.spec, summary))
  const varying = varyingOptions(options.filter((one) => one !== null))
  return summaries.map((summary, i) => {
    const own = options[i] ?? null
    const values = MEASURES.map(({ measure }) => knownValue(summary, measure))
    if (own === null || values.every((value) => value === null)) return null
    const others = varying.map((name) => ` ${name}=${own.others.get(name) ?? 'none'}`)
    const { n, r, w } = own
    return {
      n,
      r,
      w,
      map: plain(`${summary.strategy}${others.join('')}`, LONGEST_NAME),
      saturated: isSaturated(summary),
      values,
    }
  })
}

function varyingOptions(options: readonly QuorumOptions[]): readonly string[] {
  const names = new Set(options.flatMap(({ others }) => [...others.keys()]))
  return [...names].filter((name) => new Set(options.map(({ others }) => others.get(name))).size > 1)
}

/** Those of the first point, R and W not counting as axes. */
function placedIn({ data, series }: MapDrawing): readonly Placed[] {
  const placed = series.flatMap((one) => {
    const part = data.series[one.index]
    return part ? [{ series: one, part }] : []
  })
  const first = placed[0]
  return first === undefined ? [] : placed.filter(({ series }) => pointOf(series) === pointOf(first.series))
}

function pointOf({ axes }: Series): string {
  const others = Object.entries(axes).filter(([title]) => !/(?:^|\.)[nrw]$/.test(title))
  return others.map(([title, value]) => `${title}=${value}`).join(', ')
}

function styleOf(drawing: MapDrawing): HeatStyle {
  const first = placedIn(drawing)[0]
  const point = first === undefined ? '' : pointOf(first.series)
  return {
    heading: point === '' ? null : `At ${point}`,
    labelWidth: 42,
    labels: 'each',
    columnsAt: 'bottom',
    cellHeight: 34,
  }
}

function panelsOf(drawing: MapDrawing): readonly HeatPanel[] {
  const maps = new Map<string, Placed[]>()
  for (const one of placedIn(drawing)) {
    const name = `${one.part.map} N=${one.part.n}`
    maps.set(name, [...(maps.get(name) ?? []), one])
  }
  return [...maps].flatMap(([name, placed]) => MEASURES.flatMap((_, i) => panelOf(name, placed, i)))
}

/** None where the measure is not known. */
function panelOf(name: string, all: readonly Placed[], index: number): readonly HeatPanel[] {
  const { title, kind } = MEASURES[index] as ChartMeasure
  const values = all.flatMap(({ part }) => part.values[index]?.value ?? [])
  if (values.length === 0) return []
  const scale = scaleOf(kind, values)
  const reads = ascending(all.map(({ part }) => part.r))
  const writes = ascending(all.map(({ part }) => part.w)).toReversed()
  const n = (all[0] as Placed).part.n
  const line = boundary(reads, writes, n)
  return [
    {
      title: `${name}: ${title}, ${scale.unit}`,
      note: line.length === 0 ? allOrNone(reads, writes, n) : 'beyond the line R+W > N',
      columns: reads.map((r) => `R=${r}`),
      rows: writes.map((w) => `W=${w}`),
      cells: all.flatMap((one) => cellOf(one, index, reads, writes, scale)),
      line,
    },
  ]
}

function cellOf(
  { series, part }: Placed,
  index: number,
  reads: readonly number[],
  writes: readonly number[],
  scale: ReturnType<typeof scaleOf>,
): readonly HeatCell[] {
  const measure = MEASURES[index] as ChartMeasure
  const value = part.values[index]
  if (!value) return []
  const mark = part.saturated ? '†' : ''
  const figure = tableFigure(measure.kind, { ...value, coverage: null }, scale)
  return [
    {
      column: reads.indexOf(part.r),
      row: writes.indexOf(part.w),
      badness: value.value,
      text: `${figure}${mark}`,
      shortText: `${figure.replace(/ \(.*/, '')}${mark}`,
      tip: [series.name, valueText(measure, value), ...(part.saturated ? ['saturated'] : [])],
    },
  ]
}

const ascending = (values: readonly number[]): readonly number[] => [...new Set(values)].sort((a, b) => a - b)

/** Between cells with R+W > N and those without, from the left to the bottom; nothing along the edges of the map. */
export function boundary(reads: readonly number[], writes: readonly number[], n: number): readonly Corner[] {
  const beyond = reads.map((r) => writes.filter((w) => r + w > n).length)
  const corners: Corner[] = []
  beyond.forEach((rows, column) => {
    const before = beyond[column - 1]
    if (before !== undefined && before !== rows) corners.push([column, before], [column, rows])
    if (rows > 0 && rows < writes.length) corners.push([column, rows], [column + 1, rows])
  })
  return corners
}

function allOrNone(reads: readonly number[], writes: readonly number[], n: number): string {
  return (reads[0] as number) + (writes.at(-1) as number) > n ? 'R+W > N everywhere' : 'R+W > N nowhere'
}
