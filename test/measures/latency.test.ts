/**
 * Whose latency counts, from when, and what a timeout does to a percentile.
 */
import { describe, expect, it } from 'vitest'
import { INITIAL } from '../../src/core/ids.js'
import {
  ADD,
  COMPARE_AND_SET,
  DELETE,
  INCREMENT,
  INSERT,
  MODIFY,
  READ,
  READ_BACK,
  READ_FOR_MODIFY,
  REMOVE,
  SCAN,
} from '../../src/history/operation-kinds.js'
import { CONFLICT, OVERLOADED, UNAVAILABLE, UNKNOWN } from '../../src/history/outcomes.js'
import { latency } from '../../src/measures/latency.js'
import { Story } from './story.js'

/** The histogram's exact part, in milliseconds. */
function exact(story: Story, quantity: string) {
  const histogram = story.measure(latency).histograms[quantity]
  if (histogram === undefined) return undefined
  return { count: histogram.count, sum: histogram.sum / 1e6, max: histogram.max / 1e6 }
}

describe('latency', () => {
  it('counts reads, also those for a modify, and not read-backs', () => {
    const story = new Story()
    const write = story.write(0, 8)
    story.row({ kind: READ, at: 10, until: 13 })
    story.row({ kind: READ_FOR_MODIFY, at: 10, until: 15 })
    story.row({ kind: READ_BACK, at: 10, until: 90, base: write })
    expect(exact(story, 'read')).toEqual({ count: 2, sum: 8, max: 5 })
  })

  it('counts updates, inserts, deletes, increments, adds and removes as writes', () => {
    const story = new Story()
    story.write(0, 1)
    story.row({ kind: INCREMENT, at: 0, until: 2 })
    const element = story.row({ kind: ADD, at: 0, until: 4 })
    story.row({ kind: REMOVE, at: 5, until: 13, base: element })
    story.row({ kind: INSERT, at: 0, until: 16 })
    story.row({ kind: DELETE, at: 20, until: 52 })
    expect(exact(story, 'write')).toEqual({ count: 6, sum: 63, max: 32 })
  })

  it('measures a read-modify-write from the start of its read', () => {
    const story = new Story()
    const read = story.read(10, INITIAL, { kind: READ_FOR_MODIFY, until: 12 })
    story.row({ kind: MODIFY, at: 12, until: 17, base: read })
    expect(exact(story, 'rmw')).toEqual({ count: 1, sum: 7, max: 7 })
    expect(exact(story, 'write')).toBeUndefined()
  })

  it('measures a compare-and-set likewise, and leaves out one that was refused as a conflict', () => {
    const story = new Story()
    const read = story.read(10, INITIAL, { kind: READ_FOR_MODIFY, until: 12 })
    story.row({ kind: COMPARE_AND_SET, at: 12, until: 17, base: read })
    const late = story.read(10, INITIAL, { kind: READ_FOR_MODIFY, until: 18 })
    story.row({ kind: COMPARE_AND_SET, at: 18, until: 20, base: late, outcome: CONFLICT })
    expect(exact(story, 'rmw')).toEqual({ count: 1, sum: 7, max: 7 })
    expect(exact(story, 'write')).toBeUndefined()
    expect(exact(story, 'read')).toEqual({ count: 2, sum: 10, max: 8 })
  })

  it('keeps scans apart', () => {
    const story = new Story()
    story.row({ kind: SCAN, at: 0, until: 30 })
    story.row({ kind: SCAN, at: 0, until: 1000, outcome: UNKNOWN })
    story.row({ kind: READ, at: 0, until: 2 })
    expect(exact(story, 'scan')).toEqual({ count: 2, sum: 1030, max: 1000 })
    expect(exact(story, 'read')).toEqual({ count: 1, sum: 2, max: 2 })
    expect(exact(story, 'write')).toBeUndefined()
  })

  it('puts a read-modify-write into the phase of its read', () => {
    const story = new Story()
    story.probes = { phases: { measuredFrom: 11e6, measuredTo: 20e6, end: 20e6 } }
    const early = story.row({ kind: READ_FOR_MODIFY, at: 10, until: 12 })
    story.row({ kind: MODIFY, at: 12, until: 17, base: early })
    const late = story.row({ kind: READ_FOR_MODIFY, at: 19, until: 22 })
    story.row({ kind: MODIFY, at: 22, until: 25, base: late })
    expect(exact(story, 'rmw')).toEqual({ count: 1, sum: 6, max: 6 })
  })

  it('counts timeouts when the client gave up, in either half of a read-modify-write, and leaves out refusals', () => {
    const story = new Story()
    const read = story.row({ kind: READ_FOR_MODIFY, at: 0, until: 5 })
    story.row({ kind: MODIFY, at: 5, until: 1005, base: read, outcome: UNKNOWN })
    story.row({ kind: READ_FOR_MODIFY, at: 0, until: 1000, outcome: UNKNOWN })
    story.row({ kind: READ, at: 0, until: 1, outcome: UNAVAILABLE })
    story.row({ kind: READ, at: 0, until: 1, outcome: OVERLOADED })
    expect(exact(story, 'rmw')).toEqual({ count: 2, sum: 2005, max: 1005 })
    expect(exact(story, 'read')).toEqual({ count: 2, sum: 1005, max: 1000 })
  })

  it('says of a percentile among timeouts that it is at least that', () => {
    const story = new Story()
    for (let i = 0; i < 970; i++) story.row({ kind: READ, at: i, until: i + 2 })
    for (let i = 0; i < 30; i++) story.row({ kind: READ, at: i, until: i + 1000, outcome: UNKNOWN })
    const found = story.measure(latency)
    expect(found.atLeast).toEqual(['read.mean', 'read.p99', 'read.max'])
    expect(found.measuresInOrder()['read.p99']).toBe(1000)
    expect(found.measuresInOrder()['read.p95']).toBeCloseTo(2, 2)
  })

  it('gives a percentile only where ten samples lie beyond it', () => {
    const story = new Story()
    const names = () => Object.keys(story.measure(latency).measuresInOrder())
    for (let i = 0; i < 999; i++) story.row({ kind: READ, at: i, until: i + 2 })
    expect(names()).toEqual(['read.mean', 'read.p50', 'read.p90', 'read.p95', 'read.max'])
    story.row({ kind: READ, at: 0, until: 1 })
    expect(names()).toContain('read.p99')
    expect(names()).not.toContain('read.p99.9')
  })

  it('is told for each zone where there are several', () => {
    const story = new Story()
    story.probes = { zoneNames: ['us', 'eu', 'ap'], clientZone: [0, 2] }
    story.row({ kind: READ, client: 0, at: 0, until: 1 })
    story.row({ kind: READ, client: 1, at: 0, until: 100 })
    const { histograms } = story.measure(latency)
    expect(Object.keys(histograms)).toEqual(['read', 'read@us', 'read@ap'])
    expect(histograms['read@ap']?.max).toBe(100e6)
    expect(histograms['read']?.count).toBe(2)
  })
})
