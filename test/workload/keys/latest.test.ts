/** Ages by the law of the quick formula, worked out from the levels at which it passes from one item to the next; newer records at once. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.js'
import { latest } from '../../../src/workload/keys/latest.js'
import { Records } from '../../../src/workload/records.js'
import { expectFit } from './fits.js'

/** P(record) of `count`: 1/zeta for the newest, 2^-theta/zeta for the one before, and the inverse of the formula beyond. */
function law(count: number): readonly number[] {
  const theta = 0.99
  let zeta = 0
  for (let i = 1; i <= count; i++) zeta += i ** -theta
  const ofTwo = 1 + 2 ** -theta
  const eta = (1 - (2 / count) ** (1 - theta)) / (1 - ofTwo / zeta)
  const below = (age: number): number =>
    age < 2 ? age / zeta : age === 2 ? ofTwo / zeta : 1 - (1 - (age / count) ** (1 - theta)) / eta
  return Array.from({ length: count }, (_, record) => below(count - record) - below(count - 1 - record))
}

describe('latest', () => {
  it.each([3, 100, 3000])('among %d records fits the law of its formula', (count) => {
    expectFit(latest.create(new Records(count), {}), law(count), 1)
  })

  it('counts from the newest, whenever records are inserted', () => {
    const records = new Records(100)
    const chooser = latest.create(records, {})
    const random = RandomStream.ofSeed(2)
    for (let i = 0; i < 300; i++) {
      records.insert()
      chooser.nextForRead(random)
    }
    expectFit(chooser, law(400), 3)
  })

  it('never draws what does not exist, to the end of the range', () => {
    const atEnd = Object.assign(RandomStream.ofSeed(1), { float: () => 1 - 2 ** -53 })
    for (const count of [1, 2, 3, 1000]) {
      const record = latest.create(new Records(count), {}).nextForRead(atEnd)
      expect(record).toBe(0)
    }
  })
})
