/** What every key distribution keeps: its name, its records, its stream. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.js'
import { keyDistributions } from '../../../src/workload/keys/index.js'
import { Records } from '../../../src/workload/records.js'

const within = keyDistributions.all.filter(({ name }) => name !== 'fresh')

describe('the registry', () => {
  it('knows each by its name', () => {
    expect(keyDistributions.names).toEqual([
      'uniform',
      'zipfian',
      'ycsb-zipfian',
      'latest',
      'hotspot',
      'exponential',
      'sequential',
      'fresh',
    ])
  })

  it.each(within)('$name draws every record and no other, while they become more', ({ options, create }) => {
    for (const loaded of [1, 2, 7]) {
      // As many more inserts are expected as come, by the one law that wants to know.
      const parsed = options.safeParse({ expected: loaded })
      const records = new Records(loaded)
      const chooser = create(records, parsed.success ? parsed.data : options.parse({}))
      const random = RandomStream.ofSeed(loaded)
      for (let count = loaded; count <= 2 * loaded; count++) {
        const drawn = new Set(Array.from({ length: 10_000 }, () => chooser.nextForWrite(random)))
        expect([...drawn].sort((a, b) => a - b)).toEqual([...Array(count).keys()])
        records.insert()
      }
    }
  })

  it.each(keyDistributions.all)('$name draws the same from the same stream', ({ options, create }) => {
    const drawn = [1, 2].map(() => {
      const chooser = create(new Records(50), options.parse({}))
      const random = RandomStream.ofSeed(3)
      return Array.from({ length: 100 }, () => [chooser.nextForWrite(random), chooser.nextForRead(random)])
    })
    expect(drawn[0]).toEqual(drawn[1])
  })
})
