/** Exponential increments of 1 ms on average, drawn once: both HOLD and PHOLD walk through this table. */
import { log } from '../core/mathematics.js'
import { RandomStream } from '../core/random.js'

export const TABLE_SIZE = 1 << 12
export const TABLE_MASK = TABLE_SIZE - 1
/** Odd, so that the walk through the table visits every entry, and not in the order in which events were scheduled. */
export const STRIDE = 40_503

const MEAN_NANOS = 1_000_000

export function exponentialIncrements(): Float64Array {
  const random = RandomStream.ofSeed(1)
  return Float64Array.from({ length: TABLE_SIZE }, () => Math.round(-MEAN_NANOS * log(1 - random.float())))
}
