/** One position for all, round and round, over records that may become more. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.js'
import { sequential } from '../../../src/workload/keys/sequential.js'
import { Records } from '../../../src/workload/records.js'

describe('sequential', () => {
  it('goes through the records over and over, reads and writes in one row, without dice', () => {
    const chooser = sequential.create(new Records(3), {})
    const random = RandomStream.ofSeed(1)
    const drawn = [1, 2, 3, 4].flatMap(() => [chooser.nextForRead(random), chooser.nextForWrite(random)])
    expect(drawn).toEqual([0, 1, 2, 0, 1, 2, 0, 1])
    expect(random.next()).toBe(RandomStream.ofSeed(1).next())
  })

  it('comes to inserted records in their turn', () => {
    const records = new Records(2)
    const chooser = sequential.create(records, {})
    const random = RandomStream.ofSeed(1)
    const draw = (): number => chooser.nextForRead(random)
    expect([draw(), draw()]).toEqual([0, 1])
    records.insert()
    expect([draw(), draw(), draw()]).toEqual([2, 0, 1])
  })
})
