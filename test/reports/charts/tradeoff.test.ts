import { describe, expect, it } from 'vitest'
import { tradeoff } from '../../../src/reports/charts/tradeoff.js'
import type { Summary } from '../../../src/results/summary.js'
import { none, resultsOf, saturated, summaryOf, timedOut, value } from '../fixtures.js'
import { drawingOf, drawn, hostileResults, optionSeries, tooltipLines } from './drawings.js'

const of = (write: number, read: number, stale: number) => ({
  'write.p99': value(write, write - 0.5, write + 0.5),
  'read.p99': value(read),
  'stale.ratio': stale === 0 ? none(300) : value(stale),
})

const FAST = summaryOf('fast', of(2, 1, 0.25))
const FRESH = summaryOf('fresh', of(80, 40, 0))
const SLOW = summaryOf('slow', of(90, 40, 0.25))
const results = resultsOf([
  FAST,
  FRESH,
  SLOW,
  saturated('busy', of(1, 1, 0)),
  summaryOf('lost', { ...of(0, 1000, 0.125), 'write.p99': timedOut(1000) }),
  summaryOf('silent', { 'read.p99': value(1) }),
])
const drawing = drawingOf(tradeoff, results)

const standings = (summaries: readonly Summary[]) =>
  tradeoff.table(drawingOf(tradeoff, resultsOf(summaries))).rows.map((row) => row.at(-1))

describe('tradeoff', () => {
  it('is told as measured, with intervals and who is dominated', () => {
    expect(tradeoff.table(drawing).rows).toEqual([
      ['fast', 2, 1.5, 2.5, 1, 1, 1, 0.25, 0.25, 0.25, 'no'],
      ['fresh', 80, 79.5, 80.5, 40, 40, 40, 0, 0, 0.01, 'no'],
      ['slow', 90, 89.5, 90.5, 40, 40, 40, 0.25, 0.25, 0.25, 'yes'],
      ['busy', 1, 0.5, 1.5, 1, 1, 1, 0, 0, 0.01, 'saturated'],
      ['lost', '≥ 1000', 1000, 1000, 1000, 1000, 1000, 0.125, 0.125, 0.125, 'yes'],
    ])
  })

  it('takes for dominated who is behind in something and ahead in nothing', () => {
    expect(standings([summaryOf('a', of(1, 1, 0.5)), summaryOf('b', of(1, 1, 0.5))])).toEqual(['no', 'no'])
    expect(standings([summaryOf('a', of(1, 1, 0.5)), summaryOf('b', of(1, 2, 0.5))])).toEqual(['no', 'yes'])
    expect(standings([summaryOf('a', of(1, 1, 0.5)), summaryOf('b', of(2, 2, 0.25))])).toEqual(['no', 'no'])
  })

  it('compares at one point of the axes, and draws the first', () => {
    const at = (label: string, records: number, write: number) =>
      summaryOf(label, of(write, 1, 0.5), { id: `${label}/${records}`, axes: { records } })
    const summaries = [at('lww', 10, 1), at('crdt', 10, 3), at('lww', 99, 2), at('crdt', 99, 4)]
    expect(standings(summaries)).toEqual(['no', 'yes', 'no', 'yes'])
    const twoPoints = drawn(tradeoff, resultsOf(summaries))
    expect(twoPoints.svg).toContain('At records=10; 2 more at other points: choose one to see it')
    const marks = optionSeries(tradeoff, drawingOf(tradeoff, resultsOf(summaries))).filter(
      ({ type }) => type === 'scatter',
    )
    expect(marks.map(({ name }) => name)).toEqual([
      ...['lww [records=10]', 'crdt [records=10]'],
      ...['lww [records=10]', 'crdt [records=10]'],
    ])
  })

  it('draws those without stale reads on a line below all shares, and says so', () => {
    const { svg } = drawn(tradeoff, results)
    expect(svg).toContain('none seen')
    const [write] = tradeoff.option(drawing)['yAxis'] as { min: number }[]
    const heights = optionSeries(tradeoff, drawing)
      .filter(({ type }) => type === 'scatter')
      .map(({ data }) => (data[0] as { value: number[] }).value[1] as number)
    expect(heights[1]).toBeLessThan(-1)
    expect(heights[1]).toBeGreaterThan(write?.min as number)
    expect(heights[0]).toBeCloseTo(-0.60206, 5)
    expect(drawn(tradeoff, resultsOf([FAST, SLOW])).svg).not.toContain('none seen')
  })

  it('makes the dominated fainter and the saturated hollow', () => {
    const styles = optionSeries(tradeoff, drawing).map((one) => (one as { itemStyle?: object }).itemStyle)
    expect(styles.slice(0, 5)).toMatchObject([
      { opacity: 1 },
      { opacity: 1 },
      { opacity: 0.45 },
      { color: 'var(--paper)', borderColor: 'var(--series-3)' },
      { opacity: 0.45 },
    ])
  })

  it('names the marks where they are few, and else those of the step line', () => {
    const labels = (text: string): number => drawn(tradeoff, results).svg.split(`>${text}<`).length - 1
    expect(['fast', 'slow', 'lost'].map(labels)).toEqual([2, 2, 2])
    const many = Array.from({ length: 20 }, (_, i) => summaryOf(`v${i}`, of(10 + i, 10 + i, 0.25 + i / 100)))
    const { svg } = drawn(tradeoff, resultsOf(many))
    expect(svg.match(/>v\d+</g)).toEqual(['>v0<', '>v0<'])
  })

  it('is told by the tooltip of a mark', () => {
    const told = optionSeries(tradeoff, drawing)
      .slice(0, 5)
      .map(({ data }) => tooltipLines(tradeoff, drawing, data[0]))
    expect(told[0]).toEqual([
      'fast',
      'write p99 2 ms (1.5 ms to 2.5 ms)',
      'read p99 1 ms (1 ms to 1 ms)',
      'stale reads 25% (25% to 25%)',
    ])
    expect(told[4]?.slice(1, 2)).toEqual(['write p99 ≥ 1000 ms (1000 ms to 1000 ms)'])
    expect(told[3]?.at(-1)).toBe('saturated')
  })

  it('has one panel where there are no reads to time, and is no chart where no read was told stale or fresh', () => {
    const writes = resultsOf([summaryOf('lww', { 'write.p99': value(2), 'stale.ratio': none(9) })])
    expect(tradeoff.option(drawingOf(tradeoff, writes))['grid']).toHaveLength(1)
    expect(tradeoff.data(resultsOf([summaryOf('lww', { 'write.p99': value(2) })]))).toBeNull()
  })

  it.each([860, 360])('is drawn at %i pixels whatever the names hold, the same every time', (width) => {
    const hostile = hostileResults({ measures: of(2, 3, 0.25) })
    const { svg } = drawn(tradeoff, hostile, width)
    expect(svg).not.toMatch(/<img|<script|\u202e|W{60}|NaN/)
    expect(drawn(tradeoff, hostile, width).svg).toBe(svg)
  })
})
