/**
 * Weibull: times to failure. Survival exp(-(x / scale)^shape), quantile scale (-ln(1 - u))^(1 / shape). Shape 1 is the exponential, below
 * it failures come early and the tail is heavy, above it they cluster around the scale. The mean is scale Γ(1 + 1 / shape).
 */
import { exp, power } from '../core/mathematics.js'
import { minusLogTail, oneMinusExp } from './complements.js'
import type { ParametricLaw } from './family.js'
import { logGamma } from './incomplete-gamma.js'
import type { Distribution } from './law.js'

function weibull(scale: number, shape: number): Distribution {
  return {
    quantile: (u, tail) => scale * power(minusLogTail(u, tail), 1 / shape),
    cdf: (x) => (x <= 0 ? 0 : oneMinusExp(power(x / scale, shape))),
    survival: (x) => (x <= 0 ? 1 : exp(-power(x / scale, shape))),
    mean: scale * exp(logGamma(1 + 1 / shape)),
    constant: undefined,
    knots: [{ value: 0, mass: 0 }],
  }
}

export const weibullLaw: ParametricLaw = {
  form: 'parameters',
  name: 'weibull',
  summary: 'times to failure; a heavy tail if the shape is below 1',
  signature: 'weibull(scale shape)',
  parameters: [
    { name: 'scale', dimension: 'quantity', range: 'positive' },
    { name: 'shape', dimension: 'number', range: 'positive' },
  ],
  create: weibull,
}
