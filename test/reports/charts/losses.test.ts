import { describe, expect, it } from 'vitest'
import { losses } from '../../../src/reports/charts/losses.js'
import { none, resultsOf, summaryOf, value } from '../fixtures.js'
import { HOSTILE } from './drawings.js'
import { drawn } from './drawn.js'

const RESULTS = resultsOf([
  summaryOf('lww', {
    'lost.ratio': value(0.1, 0.01, 1),
    'lost.overwritten': value(0.01),
    'lost.overwritten.seen': value(0.5),
    'lost.merges': none(3000),
    'unknown.applied': value(0.25, null, null),
  }),
  summaryOf('unreplicated', { 'read.p99': value(1) }),
  summaryOf('crdt', { 'lost.ratio': none(300) }),
])

interface Dot {
  readonly value: readonly number[]
  readonly symbol: string
  readonly itemStyle: { readonly color: string }
  readonly tip: readonly string[]
}

interface Drawing {
  readonly series: readonly { readonly type: string; readonly data: readonly Dot[] }[]
  readonly xAxis: readonly { readonly min: number; readonly max: number; readonly interval: number }[]
}

const optionOf = (width = 860): Drawing => drawn(losses, RESULTS, { width }).option as unknown as Drawing

const dotsOf = ({ series }: Drawing) => series.filter(({ type }) => type === 'scatter').map(({ data }) => data)

describe('what is lost', () => {
  it('is the numbers of the results, way by way', () => {
    const { table } = drawn(losses, RESULTS)
    expect(table.heads).toEqual(['variant', 'measure', 'value', 'unit', 'low', 'high', 'n'])
    expect(table.rows).toEqual([
      ['lww', 'lost in any way', 0.1, 'ratio', 0.01, 1, 10_000],
      ['lww', 'overwritten unseen', 0.01, 'ratio', 0.01, 0.01, 10_000],
      ['lww', 'increments, adds', 0, 'ratio', 0, 0.001, 3000],
      ['lww', 'timed out, applied', 0.25, 'ratio', null, null, 10_000],
      ['crdt', 'lost in any way', 0, 'ratio', 0, 0.01, 300],
    ])
  })

  it('stands at powers of ten, the same in every panel, and none at the left edge', () => {
    const option = optionOf()
    // The smallest share is the room of none of 3000, 10^-3; the edge is at least a power of ten below.
    expect(new Set(option.xAxis.map(({ min, max }) => `${min} ${max}`))).toEqual(new Set(['-4 0']))
    const places = dotsOf(option).map((dots) => dots.map(({ value }) => [Number(value[0]?.toFixed(9)), value[1]]))
    expect(places).toEqual([
      [
        [-1, 0],
        [-4, 1],
      ],
      [[-2, 0]],
      [[-4, 0]],
      [[-0.602059991, 0]],
    ])
  })

  it('is hollow where there is none', () => {
    const [all] = dotsOf(optionOf()) as [readonly Dot[]]
    expect(all.map(({ itemStyle }) => itemStyle.color)).toEqual(['var(--series-0)', 'var(--paper)'])
    expect(drawn(losses, RESULTS).texts).toContain('0 (&lt;0.1%)')
  })

  it('has a tick at the top of its axis, however narrow', () => {
    for (const width of [860, 360, 200]) {
      for (const { min, max, interval } of optionOf(width).xAxis) expect((max - min) % interval).toBe(0)
    }
  })

  it('is told in full under the pointer', () => {
    const [all] = dotsOf(optionOf()) as [readonly Dot[]]
    expect(all.map(({ tip }) => tip)).toEqual([
      ['lww', 'lost in any way: 10% (1% to 100%), n = 10000'],
      ['crdt', 'lost in any way: 0 of 300 (< 1%)'],
    ])
  })

  it('is not there where nothing of it was measured', () => {
    expect(losses.data(resultsOf([summaryOf('lww', { 'read.p99': value(1) })]))).toBeNull()
    expect(losses.data(resultsOf([]))).toBeNull()
  })

  it('is drawn where none is all there is', () => {
    const { svg, height } = drawn(losses, resultsOf([summaryOf('lww', { 'lost.ratio': none(9) })]))
    expect(svg).not.toContain('NaN')
    expect(height).toBeGreaterThan(50)
  })

  it('shows hostile labels as text, at any width', () => {
    const results = resultsOf(HOSTILE.map((label) => summaryOf(label, { 'lost.ratio': value(0.1) })))
    for (const width of [860, 360, 40])
      expect(drawn(losses, results, { width }).svg).not.toMatch(/<img|<script|NaN|\u202E/)
  })
})
