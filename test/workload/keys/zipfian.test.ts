/**
 * The alias table, read off through the draws themselves: a stream that says which column and which 32 bits come next finds each threshold by
 * bisection. The probability of every record then is within half of 2^-32 (each column is rounded once), whatever the skew. Then what real streams draw, by chi-square
 * (chi-square.ts; 8 scores).
 */
import { describe, expect, it } from 'vitest'
import { power } from '../../../src/core/mathematics.js'
import { type Random, RandomStream } from '../../../src/core/random.js'
import type { KeyChooser } from '../../../src/workload/keys/key-distribution.js'
import { zipfian } from '../../../src/workload/keys/zipfian.js'
import { Records } from '../../../src/workload/records.js'
import { CRITICAL, chiSquareScore } from '../../chi-square.js'
import { expectFit } from './fits.js'

const DRAWS = 1 << 18

/** A stream that gives one column and one word. */
function scripted(column: number, word: number): Random {
  const unused = (): never => expect.fail('a key takes one column and one word.')
  return { below: () => column, next: () => word, float: unused, fork: unused }
}

/** Below how many of 2^32 words a column gives its own record. */
function thresholdOf(chooser: KeyChooser, column: number): number {
  let low = 0
  let high = 2 ** 32
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (chooser.nextForRead(scripted(column, middle)) === column) low = middle + 1
    else high = middle
  }
  return low
}

/** The probability of each record, in units of 2^-32 over the number of columns: whole numbers, so that sums are exact. */
function masses(chooser: KeyChooser, records: number): Float64Array {
  const result = new Float64Array(records)
  const add = (record: number, mass: number): void => {
    result[record] = (result[record] as number) + mass
  }
  for (let column = 0; column < records; column++) {
    const threshold = thresholdOf(chooser, column)
    add(column, threshold)
    if (threshold < 2 ** 32) add(chooser.nextForRead(scripted(column, 2 ** 32 - 1)), 2 ** 32 - threshold)
  }
  return result
}

function law(records: number, theta: number): number[] {
  const weights = Array.from({ length: records }, (_, i) => power(i + 1, -theta))
  const total = weights.toReversed().reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

describe.each([
  [1, 0.99],
  [2, 0.99],
  [3, 0],
  [1000, 0],
  [1000, 0.5],
  [1000, 0.99],
  [1000, 1],
  [1000, 2],
  [1000, 10],
  [20_000, 0.99],
])('%d records at theta %d', (records, theta) => {
  it('have probabilities 1 / i^theta / H to 2^-32', () => {
    const mass = masses(zipfian.create(new Records(records), { theta }), records)
    expect(mass.reduce((sum, one) => sum + one, 0)).toBe(records * 2 ** 32)
    law(records, theta).forEach((probability, record) => {
      const error = Math.abs((mass[record] as number) / records - probability * 2 ** 32)
      expect(error, `record ${record}`).toBeLessThan(0.51)
    })
  })
})

describe.each([
  [100, 0],
  [100, 0.99],
  [1000, 0.5],
  [50, 2],
])('draws among %d records at theta %d', (records, theta) => {
  it.each(['nextForRead', 'nextForWrite'] as const)('fit the law by %s', (next) => {
    const chooser = zipfian.create(new Records(records), { theta })
    const random = RandomStream.ofSeed(11)
    const counts = new Float64Array(records)
    for (let i = 0; i < DRAWS; i++) {
      const record = chooser[next](random)
      counts[record] = (counts[record] as number) + 1
    }
    const expected = law(records, theta).map((probability) => probability * DRAWS)
    expect(chiSquareScore(counts, expected)).toBeLessThan(CRITICAL)
  })
})

describe('zipfian', () => {
  it('never draws a record that 2^32 words are too few for', () => {
    expect(masses(zipfian.create(new Records(1000), { theta: 10 }), 1000)[999]).toBe(0)
  })

  it('is the same law whether or not its table was built before, and others in between', () => {
    const draw = (records: number): number[] => {
      const chooser = zipfian.create(new Records(records), { theta: 0.99 })
      const random = RandomStream.ofSeed(5)
      return Array.from({ length: 50 }, () => chooser.nextForRead(random))
    }
    const before = draw(500)
    for (let records = 501; records < 520; records++) draw(records)
    expect(draw(500)).toEqual(before)
  })

  it.each([1, 150, 1100])('is the law over the records that there are after %d inserts', (inserts) => {
    const records = new Records(100)
    const chooser = zipfian.create(records, { theta: 0.8 })
    for (let i = 0; i < inserts; i++) records.insert()
    expectFit(chooser, law(records.count, 0.8), 12)
  })

  it('takes theta from 0 to 10, 0.99 unless told', () => {
    expect(zipfian.options.parse({})).toEqual({ theta: 0.99 })
    for (const theta of [0, 10]) expect(zipfian.options.parse({ theta })).toEqual({ theta })
    for (const theta of [-0.1, 10.1, '1', null]) expect(zipfian.options.safeParse({ theta }).success).toBe(false)
    expect(zipfian.options.safeParse({ skew: 1 }).success).toBe(false)
  })
})
