/**
 * Recovery after faults, seconds without service, and zones, from operations told by hand.
 */
import { describe, expect, it } from 'vitest'
import { UNAVAILABLE } from '../../src/history/outcomes.js'
import { availability } from '../../src/measures/availability.js'
import { recovery } from '../../src/measures/recovery.js'
import { throughput } from '../../src/measures/throughput.js'
import { faultWindow, Story } from './story.js'

const SECONDS = 1000

/** Ten operations a second for ten seconds, each a millisecond long; those that begin while it is down fail. */
function storyOf(isDown: (at: number) => boolean, faults: readonly (readonly [number, number])[]): Story {
  const story = new Story()
  for (let at = 50; at < 10 * SECONDS; at += 100) {
    story.row({ at, until: at + 1, ...(isDown(at) ? { outcome: UNAVAILABLE } : {}) })
  }
  story.probes = {
    phases: { measuredFrom: 0, measuredTo: 10e9, end: 10e9 },
    faults: faults.map(([from, to]) => faultWindow('crash', from * 1e6, to * 1e6)),
  }
  return story
}

const recoveryOf = (story: Story) => story.measure(recovery).ratios['recovery.time']

describe('recovery.time', () => {
  it('is the time from the end of the fault until operations succeed again', () => {
    expect(recoveryOf(storyOf((at) => at > 2000 && at < 3700, [[2000, 3000]]))).toEqual([700, 1])
  })

  it('is nothing where service never failed, or came back before the fault had ended', () => {
    expect(recoveryOf(storyOf(() => false, [[2000, 3000]]))).toEqual([0, 1])
    expect(recoveryOf(storyOf((at) => at > 2000 && at < 2500, [[2000, 3000]]))).toEqual([0, 1])
  })

  it('asks for a whole second in which 95% succeed', () => {
    const down = (at: number) => at > 2000 && at < 3700 && at !== 3250
    expect(recoveryOf(storyOf(down, [[2000, 3000]]))).toEqual([700, 1])
    const relapse = (at: number) => down(at) || at === 4350
    expect(recoveryOf(storyOf(relapse, [[2000, 3000]]))).toEqual([1400, 1])
  })

  it('asks that as much is done as is asked for: what merely waits is not served', () => {
    const story = storyOf(() => false, [[2000, 3000]])
    for (let at = 3050; at < 4000; at += 100) story.row({ at, until: 8000 })
    expect(recoveryOf(story)?.[0]).toBe(1000)
  })

  it('counts faults that overlap as one, and each window for itself', () => {
    const down = (at: number) => (at > 1000 && at < 3500) || (at > 6000 && at < 7100)
    const faults = [
      [1000, 2000],
      [1500, 3000],
      [6000, 7000],
    ] as const
    expect(recoveryOf(storyOf(down, faults))).toEqual([600, 2])
  })

  it('counts until the next fault, or the end, where service did not come back', () => {
    const faults = [
      [1000, 2000],
      [4000, 5000],
    ] as const
    expect(recoveryOf(storyOf((at) => at > 1000, faults))).toEqual([7000, 2])
  })

  it('leaves out a window that nothing can be seen after, and is absent without windows', () => {
    expect(recoveryOf(storyOf(() => false, [[2000, 9500]]))).toBeUndefined()
    expect(recoveryOf(storyOf(() => false, []))).toBeUndefined()
  })
})

describe('unavailable.seconds', () => {
  const secondsOf = (story: Story) => story.measure(availability).measuresInOrder()['unavailable.seconds']

  it('counts seconds of whose operations more than half failed', () => {
    expect(secondsOf(storyOf((at) => at > 2000 && at < 3500, []))).toBe(1)
    expect(secondsOf(storyOf((at) => at > 2000 && at < 3600, []))).toBe(2)
    expect(secondsOf(storyOf(() => false, []))).toBe(0)
  })
})

describe('zones', () => {
  it('each have their own figures', () => {
    const story = storyOf((at) => at % 200 === 50 && at > 2000 && at < 5000, [[2000, 4000]])
    story.history.client.forEach((_, id) => {
      story.history.client[id] = id % 2
    })
    story.probes = { ...story.probes, zoneNames: ['us', 'eu'] }
    const found = { ...story.measure(availability).ratios, ...story.measure(recovery).ratios }
    expect(found).toMatchObject({
      availability: [85, 100],
      'availability@us': [35, 50],
      'availability@eu': [50, 50],
      'errors.unavailable@us': [15, 50],
      'retries.per-op@eu': [0, 50],
      'recovery.time': [900, 1],
      'recovery.time@us': [900, 1],
      'recovery.time@eu': [0, 1],
    })
    expect(story.measure(availability).measuresInOrder()).toMatchObject({
      'unavailable.seconds': 0,
      'unavailable.seconds@us': 3,
      'unavailable.seconds@eu': 0,
    })
    expect(story.measure(throughput).measuresInOrder()).toMatchObject({
      'throughput.offered@us': 5,
      'throughput.ok@us': 3.5,
      'throughput.ok@eu': 5,
    })
  })
})
