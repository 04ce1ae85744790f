/**
 * Pareto: a power-law tail, as disks and overloaded services show. Survival (scale / x)^shape from the scale on; quantile
 * scale (1 - u)^(-1 / shape). The mean is infinite up to shape 1 and the variance up to shape 2, where averages of samples
 * mean nothing: compare quantiles.
 */
import { log, power } from '../core/mathematics.js'
import { oneMinusExp } from './complements.js'
import type { ParametricLaw } from './family.js'
import type { Distribution } from './law.js'

function pareto(scale: number, shape: number): Distribution {
  return {
    quantile: (_, tail) => (tail > 0 ? scale * power(tail, -1 / shape) : Number.POSITIVE_INFINITY),
    cdf: (x) => (x <= scale ? 0 : oneMinusExp(shape * log(x / scale))),
    survival: (x) => (x <= scale ? 1 : power(scale / x, shape)),
    mean: shape > 1 ? (scale * shape) / (shape - 1) : Number.POSITIVE_INFINITY,
    constant: undefined,
    knots: [{ value: scale, mass: 0 }],
  }
}

export const paretoLaw: ParametricLaw = {
  form: 'parameters',
  name: 'pareto',
  summary: 'a power-law tail from a smallest value, the scale, on',
  signature: 'pareto(scale shape)',
  parameters: [
    { name: 'scale', dimension: 'quantity', range: 'positive' },
    { name: 'shape', dimension: 'number', range: 'positive' },
  ],
  create: pareto,
}
