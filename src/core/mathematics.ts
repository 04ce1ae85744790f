// biome-ignore-all lint/plugin/same-numbers-everywhere: logarithms and exponentials are taken here and nowhere else

/**
 * The one place where logarithms and exponentials are taken. ECMAScript leaves their last bits open and `Math.pow` does
 * differ between Node versions, so `power` is exp(y log x), and whoever turns such a value into simulated
 * behaviour first rounds it to a whole unit (nanoseconds, bytes, table entries). The cosine is open likewise and is summed here
 * from products, which IEEE 754 fixes to the last bit.
 */

/** Of an angle of at most half pi; the term after it is below 2e-17. */
const LAST_POWER = 20

export const log = (x: number): number => Math.log(x)

export const exp = (x: number): number => Math.exp(x)

/** x to the power y, for x >= 0. */
export function power(x: number, y: number): number {
  if (y === 0) return 1
  return Math.exp(y * Math.log(x))
}

/** Of the angle that is so many turns, to within 1e-15: Taylor's series up to the quarter turn, the rest by symmetry. */
export function cosineOfTurns(turns: number): number {
  const fraction = Math.abs(turns - Math.round(turns))
  const isObtuse = fraction > 0.25
  const angle = 2 * Math.PI * (isObtuse ? 0.5 - fraction : fraction)
  let sum = 1
  for (let n = LAST_POWER; n > 0; n -= 2) sum = 1 - (sum * angle * angle) / (n * (n - 1))
  return isObtuse ? -sum : sum
}

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value
}

/** The smallest power of two that is at least `value`. */
export function ceilPowerOfTwo(value: number): number {
  let result = 1
  while (result < value) result *= 2
  return result
}
