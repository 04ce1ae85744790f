/**
 * Always the same value: a link without jitter, a fixed think time. A spread of zero makes a constant of any other law.
 * Written `constant(1ms)` or just `1ms`. Constants are whole units, so that adding them is exact and an atom of a shifted
 * mixture is found again where it was put.
 */
import type { ParametricLaw } from './family.js'
import type { Distribution } from './law.js'

export function constant(exact: number): Distribution {
  const value = Math.round(exact) + 0
  return {
    quantile: () => value,
    cdf: (x) => (x >= value ? 1 : 0),
    survival: (x) => (x >= value ? 0 : 1),
    mean: value,
    constant: value,
    knots: [{ value, mass: 1 }],
  }
}

export const constantLaw: ParametricLaw = {
  form: 'parameters',
  name: 'constant',
  summary: 'always the same value; the value alone says the same',
  signature: 'constant(value)',
  parameters: [{ name: 'value', dimension: 'quantity', range: 'signed', whole: true }],
  create: constant,
}
