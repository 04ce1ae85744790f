/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x), and ln Γ. P is the power series left of a + 1 and Q
 * the continued fraction right of it (Abramowitz and Stegun 6.5.29 and 6.5.31, the latter by Lentz's method): each is used
 * where it converges fast, so that the smaller of the two is never a difference. Relative error below 1e-12
 * for a up to 1,000 and 1e-10 up to 10,000, which the law's bound on the shape keeps it to.
 */
import { exp, log } from '../core/mathematics.js'

const TINY = 1e-300
const PRECISION = 1e-16

/** P(a, x): the probability that a gamma variable of shape `a` and scale 1 is at most `x`. */
export function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0
  return x < a + 1 ? series(a, x) : 1 - continuedFraction(a, x)
}

/** Q(a, x) = 1 - P(a, x). */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1
  return x < a + 1 ? 1 - series(a, x) : continuedFraction(a, x)
}

function series(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; term > sum * PRECISION; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum * exp(a * log(x) - x - logGamma(a + 1))
}

function continuedFraction(a: number, x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let fraction = d
  for (let n = 1, factor = 0; Math.abs(factor - 1) > PRECISION * 4; n++) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / awayFromZero(numerator * d + b)
    c = awayFromZero(b + numerator / c)
    factor = d * c
    fraction *= factor
  }
  return fraction * exp(a * log(x) - x - logGamma(a))
}

function awayFromZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x
}

/** ln Γ(x) for x > 0: Stirling's series from 15 on, and Γ(x) = Γ(x + 1) / x below. */
export function logGamma(x: number): number {
  let product = 1
  let y = x
  for (; y < 15; y++) product *= y
  const square = 1 / (y * y)
  const tail = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / y
  return (y - 0.5) * log(y) - y + 0.5 * log(2 * Math.PI) + tail - log(product)
}
