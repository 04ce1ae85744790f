/**
 * Intervals over seeds. The unit of analysis is the seed: runs of different seeds are independent, operations within a run are
 * not, so latencies are never resampled.
 *
 * - Percentiles: order statistics of the per-seed values, which cover their median exactly whatever the distribution.
 * - Ratios of sums: the jackknife over seeds (Tukey 1958), with Student's t.
 * - Means: Student's t.
 *
 * All aim at 95% and say what they cover. Six seeds are the fewest whose extremes cover 95% (1 - 2^-5); below six the range
 * is given, which promises nothing.
 */

export interface Interval {
  readonly low: number
  readonly high: number
  /** The probability that such an interval contains the true value; null for a mere range. */
  readonly coverage: number | null
}

const TARGET = 0.95
export const FEWEST_SEEDS = 6

export function range(values: readonly number[]): Interval {
  return { low: Math.min(...values), high: Math.max(...values), coverage: null }
}

/** For the median of what the values are drawn from: the i-th smallest to the i-th largest, i as large as 95% allow. */
export function orderStatisticsInterval(values: readonly number[]): Interval {
  const n = values.length
  if (n < FEWEST_SEEDS) return range(values)
  const sorted = [...values].sort((left, right) => left - right)
  let depth = 1
  while (orderStatisticsCoverage(n, depth + 1) >= TARGET) depth++
  return {
    low: sorted[depth - 1] as number,
    high: sorted[n - depth] as number,
    coverage: orderStatisticsCoverage(n, depth),
  }
}

/** P(the median lies between the `depth`-th smallest and the `depth`-th largest of n) = 1 - 2 P(Bin(n, 1/2) < depth). */
export function orderStatisticsCoverage(n: number, depth: number): number {
  let term = 1
  for (let i = 0; i < n; i++) term /= 2
  let below = 0
  for (let i = 0; i < depth; i++) {
    below += term
    term *= (n - i) / (i + 1)
  }
  return 1 - 2 * below
}

/** For a mean. */
export function meanInterval(values: readonly number[]): Interval {
  const n = values.length
  if (n < FEWEST_SEEDS) return range(values)
  const mean = sum(values) / n
  const variance = sum(values.map((value) => (value - mean) * (value - mean))) / (n - 1)
  return around(mean, Math.sqrt(variance / n), n - 1)
}

/** For the ratio of the sums of numerators and denominators, one pair for each seed. */
export function jackknifeInterval(pairs: readonly (readonly [number, number])[]): Interval {
  const usable = pairs.filter(([, denominator]) => denominator > 0)
  const n = usable.length
  if (n < FEWEST_SEEDS) return range(usable.map(([numerator, denominator]) => numerator / denominator))
  const numerators = sum(usable.map(([numerator]) => numerator))
  const denominators = sum(usable.map(([, denominator]) => denominator))
  const without = usable.map(([numerator, denominator]) => (numerators - numerator) / (denominators - denominator))
  return jackknifeAround(numerators / denominators, without)
}

/** For what all seeds together give; `without` has what is left of it without each of them. */
export function jackknifeAround(together: number, without: readonly number[]): Interval {
  const n = without.length
  const centre = sum(without) / n
  const variance = ((n - 1) / n) * sum(without.map((value) => (value - centre) * (value - centre)))
  return around(together, Math.sqrt(variance), n - 1)
}

function around(centre: number, standardError: number, freedom: number): Interval {
  const reach = studentQuantile(freedom) * standardError
  return { low: centre - reach, high: centre + reach, coverage: TARGET }
}

/** Student's t with so many degrees of freedom lies between minus this and this with probability `central`. */
export function studentQuantile(freedom: number, central: number = TARGET): number {
  let low = 0
  let high = 13
  while (studentCentral(high, freedom) < central) high *= 2
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (studentCentral(middle, freedom) < central) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** P(|T| < t): the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4, exact for whole degrees of freedom. */
function studentCentral(t: number, freedom: number): number {
  const cosineSquared = freedom / (freedom + t * t)
  const sine = t / Math.sqrt(freedom + t * t)
  const odd = freedom % 2 === 1
  let term = odd ? Math.sqrt(cosineSquared) : 1
  let series = freedom === 1 ? 0 : term
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= (cosineSquared * (k - 1)) / k
    series += term
  }
  return odd ? (2 / Math.PI) * (Math.atan(t / Math.sqrt(freedom)) + sine * series) : sine * series
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
