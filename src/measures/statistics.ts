/**
 * The statistics that a histogram yields, and when: a percentile needs ten samples beyond it, or it says more about
 * luck than about the system, and is absent. The mean and the extremes need one sample.
 * What a percentile is called (`p99.9`), and how many samples it needs, is decided here for every family.
 */
import type { Histogram } from '../core/histogram.js'
import type { MeasureInfo } from './measure.js'

/** `needs` is ten over the share of samples that lie beyond. */
const PERCENTILES = {
  p1: { quantile: 0.01, needs: 1_000 },
  p50: { quantile: 0.5, needs: 20 },
  p90: { quantile: 0.9, needs: 100 },
  p95: { quantile: 0.95, needs: 200 },
  p99: { quantile: 0.99, needs: 1_000 },
  'p99.9': { quantile: 0.999, needs: 10_000 },
  'p99.99': { quantile: 0.9999, needs: 100_000 },
} as const

export type Percentile = keyof typeof PERCENTILES
export type Statistic = 'mean' | 'min' | 'max' | Percentile

export const STATISTICS = ['mean', 'min', ...(Object.keys(PERCENTILES) as Percentile[]), 'max'] as const
export const PERCENTILE_NAMES = Object.keys(PERCENTILES) as readonly Percentile[]

export const quantileOf = (percentile: Percentile): number => PERCENTILES[percentile].quantile
export const samplesNeeded = (percentile: Percentile): number => PERCENTILES[percentile].needs

/** In the unit of the histogram; `undefined` where there are too few samples. */
export function statisticOf(histogram: Histogram, statistic: Statistic): number | undefined {
  if (histogram.count === 0) return undefined
  if (statistic === 'mean' || statistic === 'min' || statistic === 'max') return histogram[statistic]
  return histogram.count < samplesNeeded(statistic) ? undefined : histogram.quantile(quantileOf(statistic))
}

/** The contracts of several statistics of one quantity. */
export function statisticInfos(
  prefix: string,
  statistics: readonly Statistic[],
  common: Pick<MeasureInfo, 'unit' | 'better'>,
  quantity: string,
): MeasureInfo[] {
  return statistics.map((statistic) => ({
    name: `${prefix}.${statistic}`,
    ...common,
    summary: `${sentenceStart(statistic)} ${quantity}`,
  }))
}

function sentenceStart(statistic: Statistic): string {
  if (statistic === 'mean') return 'Mean of'
  if (statistic === 'min') return 'Minimum of'
  if (statistic === 'max') return 'Maximum of'
  const number = statistic.slice(1)
  return `${number}${number.endsWith('1') ? 'st' : 'th'} percentile of`
}
