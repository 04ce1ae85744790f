/** A geometric law of ages cut at the oldest record, by chi-square, and the percentage that its options name. */
import { describe, expect, it } from 'vitest'
import { exponential } from '../../../src/workload/keys/exponential.js'
import { Records } from '../../../src/workload/records.js'
import { expectFit, normalised } from './fits.js'

const DEFAULTS = { operations: 0.95, records: 0.8571428571 }

/** Of `count` records, when `loaded` were there at first; ages are whole parts of exponential ones. */
function law(count: number, loaded: number, { operations, records }: typeof DEFAULTS): readonly number[] {
  const rate = -Math.log(1 - operations) / (records * loaded)
  const ofAge = (age: number): number => Math.exp(-rate * age) - Math.exp(-rate * (age + 1))
  return normalised(Array.from({ length: count }, (_, record) => ofAge(count - 1 - record)))
}

describe('exponential', () => {
  it.each([
    [1000, DEFAULTS],
    [1000, { operations: 0.5, records: 0.01 }],
    [50, { operations: 0.01, records: 1 }],
    [1, DEFAULTS],
  ])('among %d records with %o fits its law', (count, options) => {
    if (count > 1) expectFit(exponential.create(new Records(count), options), law(count, count, options), 1)
    else expectFit(exponential.create(new Records(2), options), law(2, 2, options), 1)
  })

  it('has the percentage that it names on the newest part, but for what lay beyond the oldest', () => {
    const probabilities = law(100_000, 100_000, { operations: 0.9, records: 0.1 })
    const newest = probabilities.slice(90_000).reduce((sum, one) => sum + one, 0)
    expect(newest).toBeCloseTo(0.9, 6)
  })

  it('moves on with the newest record and keeps its scale', () => {
    const records = new Records(500)
    const chooser = exponential.create(records, DEFAULTS)
    for (let i = 0; i < 700; i++) records.insert()
    expectFit(chooser, law(1200, 500, DEFAULTS), 2)
  })

  it('has the defaults of YCSB, and needs a law with a scale', () => {
    expect(exponential.options.parse({})).toEqual(DEFAULTS)
    for (const operations of ['0%', '100%', 0.95])
      expect(exponential.options.safeParse({ operations }).success).toBe(false)
  })
})
