/** Powers at the edges, and agreement with the built-in within what rounding the logarithm costs. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ceilPowerOfTwo, clamp, cosineOfTurns, exp, log, power } from '../../src/core/mathematics.js'

describe('power', () => {
  it.each([
    [0, 0, 1],
    [0, 2, 0],
    [0, 0.5, 0],
    [0, -1, Number.POSITIVE_INFINITY],
    [5, 0, 1],
    [1, 1e300, 1],
    [1, -3.7, 1],
    [2, -2000, 0],
    [2, 2000, Number.POSITIVE_INFINITY],
  ])('%d to the power %d is %d', (x, y, result) => {
    expect(power(x, y)).toBe(result)
  })

  it('is x to the power y but for the rounding of y log x', () => {
    const base = fc.double({ min: 1e-9, max: 1e9, noNaN: true })
    const exponent = fc.double({ min: -10, max: 10, noNaN: true })
    fc.assert(
      fc.property(base, exponent, (x, y) => {
        const expected = x ** y
        const allowed = 4 * Number.EPSILON * (1 + Math.abs(y * log(x)))
        return Math.abs(power(x, y) - expected) <= allowed * expected
      }),
      { seed: 1 },
    )
  })
})

it('log and exp undo each other', () => {
  for (const x of [1e-9, 0.5, 1, 2, 1e9]) expect(exp(log(x)) / x).toBeCloseTo(1, 13)
  expect([exp(0), log(1), exp(1)]).toEqual([1, 0, Math.E])
})

describe('the cosine', () => {
  it.each([
    [0, 1],
    [0.25, 0],
    [0.5, -1],
    [0.75, 0],
    [1, 1],
    [-1000.5, -1],
  ])('of %d turns is %d', (turns, result) => {
    expect(cosineOfTurns(turns)).toBeCloseTo(result, 15)
  })

  it('is the built-in one to within rounding', () => {
    for (let i = -2000; i <= 2000; i++) {
      expect(Math.abs(cosineOfTurns(i / 1000) - Math.cos((2 * Math.PI * i) / 1000))).toBeLessThan(4e-15)
    }
  })
})

it.each([
  [5, 0, 10, 5],
  [-1, 0, 10, 0],
  [11, 0, 10, 10],
  [10, 0, 10, 10],
  [7, 3, 3, 3],
])('clamp takes %d between %d and %d to %d', (value, low, high, result) => {
  expect(clamp(value, low, high)).toBe(result)
})

it.each([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 4],
  [64, 64],
  [65, 128],
  [2 ** 31 + 1, 2 ** 32],
])('the smallest power of two that is at least %d is %d', (value, result) => {
  expect(ceilPowerOfTwo(value)).toBe(result)
})
