/**
 * Lost writes, conflicts and doubt, counted by hand in small histories with a leader's, a site's or a counter's tale.
 */
import { describe, expect, it } from 'vitest'
import { INITIAL } from '../../src/core/ids.js'
import { LIST_SIBLINGS } from '../../src/history/history.js'
import {
  ADD,
  COMPARE_AND_SET,
  INCREMENT,
  MODIFY,
  READ,
  READ_FOR_MODIFY,
  REMOVE,
  SCAN,
} from '../../src/history/operation-kinds.js'
import { UNKNOWN } from '../../src/history/outcomes.js'
import { conflicts } from '../../src/measures/conflicts.js'
import { doubt } from '../../src/measures/doubt.js'
import { loss } from '../../src/measures/loss.js'
import { Story } from './story.js'

const ratio = (story: Story, name: string) => ({ ...losses(story), ...story.measure(conflicts).ratios })[name]
const losses = (story: Story) => story.measure(loss).ratios

describe('a register with two sites, whose writes cross', () => {
  /** Site 0 writes at 0, site 1 at 5; they hear of each other after 10. */
  function crossing(orderOfFirst: number, orderOfSecond: number): Story {
    const story = new Story(2)
    story.reach(story.write(0, 1, orderOfFirst, 0), [0, 10], [0])
    story.reach(story.write(5, 6, orderOfSecond, 1), [15, 5], [1])
    return story
  }

  it('loses the one that is ordered first, and both are in conflict', () => {
    const story = crossing(100, 200)
    story.finals.set(0, [1, 1])
    expect(ratio(story, 'lost.overwritten')).toEqual([1, 2])
    expect(ratio(story, 'lost.overwritten.seen')).toEqual([0, 2])
    expect(ratio(story, 'lost.ratio')).toEqual([1, 2])
    expect(ratio(story, 'conflicts.ratio')).toEqual([2, 2])
    expect(ratio(crossing(200, 100), 'lost.overwritten')).toEqual([1, 2])
  })

  it('loses nothing that the later one had received', () => {
    const story = crossing(100, 200)
    const third = story.reach(story.write(16, 17, 300, 0), [16, 26], [0])
    story.finals.set(0, [third, third])
    expect(ratio(story, 'lost.overwritten')).toEqual([1, 3])
    expect(ratio(story, 'conflicts.ratio')).toEqual([2, 3])
  })

  it('loses a write to one that it had seen, when a clock is behind', () => {
    const story = new Story(2)
    story.reach(story.write(0, 1, 500, 0), [0, 10], [0])
    story.reach(story.write(20, 21, 100, 1), [30, 20], [1])
    expect(ratio(story, 'lost.overwritten')).toEqual([1, 2])
    expect(ratio(story, 'lost.overwritten.seen')).toEqual([1, 2])
    expect(ratio(story, 'conflicts.ratio')).toEqual([0, 2])
  })

  it('has conflicts and no loss where versions are ordered in part', () => {
    const story = crossing(1, 1)
    story.probes = { isPartiallyOrdered: () => true }
    expect(ratio(story, 'lost.overwritten')).toEqual([0, 2])
    expect(ratio(story, 'conflicts.ratio')).toEqual([2, 2])
  })

  it('counts the writes of the measured phase, by zone', () => {
    const story = crossing(100, 200)
    story.history.client[1] = 1
    story.probes = { zoneNames: ['us', 'eu'], phases: { measuredFrom: 2e6, measuredTo: 9e6, end: 1e9 } }
    expect(losses(story)).toMatchObject({ 'lost.overwritten': [0, 1], 'lost.overwritten@eu': [0, 1] })
    story.probes = { zoneNames: ['us', 'eu'] }
    expect(losses(story)).toMatchObject({ 'lost.overwritten@us': [1, 1], 'lost.overwritten@eu': [0, 1] })
  })

  it('says nothing where nobody knows who took a write', () => {
    const story = new Story(2)
    story.reach(story.write(0, 1, 1), [0, 10], [0])
    story.reach(story.write(0, 1, 2), [0, 10])
    expect(losses(story)).not.toHaveProperty('lost.overwritten')
    expect(losses(story)).not.toHaveProperty('lost.ratio')
    expect(story.measure(conflicts).ratios).not.toHaveProperty('conflicts.ratio')
  })
})

describe('read-modify-writes at one leader', () => {
  it('lose all but the last of those that read the same value', () => {
    const story = new Story(1)
    const last = [1, 2, 3].map((order) => story.reach(story.modify(0, INITIAL, 10, order), [5 + order], [0])).at(-1)
    const next = story.reach(story.modify(20, last as number, 30, 4), [25], [0])
    story.finals.set(0, [next])
    expect(losses(story)).toMatchObject({ 'lost.overwritten': [2, 4], 'lost.rmw': [2, 4], 'lost.ratio': [2, 4] })
    expect(ratio(story, 'conflicts.ratio')).toEqual([4, 4])
  })

  it('are compare-and-sets too, where a leader does not compare', () => {
    const story = new Story(1)
    story.reach(story.write(0, 1, 1), [0], [0])
    const reads = [10, 11].map((at) => story.read(at, 0, { kind: READ_FOR_MODIFY }))
    const sets = reads.map((base, i) => {
      const row = { kind: COMPARE_AND_SET, at: 12 + i, until: 13 + i, order: 2 + i, base }
      return story.reach(story.row(row), [12 + i], [0])
    })
    story.finals.set(0, [sets[1] as number])
    expect(ratio(story, 'lost.overwritten')).toEqual([1, 3])
    expect(ratio(story, 'lost.rmw')).toEqual([1, 3])
  })

  it('have nothing to do with scans', () => {
    const story = new Story(1)
    story.reach(story.write(0, 1, 1), [0], [0])
    story.row({ kind: SCAN, at: 2, until: 3 })
    story.finals.set(0, [0])
    expect(ratio(story, 'conflicts.ratio')).toEqual([0, 1])
    expect(ratio(story, 'lost.ratio')).toEqual([0, 1])
  })

  it('overwrite a blind write that came between read and write; blind writes themselves lose nothing', () => {
    const story = new Story(1)
    const blind = story.reach(story.write(5, 6, 1), [5], [0])
    const modify = story.reach(story.modify(0, INITIAL, 10, 2), [8], [0])
    const last = story.reach(story.write(20, 21, 3), [20], [0])
    story.finals.set(0, [last])
    expect(story.index().unseen.isOverwritten[blind]).toBe(1)
    expect(story.index().unseen.isOverwritten[modify]).toBe(0)
    expect(losses(story)).toMatchObject({ 'lost.overwritten': [1, 3], 'lost.rmw': [0, 3] })
  })

  it('are lost if the final value has not seen them, even if nothing is known to be ordered after them', () => {
    const story = new Story(1)
    story.reach(story.modify(0, INITIAL, 10, 1), [5], [0])
    const unknown = story.row({ kind: READ, at: 0, until: 0 })
    story.history.observed[unknown] = INITIAL
    const winner = story.reach(story.timeout(1, 20), [], [])
    story.finals.set(0, [winner])
    expect(losses(story)).toMatchObject({ 'lost.overwritten': [0, 1], 'lost.rmw': [1, 1], 'lost.ratio': [1, 1] })
  })

  it('are found in any of several final values', () => {
    const story = new Story(2)
    const a = story.reach(story.modify(0, INITIAL, 10, 1), [5, null], [0])
    const b = story.reach(story.modify(0, INITIAL, 10, 2, 1), [null, 5], [1])
    story.finals.set(0, [a, b])
    expect(losses(story)['lost.rmw']).toEqual([0, 2])
  })
})

describe('a register that keeps siblings', () => {
  it('shows how many a read returned', () => {
    const story = new Story(2)
    const a = story.reach(story.write(0, 1, 1, 0), [0, 10], [0])
    const b = story.reach(story.write(5, 6, 1, 1), [15, 5], [1])
    const read = story.row({ kind: READ, at: 20, until: 20, tie: -1 })
    story.history.observeList(read, LIST_SIBLINGS, [a, b])
    story.history.frontiers.set(read, [0, 1, 1, 1])
    const found = story.measure(conflicts)
    expect(found.measuresInOrder()).toEqual({ 'conflicts.ratio': 1, 'siblings.max': 2 })
    expect(losses(story)['lost.overwritten']).toEqual([0, 2])
    expect(story.missed()[read]).toEqual([0, null])
  })

  it('lets a read-modify-write see as much as the node that was asked had received', () => {
    const story = new Story(2)
    const { history } = story
    const a = story.reach(story.write(0, 1, 1, 0), [0, 10], [0])
    story.reach(story.write(5, 6, 1, 1), [15, 5], [1])
    const read = story.row({ kind: READ_FOR_MODIFY, at: 12, until: 12, tie: -1 })
    history.node[read] = 1
    history.observeList(read, LIST_SIBLINGS, [a, 1])
    history.frontiers.set(read, [0, 1, 1, 1])
    const modify = story.reach(
      story.row({ kind: MODIFY, at: 13, until: 14, base: read, order: 2, tie: 1 }),
      [24, 13],
      [1],
    )
    const { isConcurrent } = story.index().unseen
    expect([isConcurrent[a], isConcurrent[1], isConcurrent[modify]]).toEqual([1, 1, 0])
  })

  it('hands on all that such a read-modify-write has seen', () => {
    const story = new Story(2)
    const { history } = story
    const a = story.reach(story.write(0, 1, 1, 0), [0, 3], [0])
    const b = story.reach(story.write(5, 6, 1, 1), [100, 5], [1])
    const read = story.row({ kind: READ_FOR_MODIFY, at: 12, until: 12, tie: -1 })
    history.node[read] = 1
    history.observeList(read, LIST_SIBLINGS, [b])
    history.frontiers.set(read, [0, 1, 1, 1])
    story.reach(story.row({ kind: MODIFY, at: 13, until: 14, base: read, order: 2, tie: 1 }), [24, 13], [1])
    const last = story.reach(story.write(30, 31, 2, 0), [30, 40], [0])
    const { seen } = story.index()
    for (const write of [a, b]) {
      expect(seen.includes(seen.placeOf[last] as number, seen.placeOf[write] as number)).toBe(true)
    }
  })
})

describe('disks', () => {
  it('lose writes once: a destroyed write is neither overwritten nor missing, and no read has missed it', () => {
    const story = new Story(1)
    const gone = story.reach(story.modify(0, INITIAL, 10, 1), [5], [0])
    const kept = story.reach(story.modify(12, INITIAL, 20, 2), [15], [0])
    story.finals.set(0, [kept])
    const read = story.read(30, INITIAL)
    expect(story.missed()[read]?.[0]).toBe(2)
    expect(losses(story)['lost.overwritten']).toEqual([1, 2])
    story.history.destroyed.add(gone)
    expect(losses(story)).toMatchObject({
      'lost.overwritten': [0, 2],
      'lost.rmw': [0, 2],
      'lost.durability': [1, 2],
      'lost.ratio': [1, 2],
    })
    expect(story.missed()[read]?.[0]).toBe(1)
  })

  it('do not make a witness forget what it had received', () => {
    const story = new Story(1)
    const a = story.reach(story.write(0, 1, 1), [0], [0])
    const b = story.reach(story.write(5, 6, 2), [5], [0])
    for (const write of [a, b]) story.history.forget(write, 0)
    story.reach(b, [50])
    expect(losses(story)['lost.overwritten']).toEqual([0, 2])
  })
})

describe('counters and sets', () => {
  it('compares acknowledged increments with the largest final count, counter by counter', () => {
    const story = new Story()
    for (let i = 0; i < 5; i++) story.row({ kind: INCREMENT, key: 0, at: i, until: i + 1 })
    for (let i = 0; i < 3; i++) story.row({ kind: INCREMENT, key: 1, at: i, until: i + 1 })
    story.row({ kind: INCREMENT, key: 1, at: 9, until: 10, outcome: UNKNOWN })
    story.finals.set(0, [{ count: 2 }, { count: 3 }])
    story.finals.set(1, [{ count: 4 }, { count: 4 }])
    expect(losses(story)).toMatchObject({ 'lost.rmw': [2, 8], 'lost.merges': [2, 8] })
  })

  it('counts what the warm-up lost, but no more than the measured phase acknowledged', () => {
    const story = new Story()
    story.probes = { phases: { measuredFrom: 5e6, measuredTo: 60e6, end: 60e6 } }
    for (const at of [0, 1, 2, 10]) story.row({ kind: INCREMENT, at, until: at + 1 })
    story.finals.set(0, [{ count: 3 }])
    expect(losses(story)['lost.rmw']).toEqual([1, 1])
    story.finals.set(0, [{ count: 0 }])
    expect(losses(story)['lost.rmw']).toEqual([1, 1])
    story.finals.set(0, [{ count: 1 }])
    story.history.destroyed.add(0).add(1).add(2)
    expect(losses(story)['lost.rmw']).toEqual([0, 1])
    story.finals.set(0, [{ count: 0 }])
    story.history.destroyed.add(3)
    expect(losses(story)).toMatchObject({ 'lost.rmw': [0, 1], 'lost.durability': [1, 1], 'lost.merges': [1, 1] })
  })

  it('takes overwritten increments for those that are missing, and leaves zones out where it does not know whose', () => {
    const story = new Story(2)
    story.probes = { zoneNames: ['us', 'eu'] }
    const increment = (at: number, order: number, tie: number, times: number[]) =>
      story.reach(story.row({ kind: INCREMENT, at, until: at + 1, order, tie, client: tie }), times, [tie])
    increment(0, 1, 0, [0, 10])
    increment(0, 2, 1, [10, 0])
    story.finals.set(0, [{ count: 1 }, { count: 1 }])
    expect(losses(story)).toMatchObject({ 'lost.overwritten': [1, 2], 'lost.rmw': [1, 2], 'lost.ratio': [1, 2] })
    expect(losses(story)).toMatchObject({ 'lost.overwritten@us': [1, 1], 'lost.ratio@us': [1, 1] })
    expect(losses(story)).not.toHaveProperty('lost.rmw@us')
    story.finals.set(0, [{ count: 0 }, { count: 0 }])
    expect(losses(story)['lost.ratio']).toEqual([2, 2])
    expect(losses(story)).not.toHaveProperty('lost.ratio@us')
  })

  it('counts an add whose element is nowhere, unless its removal was asked for', () => {
    const story = new Story()
    const [gone, removed, one, all] = [0, 1, 2, 3].map((at) => story.row({ kind: ADD, at, until: at + 1 }))
    story.row({ kind: REMOVE, at: 10, until: 11, outcome: UNKNOWN, base: removed as number })
    story.finals.set(0, [{ elements: [one as number, all as number] }, { elements: [all as number] }])
    expect(losses(story)['lost.rmw']).toEqual([1, 4])
    story.finals.set(0, [{ elements: [gone as number, one as number, all as number] }, { elements: [all as number] }])
    expect(losses(story)['lost.rmw']).toEqual([0, 4])
  })

  it('counts no remove as lost: one that had not seen its element has nothing to take out', () => {
    const story = new Story()
    const a = story.row({ kind: ADD, at: 0, until: 1 })
    story.row({ kind: REMOVE, at: 10, until: 11, base: a })
    story.finals.set(0, [{ elements: [a] }, { elements: [a] }])
    expect(losses(story)).toMatchObject({ 'lost.rmw': [0, 2], 'lost.merges': [0, 1] })
  })
})

describe('doubt', () => {
  it('finds increments done twice in what a counter has too much', () => {
    const story = new Story(1)
    for (const at of [0, 1]) story.reach(story.row({ kind: INCREMENT, at, until: at + 1, attempts: 2 }), [at], [0])
    story.finals.set(0, [{ count: 3 }])
    expect(story.measure(doubt).ratios['duplicated.ratio']).toEqual([1, 2])
    story.reach(story.row({ kind: INCREMENT, at: 5, until: 6, outcome: UNKNOWN }), [5], [0])
    expect(story.measure(doubt).ratios['duplicated.ratio']).toEqual([0, 2])
    expect(story.measure(loss).ratios['lost.rmw']).toEqual([0, 2])
  })

  it('tells which of the writes that timed out arrived all the same', () => {
    const story = new Story(2)
    const lost = story.timeout(0, 10)
    const arrived = story.reach(story.timeout(0, 10), [null, 20])
    expect(story.measure(doubt).ratios['unknown.applied']).toEqual([1, 2])
    story.history.forget(arrived, 1)
    expect(story.measure(doubt).ratios['unknown.applied']).toEqual([1, 2])
    expect(story.history.wasReceived(lost)).toBe(false)
  })
})
