import { describe, expect, it } from 'vitest'
import { visibility } from '../../../src/reports/charts/visibility.js'
import type { StoredCurve } from '../../../src/results/cell-result.js'
import { resultsOf, summaryOf, value } from '../fixtures.js'
import { drawingOf, drawn, hostileResults, optionSeries, tooltipLines } from './drawings.js'

const point = (x: number, share: number, low: number, high: number) => ({ x, value: share, n: 100, low, high })

const CURVE: StoredCurve = [
  point(0.01, 0.5, 0.4, 0.6),
  point(1, 0.99, 0.98, 0.995),
  point(2, 0.99, 0.98, 0.995),
  point(10, 1, 0.999, 1),
  point(20, 1, 0.999, 1),
]
const READS: StoredCurve = CURVE.map(({ x, n }, i) => ({ x, value: (i + 1) / 5, n }))
const LWW = summaryOf(
  'lww',
  { 'visibility.p50': value(0.01), 'visibility.p99': value(1), 'visibility.p99.9': value(10) },
  { curves: { visibility: CURVE, 'visibility.reads': READS } },
)
const OLD = summaryOf(
  'quorum',
  {},
  {
    curves: {
      visibility: [
        { x: 0, value: 0.9375, n: 5 },
        { x: 5, value: 1, n: 9 },
      ],
    },
  },
)
const results = resultsOf([LWW, summaryOf('unreplicated', {}), OLD])
const drawing = drawingOf(visibility, results)

describe('visibility', () => {
  it('is told as measured, without the points that repeat the one before, and with what was read off', () => {
    expect(visibility.table(drawing).rows).toEqual([
      ['lww', '50% reached', 0.01, 0.5, null, null, null],
      ['lww', '99% reached', 1, 0.99, null, null, null],
      ['lww', '99.9% reached', 10, 0.999, null, null, null],
      ['lww', 'of the curve', 0.01, 0.5, 0.4, 0.6, 0.2],
      ['lww', 'of the curve', 1, 0.99, 0.98, 0.995, 0.4],
      ['lww', 'of the curve', 10, 1, 0.999, 1, 0.8],
      ['lww', 'of the curve', 20, 1, 0.999, 1, 1],
      ['quorum', 'of the curve', 0, 0.9375, null, null, null],
      ['quorum', 'of the curve', 5, 1, null, null, null],
    ])
  })

  it('stands on an axis of nines that ends where all were fresh', () => {
    const { max } = visibility.option(drawing)['yAxis'] as { max: number }
    const line = optionSeries(visibility, drawing)[0]?.data as number[][]
    expect(line.map(([, height]) => height)).toEqual([
      expect.closeTo(0.30103, 5),
      expect.closeTo(2, 9),
      max,
      max,
      // To the end of the axis.
      max,
    ])
    expect(max).toBeGreaterThan(3)
  })

  it('is marked where it crosses 50%, 99% and 99.9%, but not where it begins above', () => {
    const marks = optionSeries(visibility, drawing).filter(({ type }) => type === 'scatter')
    expect(marks.map(({ data }) => data)).toEqual([
      [
        [expect.closeTo(0, 9), expect.closeTo(2, 9), 1],
        [expect.closeTo(1, 9), expect.closeTo(3, 9), 10],
      ],
      [],
    ])
  })

  it('has a band for those series that have intervals', () => {
    const bands = optionSeries(visibility, drawing).filter(({ type }) => type === 'custom')
    expect(bands.map(({ name }) => name)).toEqual(['lww'])
  })

  it('is told by the tooltip for all series at one time, each as its last step has it', () => {
    expect(tooltipLines(visibility, drawing, [0, 0, 1])).toEqual([
      '1 ms after the write',
      '99% (98% to 99.5%)  lww',
      '93.75%  quorum',
    ])
    expect(tooltipLines(visibility, { ...drawing, width: 360 }, [0, 0, 1])[1]).toBe('99%  lww')
  })

  it('is no chart where nothing was read after a write', () => {
    expect(visibility.data(resultsOf([summaryOf('lww', {}, { curves: { visibility: [] } })]))).toBeNull()
  })

  it.each([860, 360])('is drawn at %i pixels whatever the names hold, the same every time', (width) => {
    const hostile = hostileResults({ curves: LWW.curves })
    const { svg } = drawn(visibility, hostile, width)
    expect(svg).not.toMatch(/<img|<script|\u202e|W{60}|NaN/)
    expect(svg).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(drawn(visibility, hostile, width).svg).toBe(svg)
  })
})
