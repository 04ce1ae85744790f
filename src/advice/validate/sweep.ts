/**
 * How the paper found its t-visibility (Bailis et al. 2012, table 4; its plotting script): t goes up step by step, each step is estimated from 50,000 trials
 * of its own, and the first estimate of at least 99.9% ends it. So it stops early, the more so the finer the step: the published t are 2 to 13%
 * below the quantile. A step ends it if at most 50 of its trials are stale, a binomial probability, so the distribution of what the sweep
 * finds is known from the curve without a single draw.
 */
import { exp, log } from '../../core/mathematics.js'

const TRIALS = 50_000
const MOST_STALE = 50

/** Central share of what the sweep finds that must hold the published value. */
const CENTRAL = 0.999

export interface SweepResult {
  /** In the unit of the steps. */
  readonly median: number
  readonly low: number
  readonly high: number
}

/** `staleAt` is P(stale) at a number of steps, and falls to below 0.1%. */
export function sweep(step: number, staleAt: (t: number) => number): SweepResult {
  const wanted = [(1 - CENTRAL) / 2, 0.5, (1 + CENTRAL) / 2]
  const found: number[] = []
  let goesOn = 1
  for (let i = 0; found.length < wanted.length; i++) {
    goesOn *= 1 - endsAt(staleAt(i * step))
    while (found.length < wanted.length && 1 - goesOn >= (wanted[found.length] as number)) found.push(i * step)
  }
  const [low, median, high] = found as [number, number, number]
  return { low, median, high }
}

/** P(at most 50 of 50,000 trials are stale). */
export function endsAt(stale: number): number {
  if (stale === 0) return 1
  let term = exp(TRIALS * log(1 - stale))
  // Then the whole is less than 1e-200.
  if (term === 0) return 0
  let sum = term
  for (let k = 1; k <= MOST_STALE; k++) {
    term *= ((TRIALS - k + 1) / k) * (stale / (1 - stale))
    sum += term
  }
  return sum
}
