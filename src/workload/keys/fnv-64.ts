/**
 * FNV-1a with 64 bits over the eight bytes of a number, lowest first, as YCSB scatters items and names keys with it. Two limbs of 32 bits stand
 * for the 64, because a number holds 53. The prime is 2^40 + 435, so its product is a shift and two small products. The absolute
 * value is that of the signed 64 bits, as Java has it (Fowler, Noll and Vo 1991; `Utils.fnvhash64` of YCSB).
 */

const BASIS_HIGH = 0xcbf29ce4
const BASIS_LOW = 0x84222325
/** The prime without its 2^40. */
const PRIME_LOW = 435
const BYTES = 8

export interface Limbs {
  readonly high: number
  readonly low: number
}

/** The absolute value of the hash of a whole number up to 2^53 - 1. */
export function fnv64(value: number): Limbs {
  let high = BASIS_HIGH
  let low = BASIS_LOW
  let rest = value
  for (let byte = 0; byte < BYTES; byte++) {
    low = (low ^ (rest & 0xff)) >>> 0
    rest = Math.floor(rest / 256)
    const product = low * PRIME_LOW
    high = (Math.imul(high, PRIME_LOW) + Math.floor(product / 0x100000000) + (low << 8)) >>> 0
    low = product >>> 0
  }
  if (high < 0x80000000) return { high, low }
  return low === 0 ? { high: -high >>> 0, low } : { high: ~high >>> 0, low: -low >>> 0 }
}

/** What is left of it when divided by `divisor`, at most 2^37. */
export function remainder({ high, low }: Limbs, divisor: number): number {
  const upper = ((high % divisor) * 0x10000 + (low >>> 16)) % divisor
  return (upper * 0x10000 + (low & 0xffff)) % divisor
}
