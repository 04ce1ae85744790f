/**
 * Offered and achieved rates, and the flag `saturated`: it must be raised by each of its three signs, and not by the ups and
 * downs of a queue that is merely busy.
 */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { MODIFY, READ, READ_BACK, READ_FOR_MODIFY } from '../../src/history/operation-kinds.js'
import { DROPPED, OK, OVERLOADED } from '../../src/history/outcomes.js'
import { throughput } from '../../src/measures/throughput.js'
import { faultWindow, Story } from './story.js'

const SECONDS = 1000

function phase(from: number, to: number) {
  return { measuredFrom: from * 1e6, measuredTo: to * 1e6, end: to * 1e6 }
}

const isSaturated = (story: Story): boolean => story.measure(throughput).flags.includes('saturated')

/** An M/M/1 queue at 1,000 services per second, from empty, with a second of warm-up. */
function queue(seed: number, load: number, seconds = 20): Story {
  const story = new Story()
  story.probes = { phases: phase(SECONDS, (1 + seconds) * SECONDS) }
  const random = RandomStream.ofSeed(seed)
  const exponential = (mean: number): number => -mean * Math.log(1 - random.float())
  let free = 0
  for (let at = exponential(1 / load); at < (1 + seconds) * SECONDS; at += exponential(1 / load)) {
    free = Math.max(free, at) + exponential(1)
    story.row({ kind: READ, at, until: free })
  }
  return story
}

describe('throughput', () => {
  it('counts intended starts and successful completions in the measured window, by whole operations', () => {
    const story = new Story()
    story.probes = { phases: phase(1000, 3000) }
    story.write(990, 1010)
    const read = story.row({ kind: READ_FOR_MODIFY, at: 1100, until: 1200 })
    story.row({ kind: MODIFY, at: 1200, until: 1300, base: read })
    story.row({ kind: READ_BACK, at: 1400, until: 1500, base: 0 })
    story.row({ at: 1500, until: 1600, outcome: OVERLOADED })
    story.write(2990, 3010)
    const measures = story.measure(throughput).measuresInOrder()
    expect(measures).toEqual({ 'throughput.offered': 1.5, 'throughput.ok': 1 })
  })
})

describe('throughput.accepted', () => {
  it('counts what began in the measured window, whenever it was meant to, and nothing that was dropped', () => {
    const story = new Story()
    story.probes = { phases: phase(1000, 3000), mayDrop: true, zoneNames: ['us', 'eu'], clientZone: [0, 1] }
    story.row({ at: 900, invoked: 1100, until: 1200 })
    story.row({ at: 1500, until: 1600, client: 1, outcome: OVERLOADED })
    story.row({ at: 1500, until: 1500, client: 1, outcome: DROPPED })
    const read = story.row({ kind: READ_FOR_MODIFY, at: 1600, invoked: 1700, until: 1800, client: 1 })
    story.row({ kind: MODIFY, at: 1800, until: 1900, base: read, client: 1 })
    story.row({ at: 2900, invoked: 3000, until: 3100 })
    expect(story.measure(throughput).measuresInOrder()).toEqual({
      'throughput.offered': 2,
      'throughput.accepted': 1.5,
      'throughput.ok': 1,
      'throughput.offered@us': 0.5,
      'throughput.accepted@us': 0.5,
      'throughput.ok@us': 0.5,
      'throughput.offered@eu': 1.5,
      'throughput.accepted@eu': 1,
      'throughput.ok@eu': 0.5,
    })
  })
})

describe('the flag saturated', () => {
  it('is raised where successes fall short of what was offered', () => {
    const story = new Story()
    story.probes = { phases: phase(0, 1000) }
    for (let i = 0; i < 1000; i++) story.row({ at: i, until: i + 1, outcome: i % 20 === 0 ? OVERLOADED : OK })
    expect(isSaturated(story)).toBe(true)
  })

  it('is not raised by failures within a fault window', () => {
    const story = new Story()
    const fault = faultWindow('crash', 99e6, 400e6)
    story.probes = { phases: phase(0, 1000), faults: [fault] }
    for (let i = 0; i < 1000; i++) {
      const isDown = i >= 100 && i < 399
      story.row({ at: i, until: i + 0.5, outcome: isDown ? OVERLOADED : OK })
    }
    expect(isSaturated(story)).toBe(false)
  })

  it('is raised by a queue that keeps 16 of 1,000 arrivals, before successes fall 2% short', () => {
    const story = new Story()
    story.probes = { phases: phase(0, 20 * SECONDS) }
    for (let at = 0; at < 20 * SECONDS; at += 0.1) story.row({ at, until: at + 0.016 * at })
    expect(isSaturated(story)).toBe(true)
  })

  it('is not raised by a queue that drains after a fault', () => {
    const story = new Story()
    const fault = faultWindow('slow-node', 7 * SECONDS * 1e6, 8 * SECONDS * 1e6)
    story.probes = { phases: phase(0, 10 * SECONDS), faults: [fault] }
    for (let at = 0; at < 10 * SECONDS; at++) {
      const backlog = at < 7000 ? 0 : at < 8000 ? at - 7000 : Math.max(0, 9000 - at)
      story.row({ at, until: at + 1 + backlog })
    }
    expect(isSaturated(story)).toBe(false)
  })

  it('is not raised by as many more in flight as arrive on a ramp, and is where they take longer too', () => {
    // Up to 12,500 a second: arrival i comes when i have. At a latency of 190 ms 960 more are in flight, where chance makes 700.
    const onRamp = (latency: (at: number) => number): Story => {
      const story = new Story()
      story.probes = { phases: phase(0, 20 * SECONDS) }
      for (let i = 0; i < 125_000; i++) {
        const at = Math.sqrt(3200 * i)
        story.row({ at, until: at + latency(at) })
      }
      return story
    }
    expect(isSaturated(onRamp(() => 190))).toBe(false)
    expect(isSaturated(onRamp((at) => 100 + at / 25))).toBe(true)
  })

  it('is raised by dropping more than 2%', () => {
    const dropping = (every: number): Story => {
      const story = new Story()
      story.probes = { phases: phase(0, 10 * SECONDS), mayDrop: true }
      for (let i = 0; i < 10_000; i++) {
        const isDropped = i % every === 0
        story.row({ at: i, until: i + (isDropped ? 0 : 1), outcome: isDropped ? DROPPED : OK })
      }
      return story
    }
    expect([isSaturated(dropping(100)), isSaturated(dropping(40))]).toEqual([false, true])
  })

  it('is raised by every queue offered 5% more than it can do', () => {
    for (let seed = 1; seed <= 20; seed++) expect([seed, isSaturated(queue(seed, 1.05))]).toEqual([seed, true])
  })

  it('is raised in a closed loop only by a station that is over 98% busy', () => {
    const story = new Story()
    const station = { node: 0, meanInSystem: 1, completions: 100 }
    for (let i = 0; i < 100; i++) story.write(i, i + 1)
    const flagged = (closedLoop: boolean, utilization: number): boolean => {
      story.probes = { phases: phase(0, 100), closedLoop, stations: [{ ...station, utilization }] }
      return isSaturated(story)
    }
    expect([flagged(true, 0.99), flagged(true, 0.97), flagged(false, 0.99)]).toEqual([true, false, false])
  })

  it('is not raised by 100 queues at 50%, 100 at 80% and 100 at 90% load', () => {
    // 300 runs without a false alarm bound its probability below 1% (rule of three).
    for (const load of [0.5, 0.8, 0.9]) {
      for (let seed = 1; seed <= 100; seed++) {
        expect([load, seed, isSaturated(queue(seed, load, 4))]).toEqual([load, seed, false])
      }
    }
  })
})
