import { describe, expect, it } from 'vitest'
import { readPercentiles, scanPercentiles, writePercentiles } from '../../../src/reports/charts/percentiles.js'
import type { StoredCurve } from '../../../src/results/cell-result.js'
import { resultsOf, summaryOf } from '../fixtures.js'
import { drawingOf, drawn, hostileResults, optionSeries, tooltipLines } from './drawings.js'

const point = (x: number, value: number, atLeast = false) => ({
  x,
  value,
  n: 1000,
  ...(atLeast ? { atLeast: true as const } : {}),
})

const LWW: StoredCurve = [point(0, 0.25), point(0.5, 1.0625), point(0.9, 2), point(0.99, 3.5)]
const QUORUM: StoredCurve = [point(0, 70), point(0.5, 120), point(0.9, 1000, true), point(0.95, 1000, true)]

const results = resultsOf([
  summaryOf('lww', {}, { curves: { 'read.percentiles': LWW } }),
  summaryOf('unreplicated', {}),
  summaryOf('quorum', {}, { curves: { 'read.percentiles': QUORUM } }),
])
const drawing = drawingOf(readPercentiles, results)

describe('percentiles', () => {
  it('are told at every percentile that any series has, as measured', () => {
    expect(readPercentiles.table(drawing)).toEqual({
      heads: ['share of reads', 'lww, ms', 'quorum, ms'],
      rows: [
        [0, 0.25, 70],
        [0.5, 1.0625, 120],
        [0.9, 2, '≥ 1000'],
        [0.95, null, '≥ 1000'],
        [0.99, 3.5, null],
      ],
    })
  })

  it('stand as many nines to the right as they have', () => {
    const ofOne = { ...drawing, series: drawing.series.slice(0, 1) }
    const [line] = optionSeries(readPercentiles, ofOne)
    expect(line?.data).toMatchObject([
      { value: [0, 0.25, 0] },
      { value: [expect.closeTo(0.30103, 5), 1.0625, 1] },
      { value: [expect.closeTo(1, 9), 2, 2] },
      { value: [expect.closeTo(2, 9), 3.5, 4] },
    ])
  })

  it('go on from where clients gave up as a line of its own, under the same name', () => {
    const lines = optionSeries(readPercentiles, drawing)
    expect(lines.map(({ name, data }) => [name, data.length])).toEqual([
      ['lww', 4],
      ['quorum', 3],
      ['quorum', 2],
    ])
  })

  it('are told by the tooltip exactly, with the unit, of all that reach there', () => {
    const at = (place: number) => tooltipLines(readPercentiles, drawing, { value: [0, 0, place] })
    expect(at(1)).toEqual(['50% of reads took at most', '1.0625 ms  lww', '120 ms  quorum'])
    expect(at(3)).toEqual(['95% of reads took at most', '≥ 1000 ms  quorum'])
  })

  it('show names in the tooltip as they are, also where they look like styles, and shortened where there is no room', () => {
    const names = hostileResults({ curves: { 'read.percentiles': LWW } })
    const told = tooltipLines(readPercentiles, drawingOf(readPercentiles, names, 360), { value: [0, 0, 3] })
    expect(told[4]).toBe('3.5 ms  {\u2060a|b} {\u2060c}')
    expect(told[5]).toMatch(/^3\.5 ms {2}W{10,20}…W+…$/)
  })

  it('are logarithmic only where equal steps would not do', () => {
    const ofOne = (curve: StoredCurve) => {
      const one = drawingOf(
        readPercentiles,
        resultsOf([summaryOf('lww', {}, { curves: { 'read.percentiles': curve } })]),
      )
      return readPercentiles.option(one)['yAxis'] as { min: number; max: number }
    }
    expect(ofOne(LWW)).toMatchObject({ min: 0, max: 4 })
    expect(ofOne([point(0, 1), point(0.9, 100)]).max).toBeCloseTo(2.06, 5)
  })

  it('are no chart where there are none, as in results of before', () => {
    expect(writePercentiles.data(results)).toBeNull()
    expect(scanPercentiles.data(results)).toBeNull()
    expect(readPercentiles.data(resultsOf([]))).toBeNull()
  })

  it.each([860, 360])('are drawn at %i pixels whatever the names hold, the same every time', (width) => {
    const hostile = hostileResults({ curves: { 'read.percentiles': LWW } })
    const { svg } = drawn(readPercentiles, hostile, width)
    expect(svg).not.toMatch(/<img|<script|\u202e|W{60}|NaN/)
    expect(svg).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(drawn(readPercentiles, hostile, width).svg).toBe(svg)
  })
})
