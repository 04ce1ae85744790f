/**
 * Powers to the last bit, against the same in whole numbers: logarithm and exponential as series over 2^-240, so that rounding to 53 bits
 * comes once, at the end. Then that it matters: the plain power misses where this one does not.
 */
import { describe, expect, it } from 'vitest'
import { exactPower } from '../../src/core/exact-power.js'
import { power } from '../../src/core/mathematics.js'
import { RandomStream } from '../../src/core/random.js'

const BITS = 240n
const ONE = 1n << BITS

/** A number as so many units of 2^-240; exact for those from 2^-180 on. */
function fixed(x: number): bigint {
  let exponent = 0
  let whole = x
  while (!Number.isInteger(whole)) {
    whole *= 2
    exponent++
  }
  return (BigInt(whole) << BITS) >> BigInt(exponent)
}

/** ln x = 2 artanh((x - 1) / (x + 1)), after x was brought near 1 by halving. */
function logarithm(x: bigint): bigint {
  let [near, doublings] = [x, 0n]
  for (; near > (3n * ONE) / 2n; doublings++) near /= 2n
  for (; near < (3n * ONE) / 4n; doublings--) near *= 2n
  return artanhSeries(near) + doublings * artanhSeries(2n * ONE)
}

function artanhSeries(x: bigint): bigint {
  const z = ((x - ONE) << BITS) / (x + ONE)
  const square = (z * z) >> BITS
  let [term, sum] = [z, 0n]
  for (let n = 1n; term !== 0n && term !== -1n; n += 2n) {
    sum += term / n
    term = (term * square) >> BITS
  }
  return 2n * sum
}

function exponential(x: bigint): bigint {
  let [term, sum] = [ONE, 0n]
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    sum += term
    term = ((term * x) >> BITS) / n
  }
  return sum
}

/** `Number` rounds to the nearest, ties to even. */
function reference(x: number, y: number): number {
  const product = (logarithm(fixed(x)) * fixed(y)) >> BITS
  return Number(product < 0n ? (ONE * ONE) / exponential(-product) : exponential(product)) / 2 ** 240
}

describe('exactPower', () => {
  const random = RandomStream.ofSeed(1)
  const cases = Array.from({ length: 300 }, (_, i) =>
    i % 3 === 0 ? [0.8 + 0.2 * random.float(), 1 / (1 - 0.99)] : [10 * random.float() + 1e-3, 20 * random.float()],
  ) as [number, number][]

  it('is right to the last bit', () => {
    for (const [x, y] of cases) expect(exactPower(x, y), `${x}^${y}`).toBe(reference(x, y))
  })

  it('is so where the plain power is not', () => {
    expect(cases.filter(([x, y]) => power(x, y) !== reference(x, y)).length).toBeGreaterThan(100)
  })

  it('knows the ends', () => {
    expect([exactPower(1, 100), exactPower(5, 0), exactPower(2, 0.5), exactPower(1e-5, 0.01)]).toEqual([
      1,
      1,
      Math.SQRT2,
      0.8912509381337456,
    ])
  })
})
