/** Fresh by its contract: which records are written, and which of them read. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.js'
import { fresh } from '../../../src/workload/keys/fresh.js'
import { Records } from '../../../src/workload/records.js'
import { CRITICAL, uniformityScore } from '../../chi-square.js'

const DRAWS = 1 << 18

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
