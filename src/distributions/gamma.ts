/**
 * Gamma: the time that `shape` exponential steps of mean `scale` take (Erlang's law for a whole shape). It has no closed quantile, so the
 * quantile is the root of the logarithm of the nearer tail as a function of ln x, which is nearly a straight line
 * at both ends. Beyond shape 10,000 the incomplete gamma function is slow and the law is a normal one to all eyes.
 */
import { exp, log } from '../core/mathematics.js'
import type { ParametricLaw } from './family.js'
import { logGamma, lowerGamma, upperGamma } from './incomplete-gamma.js'
import { invert } from './invert.js'
import type { Distribution } from './law.js'

function gamma(shape: number, scale: number): Distribution {
  return {
    quantile: (u, tail) => scale * standardQuantile(shape, u, tail),
    cdf: (x) => lowerGamma(shape, x / scale),
    survival: (x) => upperGamma(shape, x / scale),
    mean: shape * scale,
    constant: undefined,
    knots: [{ value: 0, mass: 0 }],
  }
}

function standardQuantile(shape: number, u: number, tail: number): number {
  if (tail <= 0) return Number.POSITIVE_INFINITY
  // P(a, x) <= x^a / Γ(a + 1) bounds the root from below, and for so small an x as this it is the root.
  const lowest = (log(u) + logGamma(shape + 1)) / shape
  if (lowest < -300) return exp(lowest)
  let high = Math.max(2 * shape, 1)
  while (upperGamma(shape, high) > tail) high *= 2
  const error =
    u < 0.5
      ? (logarithm: number) => log(lowerGamma(shape, exp(logarithm)) / u)
      : (logarithm: number) => log(upperGamma(shape, exp(logarithm)) / tail)
  return exp(invert(error, lowest, log(high)))
}

export const gammaLaw: ParametricLaw = {
  form: 'parameters',
  name: 'gamma',
  summary: 'the time that several exponential steps take',
  signature: 'gamma(shape scale)',
  parameters: [
    { name: 'shape', dimension: 'number', range: 'positive', largest: 10_000 },
    { name: 'scale', dimension: 'quantity', range: 'positive' },
  ],
  create: gamma,
}
