/**
 * Summaries over seeds (DESIGN.md, "Over seeds"). Percentiles are those of the merged histogram, never an average of percentiles;
 * ratios are pooled numerators over pooled denominators; curves are pooled by x and fitted again; other numbers are
 * averaged, or the largest counts. Intervals come from the per-seed values (intervals.ts), those of curves from the seeds' counts. Latencies
 * of all zones are also kept as curves of percentiles, as `read.percentiles`. Cells that failed are left out, and `n` tells what stands behind a value, so that none of 5,000 is not mistaken for none of 5.
 */
import { Histogram } from '../core/histogram.js'
import type { Nanos } from '../core/ids.js'
import { measureInfo } from '../measures/index.js'
import { poolShares, type SharePoint } from '../measures/share-curve.js'
import type { Timeline } from '../measures/timeline.js'
import { withCapacity } from './capacity.js'
import type { CellEntry, CellResult, StoredCurve, StoredHistogram } from './cell-result.js'
import { inRegisteredOrder } from './collect.js'
import { type FaultToll, type StruckWindow, strikesOf, tollOf } from './fault-toll.js'
import { type Interval, jackknifeInterval, meanInterval, orderStatisticsInterval, range } from './intervals.js'
import { percentileCurve } from './percentile-curve.js'
import { countsOf, histogramMeasures, type NamedValue, risingResults } from './pooled-measures.js'
import { poolTimelines } from './pooled-timeline.js'
import { type Bounds, shareIntervals } from './share-intervals.js'
import { tidy } from './tidy.js'

/** Histograms whose curves of percentiles are kept. */
const LATENCIES: readonly string[] = ['read', 'write', 'rmw', 'scan']

export interface SummaryValue {
  readonly value: number
  /** Null where no seed alone had enough samples. */
  readonly low: number | null
  readonly high: number | null
  /** Operations behind a percentile, the denominator of a ratio, otherwise seeds. */
  readonly n: number
  /** Of the interval; null for a mere range. */
  readonly coverage: number | null
  /** The value falls among clients giving up, or among rates beyond those that were tried. */
  readonly atLeast?: true
}

export interface Summary extends Pick<CellEntry, 'id' | 'variant' | 'strategy' | 'label' | 'axes'> {
  /** Seeds that ran to their end. */
  readonly seeds: readonly number[]
  /** In how many of them each flag was raised. */
  readonly flags: Readonly<Record<string, number>>
  readonly measures: Readonly<Record<string, SummaryValue>>
  readonly curves: Readonly<Record<string, StoredCurve>>
  /** Of all seeds together. */
  readonly timeline: Timeline
  /** The faults that struck; absent from results of before. */
  readonly faults?: readonly StruckWindow[]
  /** What they cost; absent where none struck, and from results of before. */
  readonly toll?: FaultToll
}

/** One summary for each variant and point of the axes, in the order of the cells. */
export function summarize(cells: readonly CellResult[]): Summary[] {
  const groups = new Map<string, CellResult[]>()
  for (const cell of cells) {
    const id = summaryId(cell)
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [cell])
    else group.push(cell)
  }
  return withCapacity([...groups].map(([id, group]) => summarizeGroup(id, group)))
}

/** A cell's id without its seed. */
export const summaryId = (cell: Pick<CellEntry, 'id'>): string => cell.id.slice(0, cell.id.lastIndexOf('/'))

function summarizeGroup(id: string, group: readonly CellResult[]): Summary {
  const { variant, strategy, label, axes } = group[0] as CellResult
  const cells = group.filter((cell) => cell.error === undefined)
  const measures = new Map<string, SummaryValue>()
  const curves: Record<string, StoredCurve> = {}
  summarizeHistograms(cells, measures, curves)
  summarizeCurves(cells, measures, curves)
  for (const name of namesIn(cells, (cell) => cell.measures)) {
    const value = summarizeNumber(name, cells)
    if (value !== undefined) measures.set(name, value)
  }
  const seeds = cells.map((cell) => cell.seed)
  const flags = countFlags(cells)
  const toll = tollOf(cells)
  return {
    id,
    variant,
    strategy,
    label,
    axes,
    seeds,
    flags,
    measures: inRegisteredOrder(measures),
    curves,
    timeline: poolTimelines(cells.map((cell) => cell.timeline)),
    faults: strikesOf(cells),
    ...(toll === undefined ? {} : { toll }),
  }
}

function countFlags(cells: readonly CellResult[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const flag of cells.flatMap((cell) => cell.flags)) counts[flag] = (counts[flag] ?? 0) + 1
  return counts
}

function summarizeHistograms(
  cells: readonly CellResult[],
  measures: Map<string, SummaryValue>,
  curves: Record<string, StoredCurve>,
): void {
  for (const quantity of namesIn(cells, (cell) => cell.histograms)) {
    const found = cells.flatMap((cell) => cell.histograms[quantity] ?? [])
    const merged = new Histogram()
    for (const histogram of found) merged.add(histogram)
    for (const value of histogramMeasures(quantity, merged, censoredFrom(found))) {
      measures.set(value.name, withSeeds(value, merged.count, cells))
    }
    if (LATENCIES.includes(quantity)) {
      const curve = percentileCurve(quantity, merged, censoredFrom(found))
      if (curve.length > 0) curves[`${quantity}.percentiles`] = curve
    }
  }
}

function censoredFrom(histograms: readonly StoredHistogram[]): Nanos | undefined {
  const bounds = histograms.flatMap((histogram) => histogram.censoredFrom ?? [])
  return bounds.length === 0 ? undefined : Math.min(...bounds)
}

function summarizeCurves(
  cells: readonly CellResult[],
  measures: Map<string, SummaryValue>,
  curves: Record<string, StoredCurve>,
): void {
  for (const name of namesIn(cells, (cell) => cell.curves)) {
    const ofSeeds = cells.map((cell) => countsIn(cell.curves[name]))
    const pooled = poolShares(ofSeeds)
    if (pooled.length === 0) continue
    const results = risingResults(name, pooled)
    Object.assign(curves, results.curves)
    curves[name] = withBounds(results.curves[name] as StoredCurve, shareIntervals(ofSeeds))
    const n = pooled.reduce((total, point) => total + point.n, 0)
    for (const value of results.measures) measures.set(value.name, withSeeds(value, n, cells))
  }
}

const withBounds = (curve: StoredCurve, bounds: readonly Bounds[]): StoredCurve =>
  curve.map((point, i) => {
    const { low, high } = bounds[i] as Bounds
    return { ...point, low: tidy(low), high: tidy(high) }
  })

const countsIn = (curve: StoredCurve | undefined): SharePoint[] => (curve && countsOf(curve)) ?? []

/** A ratio or plain number; what was pooled from histograms or curves is neither. */
function summarizeNumber(name: string, cells: readonly CellResult[]): SummaryValue | undefined {
  const info = measureInfo(name)
  const ratios = cells.flatMap((cell) => (name in cell.ratios ? [cell.ratios[name] as readonly [number, number]] : []))
  if (ratios.length > 0) return pooledRatio(ratios, info?.unit === 'ratio')
  return info?.overSeeds === undefined ? undefined : plainNumber(perSeed(name, cells), info.overSeeds)
}

function pooledRatio(pairs: readonly (readonly [number, number])[], isShare: boolean): SummaryValue {
  const numerator = pairs.reduce((total, [part]) => total + part, 0)
  const n = pairs.reduce((total, [, whole]) => total + whole, 0)
  // The rule of three: none of n leaves room for up to 3/n, at 95%.
  if (isShare && numerator === 0) return { value: 0, low: 0, high: tidy(Math.min(1, 3 / n)), n, coverage: 0.95 }
  const { low, high, coverage } = jackknifeInterval(pairs)
  const bounded = { low: Math.max(0, low), high: isShare ? Math.min(1, high) : high, coverage }
  return assemble(numerator / n, bounded, n)
}

function plainNumber(values: readonly number[], overSeeds: 'mean' | 'max'): SummaryValue {
  const n = values.length
  if (overSeeds === 'max') return assemble(Math.max(...values), range(values), n)
  return assemble(values.reduce((total, value) => total + value, 0) / n, meanInterval(values), n)
}

/** A pooled value with the interval of the per-seed values, as far as there are any. */
function withSeeds({ name, value, atLeast }: NamedValue, n: number, cells: readonly CellResult[]): SummaryValue {
  const values = perSeed(name, cells)
  const summary =
    values.length === 0
      ? { value, low: null, high: null, n, coverage: null }
      : assemble(value, orderStatisticsInterval(values), n)
  return atLeast ? { ...summary, atLeast } : summary
}

const assemble = (value: number, { low, high, coverage }: Interval, n: number): SummaryValue => ({
  value: tidy(value),
  low: tidy(low),
  high: tidy(high),
  n,
  coverage: coverage === null ? null : tidy(coverage),
})

function perSeed(name: string, cells: readonly CellResult[]): number[] {
  return cells.flatMap((cell) => cell.measures[name] ?? [])
}

function namesIn(
  cells: readonly CellResult[],
  of: (cell: CellResult) => Readonly<Record<string, unknown>>,
): Set<string> {
  return new Set(cells.flatMap((cell) => Object.keys(of(cell))))
}
