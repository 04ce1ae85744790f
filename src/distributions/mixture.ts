/**
 * One of several laws, each with its probability: a cache that hits or misses, a disk that sometimes seeks. Its cdf is the weighted sum
 * of theirs; its quantile is found between two neighbouring knots, where the sum is smooth, as a root of the logarithm
 * of the nearer tail. Invariants: an atom is returned exactly, and for exactly the levels that it covers; a level
 * between two atoms is never answered with a value in the gap between them.
 */
import { log } from '../core/mathematics.js'
import { invert } from './invert.js'
import type { Distribution, Knot } from './law.js'
import { firstIndex } from './search.js'

/** Stands for infinity in brackets; far beyond anything that is drawn. */
const FARTHEST = 1e30

export interface Part {
  /** Positive; those of a mixture sum to 1. */
  readonly weight: number
  readonly of: Distribution
}

/** A knot with the levels of the mixture on both sides of it. */
interface Step extends Knot {
  readonly cdfBelow: number
  readonly cdf: number
  /** P(X >= value). */
  readonly survivalBelow: number
  readonly survival: number
}

export function mixture(parts: readonly Part[]): Distribution {
  const sum = (of: (law: Distribution) => number) => parts.reduce((total, part) => total + part.weight * of(part.of), 0)
  const cdf = (x: number) => sum((law) => law.cdf(x))
  const survival = (x: number) => sum((law) => law.survival(x))
  const steps = mergedKnots(parts).map(({ value, mass }): Step => {
    const below = cdf(value)
    const above = survival(value)
    return { value, mass, cdfBelow: below - mass, cdf: below, survivalBelow: above + mass, survival: above }
  })
  return {
    quantile: (u, tail) => quantileOf(parts, steps, cdf, survival, u, tail),
    cdf,
    survival,
    mean: sum((law) => law.mean),
    constant: undefined,
    knots: steps,
  }
}

/** All knots of the parts in rising order; the masses of equal ones are added. */
function mergedKnots(parts: readonly Part[]): Knot[] {
  const masses = new Map<number, number>()
  for (const { weight, of } of parts) {
    for (const { value, mass } of of.knots) masses.set(value, (masses.get(value) ?? 0) + weight * mass)
  }
  return [...masses].map(([value, mass]) => ({ value, mass })).sort((a, b) => a.value - b.value)
}

function quantileOf(
  parts: readonly Part[],
  steps: readonly Step[],
  cdf: (x: number) => number,
  survival: (x: number) => number,
  u: number,
  tail: number,
): number {
  const ends = parts.map((part) => part.of.quantile(u, tail))
  if (u <= 0) return Math.min(...ends)
  if (tail <= 0) return Math.max(...ends)
  const lower = u < 0.5
  const next = firstIndex(steps.length, (i) => (lower ? u < steps[i].cdf : tail >= steps[i].survival))
  const step = steps[next]
  if (step?.mass > 0 && (lower ? u >= step.cdfBelow : tail < step.survivalBelow)) return step.value
  const low = Math.max(Math.min(...ends), next > 0 ? steps[next - 1].value : -FARTHEST)
  const high = Math.min(Math.max(...ends), step?.value ?? FARTHEST)
  if (low >= high) return low
  return invert(lower ? (x) => log(cdf(x) / u) : (x) => log(survival(x) / tail), low, high)
}
