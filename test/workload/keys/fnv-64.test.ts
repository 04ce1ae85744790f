/** The hash against what Java's 64-bit arithmetic gives, and against the same in BigInt; remainders of 64 bits by two limbs. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.js'
import { fnv64, type Limbs, remainder } from '../../../src/workload/keys/fnv-64.js'

const wholeOf = ({ high, low }: Limbs): bigint => (BigInt(high) << 32n) + BigInt(low)

function reference(value: number): bigint {
  let hash = 0xcbf29ce484222325n
  for (let byte = 0n; byte < 8n; byte++) {
    hash = BigInt.asUintN(64, (hash ^ ((BigInt(value) >> (8n * byte)) & 0xffn)) * 1099511628211n)
  }
  const signed = BigInt.asIntN(64, hash)
  return signed < 0n ? -signed : signed
}

describe('fnv64', () => {
  it.each([
    [0, '6284781860667377211'],
    [1, '8517097267634966620'],
    [255, '8064062821143829734'],
    [256, '2056600594528442646'],
    [65535, '8476454546330126581'],
    [123456789, '2350796791908741607'],
    [4294967295, '5673037472935113441'],
    [4294967296, '634246865027890484'],
    [9999999999, '3605131173811637474'],
    [10000000000, '1201321332300452516'],
    [9007199254740991, '8320194101659580432'],
  ])('of %d is %s, as in Java', (value, hash) => {
    expect(String(wholeOf(fnv64(value)))).toBe(hash)
  })

  it('is the same as in whole numbers', () => {
    const random = RandomStream.ofSeed(1)
    for (let i = 0; i < 2000; i++) {
      const value = Math.floor(random.float() * 2 ** (1 + random.below(53)))
      expect(wholeOf(fnv64(value)), String(value)).toBe(reference(value))
    }
  })
})

describe('remainder', () => {
  it('divides 64 bits', () => {
    const random = RandomStream.ofSeed(2)
    for (let i = 0; i < 2000; i++) {
      const limbs = { high: random.next() >>> 1, low: random.next() }
      const divisor = 1 + Math.floor(random.float() * 2 ** random.below(38))
      expect(BigInt(remainder(limbs, divisor))).toBe(wholeOf(limbs) % BigInt(divisor))
    }
  })
})
