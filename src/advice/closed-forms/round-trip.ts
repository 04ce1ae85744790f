/**
 * The distribution of a round trip, the sum of two independent delays: P(X + Y > t) is the mean of P(X > t - y) over the law of Y, taken by
 * Gauss-Legendre quadrature over the levels of Y. Both tails are divided as finely as the middle, by halves, and cut at the jumps and kinks of Y, so that
 * heavy tails and atoms come out exactly (to 1e-4 of the tail). Y is the delay that has the atoms; where both have some, and that
 * one has more than atoms, the integrand jumps at places that no fixed quadrature knows, and there is no such form.
 */
import type { Law } from '../../distributions/law.js'

/** Halvings of a tail: what is left has a probability of 2^-40. */
const HALVINGS = 40
/** The four-point rule on 0..1. */
const NODES = [0.06943184420297371, 0.33000947820757187, 0.6699905217924281, 0.9305681557970263]
const WEIGHTS = [0.17392742256872692, 0.32607257743127305, 0.32607257743127305, 0.17392742256872692]
/** Parts of each halving. */
const PARTS = 4

export interface RoundTrip {
  /** P(there and back takes longer than `t` nanoseconds). */
  survival(t: number): number
}

interface Point {
  readonly value: number
  readonly weight: number
}

/** Undefined where there is no such form. */
export function roundTrip(there: Law, back: Law): RoundTrip | undefined {
  const [smooth, other] = hasAtoms(there) ? [back, there] : [there, back]
  if (hasAtoms(smooth) && !isDiscrete(other)) return undefined
  const points = pointsOf(other)
  return {
    survival: (t) => points.reduce((sum, { value, weight }) => sum + weight * smooth.survival(t - value), 0),
  }
}

function hasAtoms({ constant, knots }: Law): boolean {
  return constant !== undefined || knots.some(({ mass }) => mass > 0)
}

function isDiscrete({ constant, knots }: Law): boolean {
  return constant !== undefined || knots.reduce((sum, { mass }) => sum + mass, 0) > 1 - 1e-9
}

function pointsOf(law: Law): Point[] {
  if (law.constant !== undefined) return [{ value: law.constant, weight: 1 }]
  const atoms = law.knots.filter(({ mass }) => mass > 0).map(({ value, mass }) => ({ value, weight: mass }))
  return isDiscrete(law) ? atoms : [...half(law, 'lower'), ...half(law, 'upper')]
}

/** By distance from the nearer end of the levels, 0 .. 1/2. */
function half(law: Law, side: 'lower' | 'upper'): Point[] {
  const valueAt = (distance: number): number =>
    side === 'lower' ? law.quantile(distance, 1 - distance) : law.quantile(1 - distance, distance)
  const borders = bordersOf(law, side)
  return borders.slice(1).flatMap((end, i) => {
    const width = end - (borders[i] as number)
    return NODES.map((node, k) => ({
      value: valueAt((borders[i] as number) + node * width),
      weight: (WEIGHTS[k] as number) * width,
    }))
  })
}

function bordersOf(law: Law, side: 'lower' | 'upper'): number[] {
  const borders = [0]
  let last = 0.5
  for (let halving = 0; halving < HALVINGS; halving++, last /= 2) {
    for (let part = 0; part < PARTS; part++) borders.push(last - (part * last) / (2 * PARTS))
  }
  for (const { value, mass } of law.knots) {
    const levels =
      side === 'lower' ? [law.cdf(value) - mass, law.cdf(value)] : [law.survival(value), law.survival(value) + mass]
    borders.push(...levels.filter((level) => level > 0 && level < 0.5))
  }
  return [...new Set(borders)].sort((a, b) => a - b)
}
