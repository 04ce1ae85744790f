/** Two even laws, one over the hot records and one over the others, and how shares and records round. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.js'
import { hotspot } from '../../../src/workload/keys/hotspot.js'
import { Records } from '../../../src/workload/records.js'
import { expectFit } from './fits.js'

function law(count: number, hot: number, share: number): readonly number[] {
  return Array.from({ length: count }, (_, record) => (record < hot ? share / hot : (1 - share) / (count - hot)))
}

describe('hotspot', () => {
  it.each([
    [0.2, 0.8, 200],
    [0.0015, 0.5, 1],
    [0.5, 0.1, 500],
  ])('of %d and %d fits its law', (records, operations, hot) => {
    expectFit(hotspot.create(new Records(1000), { records, operations }), law(1000, hot, operations), 1)
  })

  it('has one hot record at least, and takes all for hot where they are', () => {
    expectFit(hotspot.create(new Records(10), { records: 0, operations: 0.5 }), law(10, 1, 0.5), 2)
    expectFit(hotspot.create(new Records(10), { records: 1, operations: 0.5 }), new Array(10).fill(0.1), 3)
    expect(hotspot.create(new Records(1), { records: 0.2, operations: 0 }).nextForRead(RandomStream.ofSeed(1))).toBe(0)
  })

  it('grows in proportion', () => {
    const records = new Records(500)
    const chooser = hotspot.create(records, { records: 0.2, operations: 0.8 })
    for (let i = 0; i < 500; i++) records.insert()
    expectFit(chooser, law(1000, 200, 0.8), 4)
  })

  it('reads its shares as percentages, 20% and 80% unless told', () => {
    expect(hotspot.options.parse({})).toEqual({ records: 0.2, operations: 0.8 })
    expect(hotspot.options.parse({ records: '1%', operations: '99.5%' })).toEqual({ records: 0.01, operations: 0.995 })
    for (const records of ['101%', '-1%', 0.2, 'many'])
      expect(hotspot.options.safeParse({ records }).success).toBe(false)
  })
})
