/** The key distributions without a table: uniform by chi-square, fresh by its contract. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.js'
import { fresh } from '../../../src/workload/keys/fresh.js'
import { keyDistributions } from '../../../src/workload/keys/index.js'
import { uniform } from '../../../src/workload/keys/uniform.js'
import { Records } from '../../../src/workload/records.js'
import { CRITICAL, uniformityScore } from '../../chi-square.js'

const DRAWS = 1 << 18

describe('uniform', () => {
  it.each(['nextForRead', 'nextForWrite'] as const)('draws every record equally often by %s', (next) => {
    const chooser = uniform.create(new Records(1000), {})
    const random = RandomStream.ofSeed(1)
    expect(uniformityScore(DRAWS, 1000, () => chooser[next](random))).toBeLessThan(CRITICAL)
  })

  it('has one answer for one record', () => {
    expect(uniform.create(new Records(1), {}).nextForRead(RandomStream.ofSeed(1))).toBe(0)
  })
})

describe('fresh', () => {
  const random = RandomStream.ofSeed(2)

  it('gives each write a record of its own, beyond those loaded too, and takes no dice for it', () => {
    const chooser = fresh.create(new Records(3), {})
    const stream = RandomStream.ofSeed(3)
    expect([1, 2, 3, 4, 5].map(() => chooser.nextForWrite(stream))).toEqual([0, 1, 2, 3, 4])
    expect(stream.next()).toBe(RandomStream.ofSeed(3).next())
  })

  it('reads the first record before any write', () => {
    expect(fresh.create(new Records(100), {}).nextForRead(random)).toBe(0)
  })

  it('reads only what was written, all of it equally often', () => {
    const chooser = fresh.create(new Records(3), {})
    for (let i = 0; i < 100; i++) chooser.nextForWrite(random)
    expect(uniformityScore(DRAWS, 100, () => chooser.nextForRead(random))).toBeLessThan(CRITICAL)
  })

  it('takes one number for a read, written or not, so that what follows stays in step', () => {
    const stream = RandomStream.ofSeed(4)
    const reference = RandomStream.ofSeed(4)
    const chooser = fresh.create(new Records(3), {})
    chooser.nextForRead(stream)
    reference.next()
    chooser.nextForWrite(stream)
    chooser.nextForRead(stream)
    reference.next()
    expect(stream.next()).toBe(reference.next())
  })

  it('counts anew in every cell', () => {
    const first = fresh.create(new Records(3), {})
    first.nextForWrite(random)
    expect(fresh.create(new Records(3), {}).nextForWrite(random)).toBe(0)
  })
})

describe('the registry', () => {
  it('knows each by its name, and every law stays within its records', () => {
    expect(keyDistributions.names).toEqual(['uniform', 'zipfian', 'fresh'])
    for (const { name, options, create } of keyDistributions.all.filter(({ name }) => name !== 'fresh')) {
      for (const records of [1, 2, 7]) {
        const chooser = create(new Records(records), options.parse({}))
        const random = RandomStream.ofSeed(records)
        const drawn = new Set(Array.from({ length: 500 }, () => chooser.nextForWrite(random)))
        expect([...drawn].sort(), name).toEqual([...Array(records).keys()])
      }
    }
  })
})
