/**
 * A law moved by a constant: the fixed part of a delay (light in fibre, a minimum of work) before the random one. Two random terms are
 * refused by the parser: their sum is a convolution, which has no quantile function that one could tabulate exactly.
 */
import { constant } from './constant.js'
import type { Distribution } from './law.js'

export function shifted(base: Distribution, shift: number): Distribution {
  if (shift === 0) return base
  if (base.constant !== undefined) return constant(base.constant + shift)
  return {
    quantile: (u, tail) => shift + base.quantile(u, tail),
    cdf: (x) => base.cdf(x - shift),
    survival: (x) => base.survival(x - shift),
    mean: shift + base.mean,
    constant: undefined,
    knots: base.knots.map(({ value, mass }) => ({ value: shift + value, mass })),
  }
}
