/**
 * `throughput.max`: what a variant sustains, where `workload.arrivals` is an axis. Its points are put in order of the rate that was offered, and
 * the largest counts up to which no point was saturated, so that one lucky point beyond the knee does not. A point is
 * saturated if at least half of its seeds are: more seeds make the figure surer and not smaller.
 *
 * The interval is what the axis and the seeds leave open: from the largest rate up to which not one seed was saturated, to the smallest beyond at
 * which every seed was, or else the largest tried. If even the largest rate tried was sustained the value is a lower bound, and if even
 * the smallest was not there is none. Other axes keep their points apart: each has a figure of its own, which all its summaries carry.
 */
import { inRegisteredOrder } from './collect.js'
import type { Summary, SummaryValue } from './summary.js'

/** The axis of offered rates, as `Summary.axes` calls it. */
const RATE_AXIS = 'workload.arrivals'
const MEASURE = 'throughput.max'

interface RatePoint {
  readonly offered: number
  readonly seeds: number
  readonly saturated: number
}

/** The same summaries, with the measure where there is one. */
export function withCapacity(summaries: readonly Summary[]): Summary[] {
  const capacities = new Map<string, SummaryValue>()
  for (const [key, group] of overRates(summaries)) {
    const capacity = capacityOf(group.flatMap(ratePointOf))
    if (capacity !== undefined) capacities.set(key, capacity)
  }
  return summaries.map((summary) => {
    const capacity = RATE_AXIS in summary.axes ? capacities.get(keyOf(summary)) : undefined
    if (capacity === undefined) return summary
    const measures = new Map([...Object.entries(summary.measures), [MEASURE, capacity]])
    return { ...summary, measures: inRegisteredOrder(measures) }
  })
}

/** The summaries that differ in nothing but the offered rate, each group by what it has in common. */
export function overRates(summaries: readonly Summary[]): ReadonlyMap<string, readonly Summary[]> {
  const groups = new Map<string, Summary[]>()
  for (const summary of summaries) {
    if (!(RATE_AXIS in summary.axes)) continue
    groups.set(keyOf(summary), [...(groups.get(keyOf(summary)) ?? []), summary])
  }
  return groups
}

/** The axes but that of offered rates. */
export function otherAxes({ axes }: Summary): Summary['axes'] {
  return Object.fromEntries(Object.entries(axes).filter(([path]) => path !== RATE_AXIS))
}

const keyOf = (summary: Summary): string => JSON.stringify([summary.variant, otherAxes(summary)])

/** None where every cell failed. */
function ratePointOf({ measures, seeds, flags }: Summary): RatePoint[] {
  const offered = measures['throughput.offered']?.value
  return offered === undefined ? [] : [{ offered, seeds: seeds.length, saturated: flags['saturated'] ?? 0 }]
}

function capacityOf(unordered: readonly RatePoint[]): SummaryValue | undefined {
  const points = unordered.toSorted((left, right) => left.offered - right.offered)
  const sustained = lengthWhile(points, ({ seeds, saturated }) => 2 * saturated < seeds)
  const best = points[sustained - 1]
  if (best === undefined) return undefined
  const surely = points[lengthWhile(points, ({ saturated }) => saturated === 0) - 1]
  const beyond = points.slice(sustained).find(({ seeds, saturated }) => saturated === seeds) ?? points.at(-1)
  return {
    value: best.offered,
    low: surely?.offered ?? 0,
    high: (beyond as RatePoint).offered,
    n: best.seeds,
    coverage: null,
    ...(sustained === points.length ? { atLeast: true } : {}),
  }
}

/** How many of the first ones are so. */
function lengthWhile(points: readonly RatePoint[], isSo: (point: RatePoint) => boolean): number {
  const end = points.findIndex((point) => !isSo(point))
  return end < 0 ? points.length : end
}
