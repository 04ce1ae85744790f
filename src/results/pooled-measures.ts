/**
 * From pooled quantities to named measures, the same for one cell and for all seeds of a summary: which statistics of a histogram are
 * registered, where a rising share crosses its percentages, and in which unit.
 */
import { type Histogram, lowestAlike } from '../core/histogram.js'
import type { Nanos } from '../core/ids.js'
import { MILLISECOND } from '../core/units.js'
import { measureInfo } from '../measures/index.js'
import {
  type CurvePoint,
  observationCurve,
  risingFit,
  type SharePoint,
  smallestReaching,
} from '../measures/share-curve.js'
import { PERCENTILE_NAMES, quantileOf, STATISTICS, samplesNeeded, statisticOf } from '../measures/statistics.js'
import type { StoredCurve } from './cell-result.js'
import { tidy } from './tidy.js'

export interface NamedValue {
  readonly name: string
  readonly value: number
  /** The value falls among clients giving up, so the true one may be larger. */
  readonly atLeast: boolean
}

/** The registered statistics of the histogram called `quantity` or `quantity@zone`. */
export function histogramMeasures(quantity: string, histogram: Histogram, censoredFrom?: Nanos): NamedValue[] {
  const values: NamedValue[] = []
  for (const statistic of STATISTICS) {
    const name = statisticName(quantity, statistic)
    const value = statisticOf(histogram, statistic)
    if (value === undefined || measureInfo(name) === undefined) continue
    const atLeast = statistic === 'mean' ? censoredFrom !== undefined : isCensored(value, censoredFrom)
    values.push({ name, value: inUnitOf(name, value), atLeast })
  }
  return values
}

/** Whether a value of a histogram falls where clients gave up, or in the bucket in which the first of them did. */
export function isCensored(value: number, censoredFrom: Nanos | undefined): boolean {
  return censoredFrom !== undefined && value >= lowestAlike(censoredFrom)
}

/** The fitted curve, the spread of its observations, and the registered percentiles of a rising share called `name`. */
export function risingResults(
  name: string,
  points: readonly SharePoint[],
): { readonly curves: Record<string, StoredCurve>; readonly measures: readonly NamedValue[] } {
  const fit = risingFit(points)
  return { curves: risingCurves(name, points, fit), measures: risingMeasures(name, fit) }
}

function risingMeasures(name: string, fit: readonly CurvePoint[]): NamedValue[] {
  const values: NamedValue[] = []
  for (const percentile of PERCENTILE_NAMES) {
    const full = `${name}.${percentile}`
    if (measureInfo(full) === undefined) continue
    const value = smallestReaching(fit, quantileOf(percentile), samplesNeeded(percentile))
    if (value !== undefined) values.push({ name: full, value: inUnitOf(full, value), atLeast: false })
  }
  return values
}

/** x in milliseconds. */
function risingCurves(
  name: string,
  points: readonly SharePoint[],
  fit: readonly CurvePoint[],
): Record<string, StoredCurve> {
  const inMilliseconds = (x: number): number => tidy(x / MILLISECOND)
  return {
    [name]: fit.map(({ x, value, n }, i) => ({
      x: inMilliseconds(x),
      value: tidy(value),
      count: (points[i] as SharePoint).count,
      n,
    })),
    [`${name}.reads`]: observationCurve(points).map(({ x, value, n }) => ({
      x: inMilliseconds(x),
      value: tidy(value),
      n,
    })),
  }
}

/** The nanosecond counts behind a stored curve, or `undefined` if it is not a pooled one. */
export function countsOf(curve: StoredCurve): SharePoint[] | undefined {
  const points: SharePoint[] = []
  for (const { x, count, n } of curve) {
    if (count === undefined) return undefined
    points.push({ x: Math.round(x * MILLISECOND), count, n })
  }
  return points
}

/** `read.p99@us` of `read@us`. */
function statisticName(quantity: string, statistic: string): string {
  const [base, zone] = quantity.split('@')
  return zone === undefined ? `${base}.${statistic}` : `${base}.${statistic}@${zone}`
}

/** Of a value in nanoseconds, or in whole versions or copies. */
export function inUnitOf(name: string, value: number): number {
  return tidy(measureInfo(name)?.unit === 'ms' ? value / MILLISECOND : value)
}
