/**
 * Lognormal: products of many small factors; the usual shape of network delays and of value sizes. Given by the median, which is what
 * a plot shows, and by sigma, the standard deviation of the logarithm. The mean is median exp(sigma^2 / 2).
 */
import { exp, log } from '../core/mathematics.js'
import { constant } from './constant.js'
import type { ParametricLaw } from './family.js'
import type { Distribution } from './law.js'
import { normalCdf, normalQuantile } from './standard-normal.js'

function lognormal(median: number, sigma: number): Distribution {
  if (sigma === 0) return constant(median)
  return {
    quantile: (u, tail) => median * exp(sigma * normalQuantile(u, tail)),
    cdf: (x) => (x <= 0 ? 0 : normalCdf(log(x / median) / sigma)),
    survival: (x) => (x <= 0 ? 1 : normalCdf(-log(x / median) / sigma)),
    mean: median * exp((sigma * sigma) / 2),
    constant: undefined,
    knots: [{ value: 0, mass: 0 }],
  }
}

export const lognormalLaw: ParametricLaw = {
  form: 'parameters',
  name: 'lognormal',
  summary: 'products of small factors: network delays, value sizes',
  signature: 'lognormal(median sigma)',
  parameters: [
    { name: 'median', dimension: 'quantity', range: 'positive' },
    { name: 'sigma', dimension: 'number', range: 'non-negative' },
  ],
  create: lognormal,
}
