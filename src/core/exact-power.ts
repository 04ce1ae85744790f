/**
 * Powers right to the last bit, for the rare place where that bit decides. `power` of core/mathematics.ts is exp(y log x), whose error grows with
 * y log x; here logarithm and exponential carry twice the digits of a number, as the unevaluated sum of two (double-double arithmetic: Dekker
 * 1971; Hida, Li and Bailey 2001), which leaves an error near 2^-95, and one rounding at the end. It takes microseconds.
 * Left out: infinite, subnormal and exact results, where that rounding could fall the wrong way on a tie.
 */
import { log } from './mathematics.js'

/** high + low, where `low` is at most half a unit in the last place of `high`. */
interface DoubleDouble {
  readonly high: number
  readonly low: number
}

/** 2^27 + 1: parts a number in two halves whose products are exact. */
const SPLITTER = 134_217_729
const LN2: DoubleDouble = { high: Math.LN2, low: 2.3190468138462996e-17 }
/** (ln 2 / 2)^n / n! is less than 2^-105 from here on. */
const TERMS = 22

/** x to the power y for x > 0. */
export function exactPower(x: number, y: number): number {
  return exponential(times(logarithm(x), y)).high
}

/** One step of Newton's method doubles the digits of the plain logarithm. */
function logarithm(x: number): DoubleDouble {
  const near = log(x)
  const ratio = times(exponential({ high: -near, low: 0 }), x)
  const excess = ratio.high - 1 + ratio.low
  return sum(near, excess - (excess * excess) / 2)
}

/** e^x as 2^k e^r, with |r| <= ln 2 / 2, by Horner's scheme. */
function exponential(x: DoubleDouble): DoubleDouble {
  const k = Math.round(x.high / LN2.high)
  const r = plus(x, times(LN2, -k))
  let series: DoubleDouble = { high: 1, low: 0 }
  for (let n = TERMS; n > 0; n--) series = plus({ high: 1, low: 0 }, over(product(series, r), n))
  const factor = powerOfTwo(k)
  return { high: series.high * factor, low: series.low * factor }
}

function powerOfTwo(exponent: number): number {
  let result = 1
  for (let i = Math.abs(exponent); i > 0; i--) result *= exponent < 0 ? 0.5 : 2
  return result
}

/** Exact; |a| >= |b|. */
function sum(a: number, b: number): DoubleDouble {
  const high = a + b
  return { high, low: b - (high - a) }
}

function plus(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = a.high + b.high
  const part = high - a.high
  const low = a.high - (high - part) + (b.high - part)
  return sum(high, low + a.low + b.low)
}

/** Exact. */
function productOf(a: number, b: number): DoubleDouble {
  const high = a * b
  const [a1, a2] = halves(a)
  const [b1, b2] = halves(b)
  return { high, low: a1 * b1 - high + a1 * b2 + a2 * b1 + a2 * b2 }
}

function halves(a: number): readonly [number, number] {
  const scaled = SPLITTER * a
  const upper = scaled - (scaled - a)
  return [upper, a - upper]
}

function product(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const { high, low } = productOf(a.high, b.high)
  return sum(high, low + a.high * b.low + a.low * b.high)
}

function times(a: DoubleDouble, b: number): DoubleDouble {
  return product(a, { high: b, low: 0 })
}

function over(a: DoubleDouble, b: number): DoubleDouble {
  const high = a.high / b
  const { high: whole, low: part } = productOf(high, b)
  return sum(high, (a.high - whole - part + a.low) / b)
}
