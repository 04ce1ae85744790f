/**
 * Each rule of staleness on a history small enough to check by eye, then all rules on random histories against a second
 * implementation: the definition itself, pair by pair.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INITIAL } from '../../src/core/ids.js'
import { READ, READ_BACK, READ_FOR_MODIFY } from '../../src/history/operation-kinds.js'
import { OK, UNKNOWN } from '../../src/history/outcomes.js'
import { staleness } from '../../src/measures/staleness.js'
import { Story } from './story.js'

const FRESH = [0, null]

describe('a total version order', () => {
  it('calls a read stale that missed an acknowledged write, and tells its age', () => {
    const story = new Story()
    const a = story.write(0, 10, 1)
    const b = story.write(20, 30, 2)
    const stale = story.read(37, a)
    const fresh = story.read(37, b)
    expect(story.missed()).toEqual({ [stale]: [1, 7], [fresh]: FRESH })
  })

  it('counts an acknowledgement at the instant of the invocation, and none after it', () => {
    const story = new Story()
    const a = story.write(0, 10, 1)
    story.write(20, 30, 2)
    const before = story.read(29.999999, a)
    const at = story.read(30, a)
    expect(story.missed()).toEqual({ [before]: FRESH, [at]: [1, 0] })
  })

  it('does not call a read stale that returned a newer write which is not acknowledged', () => {
    const story = new Story()
    story.write(0, 10, 1)
    const pending = story.write(20, 100, 2)
    const read = story.read(50, pending)
    expect(story.missed()).toEqual({ [read]: FRESH })
  })

  it('orders overlapping writes as the store did, not by time', () => {
    const story = new Story()
    const later = story.write(0, 50, 2)
    const earlier = story.write(10, 20, 1)
    const readOfLater = story.read(60, later)
    const readOfEarlier = story.read(60, earlier)
    expect(story.missed()).toEqual({ [readOfLater]: FRESH, [readOfEarlier]: [1, 10] })
  })

  it('breaks ties of the order by the node', () => {
    const story = new Story()
    const low = story.write(0, 10, 5, 1)
    const high = story.write(0, 12, 5, 2)
    const readOfLow = story.read(20, low)
    const readOfHigh = story.read(20, high)
    expect(story.missed()).toEqual({ [readOfLow]: [1, 8], [readOfHigh]: FRESH })
  })

  it('counts every missed version and takes the age of the one acknowledged first', () => {
    const story = new Story()
    const a = story.write(0, 10, 1)
    story.write(11, 40, 2)
    story.write(12, 20, 3)
    story.write(13, 90, 4)
    const read = story.read(50, a)
    expect(story.missed()).toEqual({ [read]: [2, 30] })
  })

  it('has a read of INITIAL miss everything acknowledged, and leaves out reads before that', () => {
    const story = new Story()
    story.write(0, 10, 1)
    story.write(5, 15, 2)
    story.read(9, INITIAL)
    const read = story.read(20, INITIAL)
    expect(story.missed()).toEqual({ [read]: [2, 10] })
  })

  it('never counts a write that was not acknowledged as missed', () => {
    const story = new Story()
    const a = story.write(0, 10, 1)
    story.timeout(11, 20, { order: 2 })
    const read = story.read(50, a)
    expect(story.missed()).toEqual({ [read]: FRESH })
  })

  it('takes the order of the write that was returned where the read has none of its own', () => {
    const story = new Story()
    const a = story.write(0, 10, 1)
    story.write(20, 30, 2)
    const read = story.read(40, a, { order: Number.NaN, tie: -1 })
    const initial = story.read(40, INITIAL, { order: Number.NaN, tie: -1 })
    expect(story.missed()).toEqual({ [read]: [1, 10], [initial]: [2, 30] })
  })
})

describe('a partial version order', () => {
  it('has a read miss what its frontier does not reach, origin by origin', () => {
    const story = new Story()
    story.write(0, 10, 1, 0)
    story.write(0, 12, 2, 0)
    story.write(0, 14, 7, 3)
    const all = story.readUpTo(20, [0, 2, 3, 7])
    const halfOfZero = story.readUpTo(20, [0, 1, 3, 9])
    const onlyZero = story.readUpTo(20, [0, 2])
    const nothing = story.readUpTo(20, [])
    expect(story.missed()).toEqual({ [all]: FRESH, [halfOfZero]: [1, 8], [onlyZero]: [1, 6], [nothing]: [3, 10] })
  })

  it('has a read of an untouched replica, which has no frontier, miss everything of every origin', () => {
    const story = new Story()
    story.write(0, 10, 1, 0)
    story.write(0, 5, 1, 2)
    const found = story.readUpTo(20, [0, 1, 2, 1])
    const nothing = story.read(20, INITIAL)
    expect(story.missed()).toEqual({ [found]: FRESH, [nothing]: [2, 15] })
  })

  it('leaves out a read that returned a version of another order', () => {
    const story = new Story()
    story.write(0, 10, 1, 0)
    const found = story.readUpTo(20, [0, 1])
    story.read(20, 0, { order: 17, tie: 0 })
    expect(story.missed()).toEqual({ [found]: FRESH })
  })

  it('is a matter of the key: others may be in a total order', () => {
    const story = new Story()
    story.write(0, 10, 1, 0)
    const register = story.row({ key: 1, at: 0, until: 10, order: 9, tie: 2 })
    const counter = story.readUpTo(20, [])
    const initial = story.read(20, INITIAL, { key: 1 })
    const read = story.read(20, register, { key: 1 })
    expect(story.missed()).toEqual({ [counter]: [1, 10], [initial]: [1, 10], [read]: FRESH })
  })

  it('does not let a long log of one origin hide a missed write of another', () => {
    const story = new Story()
    for (let i = 1; i <= 9; i++) story.write(0, i, i, 2)
    story.write(0, 15, 1, 1)
    const read = story.readUpTo(20, [2, 9])
    expect(story.missed()).toEqual({ [read]: [1, 5] })
  })
})

describe('an unknown version order', () => {
  it('calls a read stale if a write began after the returned one was acknowledged, and was acknowledged before the read', () => {
    const story = new Story()
    const a = story.write(0, 10)
    const overlapping = story.write(5, 20)
    const b = story.write(25, 30)
    const readOfA = story.read(40, a)
    const readOfOverlapping = story.read(40, overlapping)
    const readOfB = story.read(40, b)
    expect(story.missed()).toEqual({ [readOfA]: [1, 10], [readOfOverlapping]: [1, 10], [readOfB]: FRESH })
  })

  it('accuses nobody where writes overlap', () => {
    const story = new Story()
    const a = story.write(0, 20)
    story.write(10, 15)
    const read = story.read(40, a)
    expect(story.missed()).toEqual({ [read]: FRESH })
  })

  it('counts a write that a session began at the instant of its last outcome as later', () => {
    const story = new Story()
    const a = story.write(0, 10)
    story.write(10, 20)
    const read = story.read(20, a)
    expect(story.missed()).toEqual({ [read]: [1, 0] })
  })

  it('has a read of INITIAL miss everything, and one of an unacknowledged write nothing', () => {
    const story = new Story()
    story.write(0, 10)
    const lost = story.timeout(11, 12)
    story.write(20, 30)
    const initial = story.read(40, INITIAL)
    const unknown = story.read(40, lost)
    expect(story.missed()).toEqual({ [initial]: [2, 30], [unknown]: FRESH })
  })

  it('leaves out reads whose value is not one write', () => {
    const story = new Story()
    story.write(0, 10)
    const read = story.read(40, INITIAL)
    story.history.observeList(read, 0, [3])
    story.history.order[read] = Number.NaN
    expect(story.missed()).toEqual({})
  })
})

describe('the staleness measures', () => {
  it('count successful reads of every kind in the measured phase, by zone', () => {
    const story = new Story()
    const zones = { zoneNames: ['us', 'eu'], clientZone: [0, 1] }
    story.probes = { ...zones, phases: { measuredFrom: 50e6, measuredTo: 100e6, end: 200e6 } }
    const a = story.write(0, 10, 1)
    const b = story.write(20, 30, 2)
    story.read(40, a)
    story.read(60, a, { kind: READ_BACK, base: b })
    story.read(60, b, { kind: READ_FOR_MODIFY })
    story.read(60, b, { kind: READ, client: 1 })
    story.read(60, a, { outcome: UNKNOWN })
    story.read(100, a)
    const found = story.measure(staleness)
    expect(found.ratios).toEqual({
      'stale.ratio': [1, 3],
      'stale.ratio@us': [1, 2],
      'stale.ratio@eu': [0, 1],
    })
    expect(found.measuresInOrder()).toMatchObject({ 'stale.age.max': 30, 'stale.versions.max': 1 })
  })

  it('take a read that had to wait from when it was asked for', () => {
    const story = new Story()
    const a = story.write(0, 10, 1)
    story.write(20, 30, 2)
    story.read(25, a, { invoked: 36 })
    expect(story.measure(staleness).measuresInOrder()).toMatchObject({ 'stale.ratio': 1, 'stale.age.max': 6 })
  })

  it('are absent where nothing was written', () => {
    const story = new Story()
    story.read(10, INITIAL)
    expect(story.measure(staleness).measuresInOrder()).toEqual({})
  })
})

interface RandomWrite {
  key: number
  at: number
  waits: number
  lasts: number
  order: number
  tie: number
  acknowledged: boolean
}
interface RandomRead {
  key: number
  at: number
  waits: number
  returned: number
  frontier: [number, number, number]
}
type Mode = 'total' | 'partial' | 'unknown'

const randomWrite = fc.record({
  key: fc.nat(2),
  at: fc.nat(60),
  waits: fc.oneof(fc.constant(0), fc.nat(20)),
  lasts: fc.integer({ min: 1, max: 25 }),
  order: fc.nat(30),
  tie: fc.nat(2),
  acknowledged: fc.boolean(),
})
const randomRead = fc.record({
  key: fc.nat(2),
  at: fc.nat(90),
  waits: fc.oneof(fc.constant(0), fc.nat(20)),
  returned: fc.nat(60),
  frontier: fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)),
})

function tell(mode: Mode, writes: RandomWrite[], reads: RandomRead[]): Story {
  const story = new Story()
  for (const { key, at, waits, lasts, order, tie, acknowledged } of writes) {
    const version = mode === 'unknown' ? {} : { order, tie }
    const invoked = at + waits
    story.row({ key, at, invoked, until: invoked + lasts, outcome: acknowledged ? OK : UNKNOWN, ...version })
  }
  for (const { key, at, waits, returned, frontier } of reads) {
    const candidates = writes.flatMap((write, id) => (write.key === key ? [id] : []))
    const choice = returned % (candidates.length + 1)
    const id = story.read(at, candidates[choice] ?? INITIAL, { key, invoked: at + waits })
    if (mode === 'partial') story.history.frontiers.set(id, [0, frontier[0], 1, frontier[1], 2, frontier[2]])
  }
  return story
}

/** The definition, for one read and one write. */
function misses(story: Story, mode: Mode, read: number, write: number): boolean {
  const { history } = story
  const { completed, order, tie, observed, outcome } = history
  if (history.key[write] !== history.key[read] || outcome[write] !== OK) return false
  if ((completed[write] as number) > history.invoked(read)) return false
  if (mode === 'partial') {
    const frontier = history.frontiers.get(read) ?? []
    return (frontier[2 * (tie[write] as number) + 1] as number) < (order[write] as number)
  }
  const returned = observed[read] as number
  if (returned === INITIAL) return true
  if (mode === 'total') {
    const difference = (order[write] as number) - (order[returned] as number)
    return difference > 0 || (difference === 0 && (tie[write] as number) > (tie[returned] as number))
  }
  if (outcome[returned] !== OK) return false
  const gap = history.invoked(write) - (completed[returned] as number)
  return gap > 0 || (gap === 0 && write > returned)
}

function expected(story: Story, mode: Mode, writes: number): Record<number, [number, number | null]> {
  const { completed, key, outcome, count } = story.history
  const byRead: Record<number, [number, number | null]> = {}
  for (let read = writes; read < count; read++) {
    let eligible = false
    let missed = 0
    let age: number | null = null
    for (let write = 0; write < writes; write++) {
      const since = (story.history.invoked(read) - (completed[write] as number)) / 1e6
      if (key[write] === key[read] && outcome[write] === OK && since >= 0) eligible = true
      if (!misses(story, mode, read, write)) continue
      missed++
      age = Math.max(age ?? 0, since)
    }
    if (eligible) byRead[read] = [missed, age]
  }
  return byRead
}

describe.each<Mode>(['total', 'partial', 'unknown'])('under a %s order, random histories', (mode) => {
  it('miss what the definition says, read by read', () => {
    fc.assert(
      fc.property(
        fc.array(randomWrite, { maxLength: 60 }),
        fc.array(randomRead, { maxLength: 40 }),
        (writes, reads) => {
          const story = tell(mode, writes, reads)
          expect(story.missed()).toEqual(expected(story, mode, writes.length))
        },
      ),
      { seed: 7, numRuns: 300 },
    )
  })
})
