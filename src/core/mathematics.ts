// biome-ignore-all lint/plugin/same-numbers-everywhere: logarithms and exponentials are taken here and nowhere else

/**
 * The one place where logarithms and exponentials are taken. ECMAScript leaves their last bits open and `Math.pow` does
 * differ between Node versions, so `power` is exp(y log x), and whoever turns such a value into simulated
 * behaviour first rounds it to a whole unit (nanoseconds, bytes, table entries).
 */

export const log = (x: number): number => Math.log(x)

export const exp = (x: number): number => Math.exp(x)

/** x to the power y, for x >= 0. */
export function power(x: number, y: number): number {
  if (y === 0) return 1
  return Math.exp(y * Math.log(x))
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
