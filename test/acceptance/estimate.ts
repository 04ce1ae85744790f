/**
 * The comparison of an estimate with a closed form. A tolerance is z standard errors plus a stated bias of the model; at z = 4 a normal
 * estimate fails by chance once in 16,000, so a table of sixteen fails once in a thousand runs with fresh seeds. `quorate validate` has
 * the same estimates in one table, with a z for the whole of it.
 */
import { expect } from 'vitest'
import type { Estimate } from '../../src/advice/validate/estimate.js'

const Z = 4

/** `bias` is what the model or the truth may be off by, in the unit of the value. */
export function expectTruth(name: string, { measured, spread, n }: Estimate, truth: number, bias = 0): void {
  const { standardError } = spread
  const told = `${name}: ${measured}, expected ${truth}; n = ${n}, standard error ${standardError.toPrecision(3)}`
  expect(Math.abs(measured - truth), told).toBeLessThanOrEqual(Z * standardError + bias)
}
