/** What a disk keeps: columns that read their initial value where nothing was written, however they grow, and all of it over a crash. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AssertionError } from '../../src/core/assert.js'
import { INITIAL } from '../../src/core/ids.js'
import { Disk } from '../../src/replication/disk.js'

/** Around the first size of a column, 64, and its doublings. */
const INDICES = [0, 1, 63, 64, 65, 127, 128, 1000, 100_000]

describe('a column of numbers', () => {
  it.each([0, -1, Number.NEGATIVE_INFINITY])(
    'reads %d where nothing was written, before and after it grows',
    (initial) => {
      const column = new Disk().numbers('times', initial)
      for (const index of INDICES) expect(column.get(index)).toBe(initial)
      column.set(64, 7)
      for (const index of INDICES) expect(column.get(index)).toBe(index === 64 ? 7 : initial)
    },
  )

  it('does what a map does', () => {
    const writes = fc.array(fc.tuple(fc.nat(500), fc.double({ noNaN: true })), { maxLength: 50 })
    fc.assert(
      fc.property(writes, (list) => {
        const column = new Disk().numbers('times', -1)
        const map = new Map<number, number>()
        for (const [index, value] of list) {
          column.set(index, value)
          map.set(index, value)
        }
        for (let index = 0; index <= 600; index++) expect(column.get(index)).toBe(map.get(index) ?? -1)
      }),
      { seed: 1 },
    )
  })

  it('has no negative index', () => {
    const column = new Disk().numbers('times', 0)
    expect(() => column.set(-1, 5)).toThrow(AssertionError)
    column.set(10, 1)
    expect(() => column.set(-1, 5)).toThrow(AssertionError)
  })
})

describe('a column of versions', () => {
  const OLDEST = [Number.NEGATIVE_INFINITY, -1, INITIAL]

  it('reads the oldest version of all where nothing was written, before and after it grows', () => {
    const column = new Disk().versions('versions')
    const at = (key: number): number[] => [column.order(key), column.tie(key), column.id(key)]
    for (const key of INDICES) expect(at(key)).toEqual(OLDEST)
    column.set(64, 1.5, 3, 77)
    for (const key of INDICES) expect(at(key)).toEqual(key === 64 ? [1.5, 3, 77] : OLDEST)
  })

  it('does what a map does: the three words of a key touch no other key and not each other', () => {
    const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
    const write = fc.record({ key: fc.nat(300), order: fc.double({ noNaN: true }), tie: int32, id: int32 })
    fc.assert(
      fc.property(fc.array(write, { maxLength: 40 }), (list) => {
        const column = new Disk().versions('versions')
        const map = new Map<number, number[]>()
        for (const { key, order, tie, id } of list) {
          column.set(key, order, tie, id)
          map.set(key, [order, tie, id])
        }
        for (let key = 0; key <= 400; key++) {
          expect([column.order(key), column.tie(key), column.id(key)]).toEqual(map.get(key) ?? OLDEST)
        }
      }),
      { seed: 1 },
    )
  })

  it('has no negative key', () => {
    const column = new Disk().versions('versions')
    column.set(10, 1, 1, 1)
    expect(() => column.set(-1, 5, 1, 1)).toThrow(AssertionError)
  })
})

describe('a column of objects', () => {
  it('reads undefined where nothing was written or what there was is deleted', () => {
    const column = new Disk().objects<string>('siblings')
    column.set(5, 'five')
    column.set(2, 'two')
    expect([0, 2, 4, 5, 6].map((index) => column.get(index))).toEqual([undefined, 'two', undefined, 'five', undefined])
    column.delete(5)
    column.delete(100)
    expect([2, 5, 6, 100].map((index) => column.get(index))).toEqual(['two', undefined, undefined, undefined])
    column.set(5, 'again')
    expect(column.get(5)).toBe('again')
  })

  it('has no negative index', () => {
    const column = new Disk().objects<string>('siblings')
    expect(() => column.set(-1, 'x')).toThrow(AssertionError)
  })
})

describe('a disk', () => {
  it('gives what was there to the replica that starts after a crash', () => {
    const disk = new Disk()
    disk.numbers('times', 0).set(3, 9)
    disk.versions('versions').set(100, 2, 1, 8)
    disk.objects<string>('siblings').set(4, 'kept')
    disk.cell('term', 1).value = 5
    expect(disk.numbers('times', 0).get(3)).toBe(9)
    expect(disk.versions('versions').id(100)).toBe(8)
    expect(disk.objects<string>('siblings').get(4)).toBe('kept')
    expect(disk.cell('term', 1).value).toBe(5)
  })

  it('keeps parts of different names, and disks, apart', () => {
    const disk = new Disk()
    disk.numbers('a', 0).set(0, 1)
    disk.cell('c', 0).value = 1
    expect(disk.numbers('b', 0).get(0)).toBe(0)
    expect(disk.cell('d', 7).value).toBe(7)
    expect(new Disk().numbers('a', 0).get(0)).toBe(0)
  })
})
