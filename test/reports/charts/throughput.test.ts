import { describe, expect, it } from 'vitest'
import { seriesOf } from '../../../src/reports/charts/series.js'
import { throughput } from '../../../src/reports/charts/throughput.js'
import type { Summary } from '../../../src/results/summary.js'
import { resultsOf, summaryOf, timedOut, value } from '../fixtures.js'
import { drawingOf, drawn, HOSTILE, optionSeries, tooltipLines } from './drawings.js'

function at(label: string, rate: number, records: number, more: Partial<Summary> = {}): Summary {
  const measures = {
    'throughput.offered': value(rate + 0.5),
    'throughput.ok': value(rate),
    'write.p99': rate > 2000 ? timedOut(50) : value(rate / 1000),
    'throughput.max': { ...value(2000.5), n: 3 },
  }
  const axes = { 'workload.arrivals': `poisson(${rate}/s)`, 'workload.records': records }
  return summaryOf(label, measures, { id: `${label}/${rate}/${records}`, axes, ...more })
}

const RATES = [2000, 1000, 4000]
const isSaturated = (rate: number): Partial<Summary> => (rate > 2000 ? { flags: { saturated: 1 } } : {})
const results = resultsOf(
  RATES.flatMap((rate) => [
    at('lww', rate, 10, isSaturated(rate)),
    at('crdt', rate, 10, isSaturated(rate)),
    at('lww', rate, 99, isSaturated(rate)),
  ]),
)
const drawing = drawingOf(throughput, results)

describe('throughput', () => {
  it('joins the points of a variant in order of the offered rate, a line for each point of the other axes', () => {
    const [panel] = throughput.option(drawing)['yAxis'] as { name: string }[]
    expect(panel?.name).toBe('done per s')
    const lines = optionSeries(throughput, drawing)
    expect(lines.map(({ name }) => name)).toEqual([
      ...['lww [records=10]', 'crdt [records=10]', 'lww [records=99]'],
      ...['lww [records=10]', 'crdt [records=10]', 'lww [records=99]'],
    ])
    expect(lines[0]?.data).toMatchObject([
      { value: [1000.5, 1000] },
      { value: [2000.5, 2000] },
      { value: [4000.5, 4000] },
    ])
  })

  it('has a panel for what was measured, and none for reads where there were none', () => {
    const panels = throughput.option(drawing)['yAxis'] as { name: string }[]
    expect(panels.map(({ name }) => name)).toEqual(['done per s', 'write p99, ms'])
  })

  it('draws saturated points hollow and the highest sustained one large', () => {
    const [line] = optionSeries(throughput, drawing)
    expect(line?.data).toMatchObject([
      { symbolSize: 7, itemStyle: { color: 'var(--series-0)' } },
      { symbolSize: 14, itemStyle: { color: 'var(--series-0)' } },
      { symbolSize: 7, itemStyle: { color: 'var(--paper)', borderColor: 'var(--series-0)' } },
    ])
  })

  it('is told as measured, point by point', () => {
    const rows = throughput.table(drawing).rows.filter(([name]) => String(name).startsWith('crdt'))
    expect(rows.map(([, ...cells]) => cells)).toEqual([
      [2000.5, 2000, null, 2, 'no', 2000.5],
      [1000.5, 1000, null, 1, 'no', 2000.5],
      [4000.5, 4000, null, '≥ 50', 'yes', 2000.5],
    ])
  })

  it('is told by the tooltip of a point', () => {
    const [line] = optionSeries(throughput, drawing)
    const told = line?.data.map((point) => tooltipLines(throughput, drawing, point))
    expect(told?.[1]).toEqual([
      'lww [records=10]',
      'offered 2000.5 per s',
      'done 2000 per s',
      'write p99 2 ms',
      'the highest rate sustained',
    ])
    expect(told?.[2]?.slice(3)).toEqual(['write p99 ≥ 50 ms', 'saturated'])
  })

  it('keeps a line in its colour when others are filtered away', () => {
    const crdt = { ...drawing, series: drawing.series.filter(({ label }) => label === 'crdt') }
    expect(optionSeries(throughput, crdt)[0]).toMatchObject({ itemStyle: { color: 'var(--series-1)' } })
  })

  it('is no chart where the rate is no axis, or has one value', () => {
    expect(throughput.data(resultsOf([summaryOf('lww', { 'throughput.offered': value(9) })]))).toBeNull()
    expect(throughput.data(resultsOf([at('lww', 1000, 10), at('crdt', 1000, 10)]))).toBeNull()
  })

  it.each([860, 360])('is drawn at %i pixels whatever the names hold, the same every time', (width) => {
    const summaries = HOSTILE.flatMap((label, i) => RATES.map((rate) => at(label, rate, 10, { variant: `v${i}` })))
    const hostile = resultsOf(summaries)
    const { svg } = drawn(throughput, hostile, width)
    expect(seriesOf(hostile)).toHaveLength(30)
    expect(svg).not.toMatch(/<img|<script|\u202e|W{60}|NaN/)
    expect(svg).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(drawn(throughput, hostile, width).svg).toBe(svg)
  })
})
