/**
 * The standard normal distribution. Its quantile is Wichura's rational approximation (Algorithm AS 241, PPND16, Applied Statistics 37,
 * 1988), good to one part in 1e16; its cumulative distribution comes from the incomplete gamma function, so the two
 * know nothing of each other and each is a check of the other.
 */
import { log } from '../core/mathematics.js'
import { lowerGamma, upperGamma } from './incomplete-gamma.js'

/** Coefficients of the numerator and the denominator, from the highest power down. */
interface Ratio {
  readonly numerator: readonly number[]
  readonly denominator: readonly number[]
}

/** For |u - 0.5| <= 0.425, in 0.425^2 - (u - 0.5)^2. */
const CENTRE: Ratio = {
  numerator: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
    133.14166789178438, 3.3871328727963665,
  ],
  denominator: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
    42.31333070160091, 1,
  ],
}

/** Beyond it, in r - 1.6 with r = sqrt(-ln tail) <= 5. */
const SHOULDER: Ratio = {
  numerator: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  denominator: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
}

/** For tails below exp(-25), in r - 5. */
const FAR_TAIL: Ratio = {
  numerator: [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
    1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  denominator: [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133, 0.014875361290850615,
    0.1369298809227358, 0.599832206555888, 1,
  ],
}

export function normalQuantile(u: number, tail: number): number {
  const q = u < 0.5 ? u - 0.5 : 0.5 - tail
  if (Math.abs(q) <= 0.425) return q * ratioAt(CENTRE, 0.180625 - q * q)
  const size = tailQuantile(u < 0.5 ? u : tail)
  return q < 0 ? -size : size
}

/** How far out the standard normal has `tail` < 0.075 left. */
function tailQuantile(tail: number): number {
  if (tail <= 0) return Number.POSITIVE_INFINITY
  const r = Math.sqrt(-log(tail))
  return r <= 5 ? ratioAt(SHOULDER, r - 1.6) : ratioAt(FAR_TAIL, r - 5)
}

function ratioAt(ratio: Ratio, x: number): number {
  return horner(ratio.numerator, x) / horner(ratio.denominator, x)
}

function horner(coefficients: readonly number[], x: number): number {
  let sum = 0
  for (const coefficient of coefficients) sum = sum * x + coefficient
  return sum
}

/** P(Z <= z); P(Z > z) is `normalCdf(-z)`. */
export function normalCdf(z: number): number {
  const half = (z * z) / 2
  return z < 0 ? upperGamma(0.5, half) / 2 : 0.5 + lowerGamma(0.5, half) / 2
}
