/**
 * -ln(1 - u) and 1 - e^-y without the loss of digits that the plain formulas have near 0. Both divide out the rounding of the
 * inner expression, which the logarithm sees as well (Kahan's method; Higham, Accuracy and Stability of Numerical Algorithms, 1.14.1),
 * so they need nothing but `log` and `exp`.
 */
import { exp, log } from '../core/mathematics.js'

/** -ln(1 - u), from whichever of `u` and `tail` = 1 - u is known better. */
export function minusLogTail(u: number, tail: number): number {
  if (u >= 0.5) return tail > 0 ? -log(tail) : Number.POSITIVE_INFINITY
  const rounded = 1 - u
  return rounded === 1 ? u : (-log(rounded) * u) / (1 - rounded)
}

/** 1 - e^-y, for y >= 0. */
export function oneMinusExp(y: number): number {
  const rounded = exp(-y)
  if (rounded === 1) return y
  return rounded < 0.5 ? 1 - rounded : ((rounded - 1) * y) / log(rounded)
}
