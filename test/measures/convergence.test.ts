/**
 * Convergence and the visibility of writes, from receipts told by hand: three replicas, times in milliseconds.
 */
import { describe, expect, it } from 'vitest'
import { INCREMENT } from '../../src/history/operation-kinds.js'
import { convergence } from '../../src/measures/convergence.js'
import { visibility } from '../../src/measures/visibility.js'
import { Story } from './story.js'

const measured = { measuredFrom: 0, measuredTo: 50e6, end: 200e6 }

function storyOf(...writes: readonly { until: number; times: readonly (number | null)[]; order?: number }[]): Story {
  const story = new Story(3)
  story.probes = { phases: measured }
  for (const { until, times, order = Number.NaN } of writes) story.reach(story.write(0, until, order), times)
  return story
}

/** [wait in ms, whether it is at least that] of all writes together. */
function largestWait(story: Story): readonly [number | undefined, boolean] {
  const found = story.measure(convergence)
  return [found.measuresInOrder()['convergence.max'], found.atLeast.includes('convergence.max')]
}

describe('convergence', () => {
  it('takes until the last replica has the write, and no time if all had it when it was acknowledged', () => {
    expect(largestWait(storyOf({ until: 10, times: [1, 20, 42], order: 1 }))).toEqual([32, false])
    expect(largestWait(storyOf({ until: 50, times: [1, 20, 42], order: 1 }))).toEqual([0, false])
  })

  it('is done for a replica that has a version which is ordered after it', () => {
    const story = storyOf({ until: 10, times: [1, 2, null], order: 1 }, { until: 12, times: [15, 16, 17], order: 2 })
    expect(largestWait(story)).toEqual([7, false])
    expect(story.measure(convergence).histograms['convergence']).toMatchObject({ count: 2, min: 5e6, max: 7e6 })
  })

  it('waits for the write itself where versions are ordered in part, or not at all', () => {
    const writes = [
      { until: 10, times: [1, 2, 100], order: 1 },
      { until: 12, times: [15, 16, 17], order: 2 },
    ]
    const story = storyOf(...writes)
    story.probes = { ...story.probes, isPartiallyOrdered: () => true }
    expect(largestWait(story)).toEqual([90, false])
    expect(largestWait(storyOf(...writes.map(({ until, times }) => ({ until, times }))))).toEqual([90, false])
  })

  it('is at least until the end for a write that never gets there, and left out for one that was destroyed', () => {
    const story = storyOf({ until: 10, times: [1, 2, null], order: 1 }, { until: 20, times: [25, 25, 25], order: 0 })
    expect(largestWait(story)).toEqual([190, true])
    story.history.destroyed.add(0)
    expect(largestWait(story)).toEqual([5, false])
  })

  it('starts anew on a disk that forgot', () => {
    const story = storyOf({ until: 10, times: [1, 2, 3], order: 1 })
    story.history.forget(0, 2)
    expect(largestWait(story)).toEqual([190, true])
    story.reach(0, [null, null, 60])
    expect(largestWait(story)).toEqual([50, false])
  })

  it('leaves out writes of other phases', () => {
    const story = storyOf({ until: 10, times: [1, 2, 3], order: 1 })
    story.probes = { phases: { measuredFrom: 5e6, measuredTo: 50e6, end: 200e6 } }
    expect(largestWait(story)[0]).toBeUndefined()
  })
})

describe('convergence.heal', () => {
  const heal = (story: Story) => story.measure(convergence).measuresInOrder()['convergence.heal']

  it('ends with the last receipt that changed what a replica holds', () => {
    const story = storyOf({ until: 10, times: [1, 2, 120], order: 1 }, { until: 12, times: [15, 16, 77], order: 2 })
    story.finals.set(0, [1, 1, 1])
    expect(heal(story)).toBe(27)
  })

  it('counts the write that is the final value, though nobody was told of it', () => {
    const story = storyOf({ until: 10, times: [1, 2, 3], order: 1 })
    const unknown = story.reach(story.timeout(5, 20), [6, 7, 110])
    story.finals.set(0, [unknown, unknown, unknown])
    expect(heal(story)).toBe(60)
  })

  it('counts every receipt where versions are ordered in part', () => {
    const story = storyOf()
    story.probes = { ...story.probes, isPartiallyOrdered: (kind) => kind === INCREMENT }
    story.reach(story.row({ kind: INCREMENT, at: 0, until: 1, order: 1 }), [1, 90, 3])
    story.reach(story.row({ kind: INCREMENT, at: 2, until: 3, order: 2 }), [1, 4, 3])
    story.finals.set(0, [{ count: 2 }, { count: 2 }, { count: 2 }])
    expect(heal(story)).toBe(40)
  })

  it('is nothing if all was equal when the load ended, and absent where replicas differ', () => {
    const story = storyOf({ until: 10, times: [1, 2, 3], order: 1 })
    story.finals.set(0, [0, 0, 0])
    expect(heal(story)).toBe(0)
    story.finals.set(0, [0, 0, -2])
    expect(heal(story)).toBeUndefined()
  })
})

describe('diverged.keys', () => {
  it('counts keys whose replicas differ in the end', () => {
    const story = new Story(0)
    story.finals.set(0, [4, 4])
    story.finals.set(1, [4, 5])
    story.finals.set(2, [{ count: 2 }, { count: 2 }])
    story.finals.set(3, [{ elements: [1, 2] }, { elements: [1, 3] }])
    for (let key = 0; key < 4; key++) for (let i = 0; i < 2; i++) story.row({ key, at: 0, until: 1 })
    expect(story.measure(convergence).measuresInOrder()).toEqual({ 'diverged.keys': 2 })
  })

  it('leaves out a key of which no replica holds anything, whichever delete each has purged', () => {
    const story = new Story(0)
    const empty = [
      [true, true],
      [true, false],
    ] as const
    for (const key of [0, 1]) story.row({ key, at: 0, until: 1 })
    story.probes = { finals: { writtenKeys: [0, 1], values: () => [4, 5], empty: (key) => empty[key] ?? [] } }
    expect(story.measure(convergence).measuresInOrder()).toEqual({ 'diverged.keys': 1 })
  })
})

describe('visibility.write', () => {
  const wait = (needed: number, of: readonly number[], until = 10) => {
    const story = storyOf({ until, times: [1, 20, 42], order: 1 })
    story.probes = { ...story.probes, readers: { needed, of: () => of } }
    return (story.measure(visibility).histograms['visibility.write']?.max ?? Number.NaN) / 1e6
  }

  it('waits until any R of the replicas that may answer include one that has the write', () => {
    expect([1, 2, 3].map((needed) => wait(needed, [0, 1, 2]))).toEqual([32, 10, 0])
    expect(wait(1, [0])).toBe(0)
    expect(wait(1, [2, 1])).toBe(32)
    expect(wait(2, [2, 1])).toBe(10)
  })

  it('is absent where nobody knows who may answer', () => {
    const story = storyOf({ until: 10, times: [1, 20, 42], order: 1 })
    expect(story.measure(visibility).histograms).toEqual({})
  })
})
