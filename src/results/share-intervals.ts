/**
 * Intervals of a fitted rising share at each of its points, over seeds; as everywhere the unit of analysis is the seed (intervals.ts).
 *
 * - From six seeds on: the delete-one-seed jackknife of the pooled isotonic fit, with Student's t, within 0..1.
 * - Below: the range of the seeds' own fits, which promises nothing, widened to hold the pooled value, that may lie outside.
 * - Where none or all of a block of the fit were fresh: the rule of three over its observations.
 *
 * A seed has something to say from its first observation on; a fit holds its value until its next point. Left out: how many intervals hold at once.
 */
import { poolShares, risingFit, type SharePoint } from '../measures/share-curve.js'
import { FEWEST_SEEDS, type Interval, jackknifeAround, range } from './intervals.js'

export type Bounds = Pick<Interval, 'low' | 'high'>

/** One for each x of the pooled curve; of each seed its counts. */
export function shareIntervals(seeds: readonly (readonly SharePoint[])[]): Bounds[] {
  const pooled = poolShares(seeds)
  const parts = seeds.filter((points) => points.length > 0).map((points) => spread(points, pooled))
  const own = parts.map(heldFit)
  const without = parts.map((part) => heldFit(remainder(pooled, part)))
  const fit = risingFit(pooled)
  const roomFor = (value: number): number =>
    3 / fit.filter((point) => point.value === value).reduce((sum, { n }) => sum + n, 0)
  const [roomBelow, roomAbove] = [roomFor(1), roomFor(0)]
  return fit.map(({ value }, place) => {
    if (value === 0) return { low: 0, high: Math.min(1, roomAbove) }
    if (value === 1) return { low: Math.max(0, 1 - roomBelow), high: 1 }
    const said = knownAt(own, place)
    return around(value, said.length < FEWEST_SEEDS ? range(said) : jackknifeAround(value, knownAt(without, place)))
  })
}

/** A seed's counts at each x of the pooled curve. */
function spread(points: readonly SharePoint[], pooled: readonly SharePoint[]): SharePoint[] {
  const byX = new Map(poolShares([points]).map((point) => [point.x, point]))
  return pooled.map(({ x }) => byX.get(x) ?? { x, count: 0, n: 0 })
}

function remainder(pooled: readonly SharePoint[], part: readonly SharePoint[]): SharePoint[] {
  return pooled.map(({ x, count, n }, i) => {
    const taken = part[i] as SharePoint
    return { x, count: count - taken.count, n: n - taken.n }
  })
}

/** The fit at each point; where there was no observation that of the last one before, and null where there is none. */
function heldFit(points: readonly SharePoint[]): (number | null)[] {
  const fit = risingFit(points.filter(({ n }) => n > 0))
  let next = 0
  return points.map(({ n }) => {
    if (n > 0) next++
    return fit[next - 1]?.value ?? null
  })
}

const knownAt = (fits: readonly (readonly (number | null)[])[], place: number): number[] =>
  fits.flatMap((fit) => fit[place] ?? [])

const around = (value: number, { low, high }: Bounds): Bounds => ({
  low: Math.max(0, Math.min(value, low)),
  high: Math.min(1, Math.max(value, high)),
})
