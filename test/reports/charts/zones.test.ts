import { describe, expect, it } from 'vitest'
import { zones } from '../../../src/reports/charts/zones.js'
import { none, resultsOf, saturated, summaryOf, timedOut, value } from '../fixtures.js'
import { HOSTILE } from './drawings.js'
import { drawn } from './drawn.js'

const US_AND_EU = resultsOf([
  summaryOf('lww', {
    'read.p99': value(9),
    'read.p99@us': value(1.23456789, 1.2, 1.3),
    'availability@us': value(1),
    'stale.ratio@us': none(461),
    'read.p99@eu': timedOut(1000),
    'availability@eu': value(0.987654321),
    'stale.ratio@eu': value(0.0123456),
    'write.p50@far': value(3),
  }),
  summaryOf('crdt', { 'read.p99': value(8) }),
  saturated('quorum', { 'read.p99@eu': value(4) }),
])

describe('what each zone sees', () => {
  it('is the numbers of the results, zone by zone in their order', () => {
    const { table } = drawn(zones, US_AND_EU)
    expect(table.heads).toEqual(['variant', 'zone', 'measure', 'value', 'unit', 'low', 'high', 'n'])
    expect(table.rows).toEqual([
      ['lww', 'us', 'read p99', 1.23456789, 'ms', 1.2, 1.3, 10_000],
      ['lww', 'us', 'available', 1, 'ratio', 1, 1, 10_000],
      ['lww', 'us', 'stale reads', 0, 'ratio', 0, 3 / 461, 461],
      ['lww', 'eu', 'read p99', 1000, 'ms, at least', 1000, 1000, 10_000],
      ['lww', 'eu', 'available', 0.987654321, 'ratio', 0.987654321, 0.987654321, 10_000],
      ['lww', 'eu', 'stale reads', 0.0123456, 'ratio', 0.0123456, 0.0123456, 10_000],
      ['quorum', 'eu', 'read p99', 4, 'ms', 4, 4, 10_000],
    ])
  })

  it('leaves out measures that no zone has, marks saturated variants, and leaves cells empty that nothing is known of', () => {
    expect(drawn(zones, US_AND_EU).texts).toEqual([
      ...['1.23', '≥ 1000', '4', '100', '98.8', '0 (&lt;0.7)', '1.23'],
      ...['read p99, ms', 'us', 'eu', 'lww', 'quorum †'],
      ...['available, %', 'us', 'eu'],
      ...['stale reads, %', 'us', 'eu'],
    ])
  })

  it('is darkest where it is worst, and that is where least is available', () => {
    const results = resultsOf([summaryOf('lww', { 'availability@a': value(1), 'availability@b': value(0.5) })])
    expect([...drawn(zones, results).svg.matchAll(/--heat-\d/g)].map(([found]) => found)).toEqual([
      '--heat-0',
      '--heat-6',
    ])
  })

  it('is not there without zones', () => {
    expect(zones.data(resultsOf([summaryOf('lww', { 'read.p99': value(1) })]))).toBeNull()
    expect(zones.data(resultsOf([]))).toBeNull()
  })

  it('grows with its rows', () => {
    const of = (rows: number) =>
      drawn(
        zones,
        resultsOf(Array.from({ length: rows }, (_, i) => summaryOf(`lww ${i}`, { 'read.p99@us': value(1) }))),
      )
    expect(of(20).height - of(10).height).toBe(260)
    expect(of(40).height).toBe(of(24).height)
  })

  it('shows hostile labels and zones as text, at any width', () => {
    const summaries = HOSTILE.map((label) =>
      summaryOf(label, Object.fromEntries(HOSTILE.map((zone) => [`stale.ratio@${zone}`, none(300)]))),
    )
    for (const width of [860, 360, 40]) {
      const { svg, table } = drawn(zones, resultsOf(summaries), { width })
      expect(svg).not.toMatch(/<img|<script|NaN|\u202E/)
      expect(table.rows).toHaveLength(HOSTILE.length * HOSTILE.length)
    }
  })
})
