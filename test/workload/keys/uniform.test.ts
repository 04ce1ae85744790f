/** Every record equally often, inserted ones too. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.js'
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

  it('draws inserted records as often as the others', () => {
    const records = new Records(500)
    const chooser = uniform.create(records, {})
    const random = RandomStream.ofSeed(2)
    for (let i = 0; i < 500; i++) records.insert()
    expect(uniformityScore(DRAWS, 1000, () => chooser.nextForRead(random))).toBeLessThan(CRITICAL)
  })
})
