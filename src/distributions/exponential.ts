/**
 * The law without memory: times between independent arrivals, and the service times of textbook queues. Quantile
 * -mean ln(1 - u). Given by its mean, not its rate, so that its argument has the unit of what is drawn.
 */
import { exp } from '../core/mathematics.js'
import { minusLogTail, oneMinusExp } from './complements.js'
import { constant } from './constant.js'
import type { ParametricLaw } from './family.js'
import type { Distribution } from './law.js'

function exponential(mean: number): Distribution {
  if (mean === 0) return constant(0)
  return {
    quantile: (u, tail) => mean * minusLogTail(u, tail),
    cdf: (x) => (x <= 0 ? 0 : oneMinusExp(x / mean)),
    survival: (x) => (x <= 0 ? 1 : exp(-x / mean)),
    mean,
    constant: undefined,
    knots: [{ value: 0, mass: 0 }],
  }
}

export const exponentialLaw: ParametricLaw = {
  form: 'parameters',
  name: 'exponential',
  summary: 'without memory: times between independent arrivals, textbook service times',
  signature: 'exponential(mean)',
  parameters: [{ name: 'mean', dimension: 'quantity', range: 'non-negative' }],
  create: exponential,
}
