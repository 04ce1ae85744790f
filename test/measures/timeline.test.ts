/**
 * Timelines: what each second had, and how seeds are put together.
 */
import { describe, expect, it } from 'vitest'
import { INITIAL } from '../../src/core/ids.js'
import { SCAN } from '../../src/history/operation-kinds.js'
import { UNAVAILABLE } from '../../src/history/outcomes.js'
import { EMPTY_TIMELINE, timelineOf } from '../../src/measures/timeline.js'
import { poolTimelines } from '../../src/results/pooled-timeline.js'
import { Story } from './story.js'

const phases = { measuredFrom: 1e9, measuredTo: 3.5e9, end: 5e9 }

describe('a timeline', () => {
  it('counts operations in the second of their intended start', () => {
    const story = new Story()
    story.probes = { phases }
    const write = story.write(900, 910, 1)
    story.write(1999, 2050, 2)
    story.timeout(2000, 3000)
    story.row({ at: 2999, until: 2999, outcome: UNAVAILABLE })
    story.read(3100, write)
    story.read(3400, INITIAL, { key: 1 })
    story.write(3500, 3501, 3)
    story.row({ kind: SCAN, at: 1500, until: 1900 })
    expect(timelineOf(story.index())).toEqual({
      second: [0, 1, 2],
      offered: [2, 2, 2],
      ok: [2, 0, 2],
      failed: [0, 1, 0],
      unknown: [0, 1, 0],
      readP50: [null, null, null],
      readP99: [null, null, null],
      readMax: [null, null, 0],
      writeP50: [null, null, null],
      writeP99: [null, null, null],
      writeMax: [51, 1000, null],
      eligibleReads: [0, 0, 1],
      staleReads: [0, 0, 1],
    })
  })

  it('has a percentile where ten samples lie beyond it', () => {
    const story = new Story()
    story.probes = { phases }
    for (let i = 1; i <= 20; i++) story.write(1000 + i, 1000 + 2 * i)
    for (let i = 1; i <= 1000; i++) story.write(2000 + (i % 100), 2000 + (i % 100) + i)
    for (let i = 1; i <= 19; i++) story.write(3000, 3000 + i)
    const { writeP50, writeP99, writeMax } = timelineOf(story.index())
    expect(writeP50).toEqual([10, 500, null])
    expect(writeP99).toEqual([null, 990, null])
    expect(writeMax).toEqual([20, 1000, 19])
  })
})

describe('timelines of several seeds', () => {
  const lone = (offered: number, readMax: number | null) => ({
    ...EMPTY_TIMELINE,
    second: [0],
    offered: [offered],
    readMax: [readMax],
  })

  it('add up counts and take the median of latencies, of those that have one', () => {
    const pooled = poolTimelines([lone(3, 9), lone(4, null), lone(5, 2), lone(6, 4)])
    expect(pooled).toMatchObject({ second: [0], offered: [18], readMax: [4], writeMax: [null] })
    expect(poolTimelines([lone(1, 9), lone(1, 2)]).readMax).toEqual([2])
  })

  it('may be of different lengths, or none', () => {
    const longer = { ...EMPTY_TIMELINE, second: [0, 1], offered: [1, 2] }
    expect(poolTimelines([lone(5, 1), longer])).toMatchObject({ second: [0, 1], offered: [6, 2], readMax: [1, null] })
    expect(poolTimelines([])).toEqual(EMPTY_TIMELINE)
  })
})
