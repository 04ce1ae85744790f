/** Logs of histograms, read back by a reader that is not ours: every tag has every count, and every interval is its seed's. */
import { HistogramLogReader, listTags } from 'hdr-histogram-js'
import { describe, expect, it } from 'vitest'
import { Histogram } from '../../src/core/histogram.js'
import { hlog } from '../../src/reports/hlog.js'
import type { CellEntry, StoredHistogram } from '../../src/results/cell-result.js'
import { histogramOf } from '../results/fixtures.js'
import { cellEntryOf, place, resultsOf } from './fixtures.js'

type Stored = Readonly<Record<string, StoredHistogram>>

const read = (...parts: readonly (readonly [number, number])[]): StoredHistogram => histogramOf(...parts).toData()

const cell = (id: string, seconds = 1): CellEntry => {
  const entry = cellEntryOf(id)
  const phases = { ...entry.cell.phases, duration: seconds * 1e9 }
  return { ...entry, seed: Number(id.split('/').at(-1)), cell: { ...entry.cell, phases } }
}

async function logOf(cells: readonly CellEntry[], histograms: Readonly<Record<string, Stored>>): Promise<string> {
  const lying = { ...place, histograms: async () => new Map(Object.entries(histograms)) }
  return hlog.render(resultsOf([], { cells }), lying)
}

interface Interval {
  readonly tag: string
  readonly start: number
  readonly end: number
  readonly count: number
  readonly p50: number
}

function intervalsIn(log: string): readonly Interval[] {
  const reader = new HistogramLogReader(log, 64)
  const intervals: Interval[] = []
  for (let one = reader.nextIntervalHistogram(); one !== null; one = reader.nextIntervalHistogram()) {
    intervals.push({
      tag: one.tag as string,
      start: one.startTimeStampMsec,
      end: one.endTimeStampMsec,
      count: one.totalCount,
      p50: one.getValueAtPercentile(50),
    })
  }
  return intervals
}

describe('a log of histograms', () => {
  it('has an interval for each seed, in the order of time, under a tag for each quantity', async () => {
    const log = await logOf([cell('lww/7'), cell('lww/3'), cell('crdt/7'), cell('crdt/3')], {
      'lww/7': { read: read([1, 10], [2, 3]), 'read@us': read([1, 4]) },
      'lww/3': { read: read([5, 20]) },
      'crdt/7': { read: read([7, 30]) },
      'crdt/3': { read: read([8, 40]) },
    })
    expect(intervalsIn(log).map(({ tag, start, end, count }) => [tag, start, end, count])).toEqual([
      ['lww:read', 0, 1000, 13],
      ['lww:read@us', 0, 1000, 4],
      ['crdt:read', 0, 1000, 30],
      ['lww:read', 1000, 2000, 20],
      ['crdt:read', 1000, 2000, 40],
    ])
    expect(listTags(log)).toEqual(['lww:read', 'lww:read@us', 'crdt:read'])
  })

  it('has the head of format 1.3 and no date of its own', async () => {
    const log = await logOf([cell('lww/1'), cell('lww/2')], { 'lww/1': { read: read([1, 10]) } })
    expect(log.split('\n').slice(0, -2)).toEqual([
      '#[Histogram log format version 1.3]',
      '#[StartTime: 0.000 (seconds since epoch), Thu Jan 01 00:00:00 UTC 1970]',
      expect.stringContaining('maxValueUnitRatio: 1000000.0'),
      '#[Seeds, and the second where their intervals start: 1 at 0.000, 2 at 1.000]',
      '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    ])
    expect(log.split('\n').at(-2)).toMatch(/^Tag=lww:read,0\.000,1\.000,1\.000,HISTF[\w+/=]+$/)
    expect(log.endsWith('\n')).toBe(true)
  })

  it('keeps values in nanoseconds and shows the exact maximum in milliseconds, of counts as it is', async () => {
    const versions = new Histogram()
    versions.record(3, 5)
    const log = await logOf([cell('lww/1')], {
      'lww/1': { read: read([123.456789, 9]), 'stale.versions': versions.toData() },
    })
    expect([...log.matchAll(/^Tag=([^,]*),[^,]*,[^,]*,([^,]*),/gm)].map(([, tag, most]) => [tag, most])).toEqual([
      ['lww:read', '123.457'],
      ['lww:stale.versions', '3.000'],
    ])
    const [times, counts] = intervalsIn(log)
    // Within a bucket, which is 0.1% wide.
    expect(Math.abs((times?.p50 ?? 0) / 123_456_789 - 1)).toBeLessThan(0.001)
    expect(counts?.p50).toBe(3)
  })

  it('gives the longest duration to each seed, so that none begins before another has ended', async () => {
    const log = await logOf([cell('lww/duration=1s/1'), cell('lww/duration=4s/1', 4), cell('lww/duration=1s/2')], {
      'lww/duration=1s/1': { read: read([1, 10]) },
      'lww/duration=4s/1': { read: read([1, 10]) },
      'lww/duration=1s/2': { read: read([1, 10]) },
    })
    expect(intervalsIn(log).map(({ tag, start, end }) => [tag, start, end])).toEqual([
      ['lww/duration=1s:read', 0, 1000],
      ['lww/duration=4s:read', 0, 4000],
      ['lww/duration=1s:read', 4000, 5000],
    ])
  })

  it('has tags without what ends a field or a line, and tells apart what becomes the same', async () => {
    const hostile = ['a b/1', 'a,b/1', 'a\nTag=x,0,1,2,HIST/1', 'a\u2028b/1', 'a"\u202eb/1']
    const stored = { 'read@eu, west': read([1, 10]) }
    const log = await logOf(
      hostile.map((id) => cell(id)),
      Object.fromEntries(hostile.map((id) => [id, stored])),
    )
    expect(intervalsIn(log).map(({ tag }) => tag)).toEqual([
      'a_b:read@eu_west',
      'a_b:read@eu_west~2',
      'a_Tag=x_0_1_2_HIST:read@eu_west',
      'a_b:read@eu_west~3',
      'a_b:read@eu_west~4',
    ])
    expect(log.trimEnd().split('\n')).toHaveLength(10)
  })

  it('says from where on values are clients giving up', async () => {
    const censored = { ...read([1, 10], [1000, 2]), censoredFrom: 1e9 }
    const log = await logOf([cell('lww/1')], { 'lww/1': { read: censored } })
    expect(log).toContain('#[From 1000.000 ms on a value may be a client giving up')
    expect(intervalsIn(log)).toHaveLength(1)
  })

  it('is a head alone where no cell has histograms, and takes cells that say nothing of their length', async () => {
    expect(intervalsIn(await logOf([], {}))).toEqual([])
    const unsaid = { ...cell('lww/1'), cell: { id: 'lww/1' } as CellEntry['cell'] }
    const log = await logOf([unsaid], { 'lww/1': { read: read([1, 10]) } })
    expect(intervalsIn(log)).toMatchObject([{ tag: 'lww:read', start: 0, end: 1000, count: 10 }])
  })
})
