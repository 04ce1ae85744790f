/** What a disk keeps: columns that read their initial value where nothing was written, however they grow, and all of it over a crash. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AssertionError } from '../../src/core/assert.js'
import { INITIAL } from '../../src/core/ids.js'
import { mix32 } from '../../src/core/random.js'
import { Disk, Journal } from '../../src/replication/disk.js'
import { Log } from '../../src/replication/log-shipping/log.js'

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

/** Of all keys, and of few: columns by key differ in how they keep theirs, and in nothing else. */
const KINDS = [
  { kind: 'dense', holdsFewKeys: false },
  { kind: 'sparse', holdsFewKeys: true },
]

describe.each(KINDS)('a $kind column of versions', ({ holdsFewKeys }) => {
  const OLDEST = [Number.NEGATIVE_INFINITY, -1, INITIAL]
  const columnOfVersions = () => new Disk(null, holdsFewKeys).versions('versions')

  it('reads the oldest version of all where nothing was written, before and after it grows', () => {
    const column = columnOfVersions()
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
        const column = columnOfVersions()
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
    const column = columnOfVersions()
    column.set(10, 1, 1, 1)
    expect(() => column.set(-1, 5, 1, 1)).toThrow(AssertionError)
  })
})

describe.each(KINDS)('a $kind column of objects', ({ holdsFewKeys }) => {
  const columnOfObjects = () => new Disk(null, holdsFewKeys).objects<string>('siblings')

  it('reads undefined where nothing was written or what there was is deleted', () => {
    const column = columnOfObjects()
    column.set(5, 'five')
    column.set(2, 'two')
    expect([0, 2, 4, 5, 6].map((index) => column.get(index))).toEqual([undefined, 'two', undefined, 'five', undefined])
    column.delete(5)
    column.delete(100)
    expect([2, 5, 6, 100].map((index) => column.get(index))).toEqual(['two', undefined, undefined, undefined])
    expect(column.length).toBe(6)
    column.set(5, 'again')
    expect(column.get(5)).toBe('again')
  })

  it('has no negative index', () => {
    const column = columnOfObjects()
    expect(() => column.set(-1, 'x')).toThrow(AssertionError)
  })
})

describe('a sparse column', () => {
  // Consecutive keys, keys that share their lower bits, and random ones, 30,000 of each: the table grows ten times.
  it.each([
    ['consecutive', (i: number) => i],
    ['far apart', (i: number) => (i * 65_536) % 1_966_080_000],
    ['scattered', (i: number) => mix32(i) >>> 2],
  ])('finds %s keys, and no others', (_, keyAt) => {
    const column = new Disk(null, true).versions('versions')
    const keys = new Set(Array.from({ length: 30_000 }, (_, i) => keyAt(i)))
    for (const key of keys) column.set(key, key + 0.5, key % 100, key)
    expect([...keys].filter((key) => column.id(key) !== key)).toEqual([])
    const others = [...keys].map((key) => key + 1).filter((key) => !keys.has(key))
    expect(others.filter((key) => column.order(key) !== Number.NEGATIVE_INFINITY)).toEqual([])
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

describe.each(KINDS)('a disk with $kind columns whose writes are not durable at once', ({ holdsFewKeys }) => {
  const write = fc.record({
    part: fc.constantFrom('numbers', 'versions', 'objects', 'cell', 'log', 'delete'),
    index: fc.integer({ min: 0, max: 200 }),
    value: fc.integer({ min: 1, max: 1e6 }),
  })
  const flush = fc.record({ flush: fc.constant(true) })

  /** Everything that can be read of a disk. */
  function contentOf(disk: Disk): object {
    const indices = Array.from({ length: 201 }, (_, index) => index)
    const versions = disk.versions('versions')
    const log = disk.part('log', (journal) => new Log<number>(journal))
    return {
      numbers: indices.map((index) => disk.numbers('numbers', -1).get(index)),
      versions: indices.map((index) => [versions.order(index), versions.tie(index), versions.id(index)]),
      objects: indices.map((index) => disk.objects<string>('objects').get(index)),
      cell: disk.cell('cell', 0).value,
      log: log.from(1, log.last),
    }
  }

  function perform(disk: Disk, { part, index, value }: { part: string; index: number; value: number }): void {
    if (part === 'numbers') disk.numbers('numbers', -1).set(index, value)
    else if (part === 'versions') disk.versions('versions').set(index, value, index, value)
    else if (part === 'objects') disk.objects<string>('objects').set(index, `${value}`)
    else if (part === 'delete') disk.objects<string>('objects').delete(index)
    else if (part === 'cell') disk.cell('cell', 0).value = value
    else disk.part('log', (journal) => new Log<number>(journal)).append(value)
  }

  it('is after a crash as it was when the last flush began', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 8, arbitrary: write }, { weight: 1, arbitrary: flush })), (steps) => {
        const journal = new Journal()
        const disk = new Disk(journal, holdsFewKeys)
        let durable = contentOf(disk)
        for (const step of steps) {
          if ('flush' in step) {
            journal.makeDurable(journal.position)
            durable = contentOf(disk)
          } else {
            perform(disk, step)
          }
        }
        journal.undo()
        expect(disk.isDurable).toBe(true)
        expect(contentOf(disk)).toEqual(durable)
      }),
      { seed: 1, numRuns: 100 },
    )
  })

  it('keeps what was written while a flush went on for the next one', () => {
    const journal = new Journal()
    const disk = new Disk(journal, holdsFewKeys)
    disk.cell('cell', 0).value = 1
    const position = journal.position
    disk.cell('cell', 0).value = 2
    journal.makeDurable(position)
    expect(disk.isDurable).toBe(false)
    journal.undo()
    expect(disk.cell('cell', 0).value).toBe(1)
  })

  it('never takes back what others have told', () => {
    const journal = new Journal()
    const disk = new Disk(journal, holdsFewKeys)
    disk.hearsay('positions', 0).set(3, 7)
    journal.undo()
    expect(disk.hearsay('positions', 0).get(3)).toBe(7)
  })

  it('is empty once it is lost, and has nothing to take back', () => {
    const journal = new Journal()
    const disk = new Disk(journal, holdsFewKeys)
    disk.cell('cell', 0).value = 1
    disk.clear()
    journal.undo()
    expect(disk.isDurable).toBe(true)
    expect(disk.cell('cell', 0).value).toBe(0)
  })
})
