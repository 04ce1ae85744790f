/**
 * Normal: sums of many small errors, and the offsets of clocks that a synchronisation protocol keeps near zero. As a delay, a
 * size or a count it is cut at 0 by the parser (non-negative.ts), which raises its mean.
 */
import { constant } from './constant.js'
import type { ParametricLaw } from './family.js'
import type { Distribution } from './law.js'
import { normalCdf, normalQuantile } from './standard-normal.js'

function normal(mean: number, deviation: number): Distribution {
  if (deviation === 0) return constant(mean)
  return {
    quantile: (u, tail) => mean + deviation * normalQuantile(u, tail),
    cdf: (x) => normalCdf((x - mean) / deviation),
    survival: (x) => normalCdf((mean - x) / deviation),
    mean,
    constant: undefined,
    knots: [],
  }
}

export const normalLaw: ParametricLaw = {
  form: 'parameters',
  name: 'normal',
  summary: 'sums of small errors, offsets of clocks; a delay of this law is cut at 0',
  signature: 'normal(mean deviation)',
  parameters: [
    { name: 'mean', dimension: 'quantity', range: 'signed' },
    { name: 'deviation', dimension: 'quantity', range: 'non-negative' },
  ],
  create: normal,
}
