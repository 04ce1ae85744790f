/**
 * A distribution as a curve over the share of samples below, for axes of 1 / (1 - x) as HdrHistogram plots them. Its points are those of
 * HdrHistogram's own percentile iteration with five ticks to each halving of what lies beyond (x = 0, 0.1 … 0.5, 0.55 … 0.75 …), and the percentiles
 * that are measures, with the same values as these. The curve ends with the last point beyond which ten samples lie, as every percentile does.
 */
import type { Histogram } from '../core/histogram.js'
import type { Nanos } from '../core/ids.js'
import { measureInfo } from '../measures/index.js'
import { PERCENTILE_NAMES, quantileOf, samplesNeeded } from '../measures/statistics.js'
import type { StoredCurve } from './cell-result.js'
import { inUnitOf, isCensored } from './pooled-measures.js'
import { tidy } from './tidy.js'

const TICKS_PER_HALVING = 5
const SAMPLES_BEYOND = 10

/** Empty where even the smallest value has fewer than ten above it; `quantity` is one of those with percentiles. */
export function percentileCurve(quantity: string, histogram: Histogram, censoredFrom?: Nanos): StoredCurve {
  const percentiles = PERCENTILE_NAMES.filter((name) => measureInfo(`${quantity}.${name}`) !== undefined)
  const reached = percentiles.filter((name) => histogram.count >= samplesNeeded(name)).map(quantileOf)
  const shares = [...new Set([...ticks(histogram.count), ...reached])].sort((left, right) => left - right)
  return shares.map((x) => {
    const value = histogram.quantile(x)
    const point = { x, value: inUnitOf(`${quantity}.p50`, value), n: histogram.count }
    return isCensored(value, censoredFrom) ? { ...point, atLeast: true as const } : point
  })
}

/** As far as `count` samples bear them. */
function ticks(count: number): number[] {
  const shares: number[] = []
  for (let beyond = 1; beyond * count >= SAMPLES_BEYOND; beyond /= 2) {
    for (let tick = 0; tick < TICKS_PER_HALVING; tick++) {
      const above = beyond * (1 - tick / (2 * TICKS_PER_HALVING))
      if (above * count >= SAMPLES_BEYOND) shares.push(tidy(1 - above))
    }
  }
  return shares
}
