import { describe, expect, it } from 'vitest'
import { EMPTY_TIMELINE, type Timeline } from '../../../src/measures/timeline.js'
import { densities, strikeShapes } from '../../../src/reports/charts/strikes.js'
import { stepFor, timeline } from '../../../src/reports/charts/timeline.js'
import type { StruckWindow } from '../../../src/results/fault-toll.js'
import type { Summary } from '../../../src/results/summary.js'
import { resultsOf, summaryOf } from '../fixtures.js'
import { HOSTILE } from './drawings.js'
import { drawn } from './drawn.js'

/** Of as many seconds as `ok` has. */
function timelineOf(columns: Partial<Timeline>): Timeline {
  const seconds = columns.ok?.length ?? 0
  const all = <T>(entry: T): T[] => Array.from({ length: seconds }, () => entry)
  const counts = {
    offered: all(0),
    ok: all(0),
    failed: all(0),
    unknown: all(0),
    eligibleReads: all(0),
    staleReads: all(0),
  }
  const latencies = {
    readP50: all(null),
    readP99: all(null),
    readMax: all(null),
    writeP50: all(null),
    writeP99: all(null),
    writeMax: all(null),
  }
  return { second: Array.from({ length: seconds }, (_, second) => second), ...counts, ...latencies, ...columns }
}

const summaryWith = (label: string, columns: Partial<Timeline>, more: Partial<Summary> = {}): Summary =>
  summaryOf(label, {}, { seeds: [1, 2], timeline: timelineOf(columns), ...more })

const strike = (label: string, from: number, to: number, seeds: number): StruckWindow => ({
  name: 'crash',
  label,
  from,
  to,
  seeds,
})

const THREE_SECONDS = {
  ok: [200, 100, 0],
  failed: [0, 60, 0],
  unknown: [0, 40, 0],
  readP99: [3.25, null, null],
  eligibleReads: [10, 3, 0],
  staleReads: [1, 1, 0],
}

describe('the timeline', () => {
  it('has rates of one seed and shares of all, and only what was measured', () => {
    const faults = [strike('crash a', 0.5, 2, 1), strike('crash b', 1.5, 9, 2), strike('crash a', 1.9, 1.95, 1)]
    const { table } = drawn(timeline, resultsOf([summaryWith('lww', THREE_SECONDS, { faults })]))
    expect(table.heads).toEqual([
      ...[
        'variant',
        'from s',
        'to s',
        'done per second',
        'read p99, ms',
        'stale reads',
        'failed or unknown',
        'struck by',
      ],
    ])
    expect(table.rows).toEqual([
      ['lww', 0, 1, 100, 3.25, 0.1, 0, 'crash a'],
      ['lww', 1, 2, 50, null, 0.333333333, 0.5, 'crash a and crash b'],
      ['lww', 2, 3, 0, null, null, null, 'crash b'],
    ])
  })

  it('takes long phases in steps: counts add up, the worst second stands', () => {
    const seconds = 241
    const ok = Array.from({ length: seconds }, () => 30)
    const writeP99 = Array.from({ length: seconds }, (_, i) => (i === 3 ? 8.5 : i === 2 ? 7 : null))
    const eligibleReads = Array.from({ length: seconds }, () => 5)
    const staleReads = Array.from({ length: seconds }, (_, i) => (i === 240 ? 5 : 1))
    const { table } = drawn(timeline, resultsOf([summaryWith('lww', { ok, writeP99, eligibleReads, staleReads })]))
    expect(table.rows).toHaveLength(121)
    expect(table.rows.slice(0, 2)).toEqual([
      ['lww', 0, 2, 15, null, 0.2, 0, ''],
      ['lww', 2, 4, 15, 8.5, 0.2, 0, ''],
    ])
    expect(table.rows.at(-1)).toEqual(['lww', 240, 241, 15, null, 1, 0, ''])
  })

  it.each([
    [240, 1],
    [241, 2],
    [480, 2],
    [481, 5],
    [3600, 30],
    [1_000_000, 4167],
  ])('of %i seconds has steps of %i', (seconds, step) => {
    expect(stepFor(seconds)).toBe(step)
  })

  it('keeps the strikes once that several variants share', () => {
    const [one, other] = [[strike('crash a', 1, 2, 2)], [strike('crash b', 1, 2, 1)]]
    const results = resultsOf([one, one, other].map((faults, i) => summaryWith(`lww ${i}`, THREE_SECONDS, { faults })))
    expect(timeline.data(results)).toMatchObject({
      strikes: [[{ label: 'crash a', from: 1, to: 2, share: 1 }], [{ label: 'crash b', from: 1, to: 2, share: 0.5 }]],
      series: [{ strikes: 0 }, { strikes: 0 }, { strikes: 1 }],
    })
  })

  it('says under the pointer what its panel knows of each line that is shown', () => {
    const results = resultsOf([summaryWith('lww', THREE_SECONDS), summaryWith('crdt', { ok: [7, 8] })])
    const { tooltip } = drawn(timeline, results).option as unknown as { tooltip: { formatter(all: object[]): string } }
    const at = (dataIndex: number, axisIndex: number, names: readonly string[]) =>
      tooltip.formatter(names.map((seriesName) => ({ seriesName, dataIndex, axisIndex, data: [] })))
    expect(at(1, 3, ['lww', 'crdt'])).toBe('failed or unknown, 1 s to 2 s\n50%  lww\n0%  crdt')
    expect(at(0, 1, ['lww'])).toBe('read p99, 0 s to 1 s\n3.25 ms  lww')
    expect(at(2, 1, ['lww', 'crdt'])).toBe('read p99, 2 s to 3 s\nunknown  lww')
  })

  it('names and shades what struck, and does without in results of before', () => {
    const faults = [strike('partition us', 1, 2, 2)]
    expect(drawn(timeline, resultsOf([summaryWith('lww', THREE_SECONDS, { faults })])).svg).toMatch(/partition us.*/)
    expect(drawn(timeline, resultsOf([summaryWith('lww', THREE_SECONDS, { faults })])).svg).toContain('var(--band)')
    expect(drawn(timeline, resultsOf([summaryWith('lww', THREE_SECONDS)])).svg).not.toContain('var(--band)')
  })

  it('is not there where no second was measured', () => {
    expect(timeline.data(resultsOf([summaryOf('lww', {}, { timeline: EMPTY_TIMELINE })]))).toBeNull()
    expect(timeline.data(resultsOf([summaryWith('lww', THREE_SECONDS, { seeds: [] })]))).toBeNull()
    expect(timeline.data(resultsOf([]))).toBeNull()
  })

  it('draws what there is of a timeline that lacks columns', () => {
    const { second, ok } = timelineOf({ ok: [4, 6] })
    const results = resultsOf([summaryOf('lww', {}, { seeds: [1], timeline: { second, ok } as unknown as Timeline })])
    expect(drawn(timeline, results).table.rows).toEqual([
      ['lww', 0, 1, 4, ''],
      ['lww', 1, 2, 6, ''],
    ])
    expect(timeline.data(resultsOf([summaryOf('lww', {}, { timeline: {} as unknown as Timeline })]))).toBeNull()
  })

  it('draws a latency of nothing on an axis that has a place for it', () => {
    const { svg } = drawn(timeline, resultsOf([summaryWith('lww', { ...THREE_SECONDS, readP99: [0, 1, 2] })]))
    expect(svg).not.toMatch(/NaN|Infinity/)
  })

  it('shows hostile labels as text, at any width', () => {
    const faults = HOSTILE.map((label, i) => strike(label, i / 10, 2, 1))
    const results = resultsOf(HOSTILE.map((label) => summaryWith(label, THREE_SECONDS, { faults })))
    for (const width of [860, 360, 40])
      expect(drawn(timeline, results, { width }).svg).not.toMatch(/<img|<script|NaN|\u202E/)
  })
})

describe('strikes', () => {
  const band = (from: number, to: number, share: number) => ({ label: 'crash', from, to, share })

  it('add up where they overlap, and never beyond all seeds', () => {
    expect(densities([[band(1, 4, 0.5), band(3, 6, 0.25), band(5, 6, 1)]], 10)).toEqual([
      { from: 1, to: 3, share: 0.5 },
      { from: 3, to: 4, share: 0.75 },
      { from: 4, to: 5, share: 0.25 },
      { from: 5, to: 6, share: 1 },
    ])
  })

  it('count once where several variants met them, and end with the phase', () => {
    expect(densities([[band(-2, 4, 0.5)], [band(3, 99, 0.5)]], 10)).toEqual([{ from: 0, to: 10, share: 0.5 }])
    expect(densities([[band(7, 7, 1)], []], 10)).toEqual([])
  })

  it('are named at most twelve times, and no name covers another', () => {
    const bands = Array.from({ length: 40 }, (_, i) => ({
      label: `crash node-${i}`,
      from: (i * 7) % 60,
      to: 60,
      share: 0.1,
    }))
    const { labels, labelHeight } = strikeShapes([bands], { left: 60, right: 860, top: 20, height: 300, seconds: 60 })
    const placed = labels.map((label) => (label as { style: { text: string; x: number; y: number } }).style)
    expect(placed.length).toBeGreaterThan(4)
    expect(placed.length).toBeLessThanOrEqual(12)
    expect(labelHeight).toBeLessThanOrEqual(60)
    for (const one of placed) {
      expect(one.x + one.text.length * 6).toBeLessThanOrEqual(860)
      const after = placed.filter(({ x, y }) => y === one.y && x > one.x)
      for (const { x } of after) expect(x).toBeGreaterThan(one.x + one.text.length * 6)
    }
  })
})
