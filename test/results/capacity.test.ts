/** What is sustained at most, from summaries at several offered rates that some seeds found too much. */
import { describe, expect, it } from 'vitest'
import { withCapacity } from '../../src/results/capacity.js'
import type { CellResult } from '../../src/results/cell-result.js'
import { failedCell } from '../../src/results/cell-result.js'
import { type Summary, type SummaryValue, summarize } from '../../src/results/summary.js'
import { summaryOf, value } from '../reports/fixtures.js'
import { cellOf, resultOf } from './fixtures.js'

const SEEDS = 3

/** A variant's summary at a rate that `saturated` of its three seeds could not keep up with; `axes` has the others. */
function at(rate: number, saturated: number, variant = 'a', axes: Summary['axes'] = {}): Summary {
  const offered = { ...value(rate), n: SEEDS }
  return summaryOf(
    variant,
    { 'throughput.offered': offered },
    {
      id: `${variant}/${rate}`,
      axes: { ...axes, 'workload.arrivals': `poisson(${rate}/s)` },
      seeds: [1, 2, 3],
      flags: saturated === 0 ? {} : { saturated },
    },
  )
}

const capacities = (summaries: readonly Summary[]) =>
  withCapacity(summaries).map(({ measures }) => measures['throughput.max'])

/** The one that all summaries have. */
function capacity(...summaries: readonly Summary[]): SummaryValue | undefined {
  const [first, ...others] = capacities(summaries)
  for (const other of others) expect(other).toEqual(first)
  return first
}

describe('what is sustained', () => {
  it('is the largest rate before the first that was too much, in whatever order they come', () => {
    const found = capacity(at(400, 3), at(100, 0), at(300, 3), at(200, 0))
    expect(found).toEqual({ value: 200, low: 200, high: 300, n: SEEDS, coverage: null })
  })

  it('is not moved by a point beyond that was lucky', () => {
    expect(capacity(at(100, 0), at(200, 3), at(300, 0), at(400, 3))).toMatchObject({ value: 100, high: 200 })
  })

  it('is told by most seeds; where they differ, the interval is wider', () => {
    const found = capacity(at(100, 0), at(200, 1), at(300, 1), at(400, 2), at(500, 3), at(600, 3))
    expect(found).toEqual({ value: 300, low: 100, high: 500, n: SEEDS, coverage: null })
  })

  it('counts a rate that half of the seeds found too much as too much', () => {
    const half = { seeds: [1, 2], flags: { saturated: 1 } }
    expect(capacity(at(100, 0), { ...at(200, 0), ...half }, at(300, 3))).toMatchObject({ value: 100, high: 300 })
  })

  it('is at least the largest rate, where that was not too much', () => {
    expect(capacity(at(100, 0), at(200, 1))).toEqual({
      value: 200,
      low: 100,
      high: 200,
      n: SEEDS,
      coverage: null,
      atLeast: true,
    })
  })

  it('is open to the largest rate, where some seed kept up with that', () => {
    expect(capacity(at(100, 0), at(200, 2), at(300, 2))).toMatchObject({ value: 100, low: 100, high: 300 })
  })

  it('is nothing where the smallest rate was too much', () => {
    expect(capacity(at(100, 2), at(200, 0))).toBeUndefined()
  })

  it('may have no surer bound than none', () => {
    expect(capacity(at(100, 1), at(200, 3))).toMatchObject({ value: 100, low: 0, high: 200 })
  })

  it('is told of every variant and point of the other axes by itself', () => {
    const small = { 'workload.records': 10 }
    const large = { 'workload.records': 1000 }
    const found = capacities([
      at(100, 0, 'a', small),
      at(200, 3, 'a', small),
      at(100, 0, 'a', large),
      at(200, 0, 'a', large),
      at(100, 3, 'b', small),
      at(200, 3, 'b', small),
    ])
    expect(found.map((one) => one?.value)).toEqual([100, 100, 200, 200, undefined, undefined])
  })

  it('is not told where the rate is no axis', () => {
    const { axes: _, ...alone } = at(100, 0)
    expect(capacities([{ ...alone, axes: {} }])).toEqual([undefined])
  })

  it('takes no account of a rate at which every cell failed', () => {
    expect(capacity(at(100, 0), { ...at(200, 0), seeds: [], measures: {} }, at(300, 3))).toMatchObject({ value: 100 })
  })
})

describe('a summary', () => {
  const cell = (rate: number, seed: number) => ({
    ...cellOf('a', seed),
    id: `a/arrivals=${rate}/${seed}`,
    axes: { 'workload.arrivals': `poisson(${rate}/s)` },
  })
  const result = (rate: number, seed: number, isSaturated: boolean): CellResult => ({
    ...resultOf('a', seed, (found) => {
      found.number('throughput.offered', rate + seed)
      found.number('throughput.ok', rate)
      found.ratio('availability', 1, 1)
      if (isSaturated) found.flag('saturated')
    }),
    id: cell(rate, seed).id,
    axes: cell(rate, seed).axes,
  })

  it('has it among its measures, after the other throughputs', () => {
    const results = [
      result(100, 1, false),
      result(100, 3, false),
      result(200, 1, true),
      failedCell(cell(200, 3), 'it ran out of memory'),
    ]
    const summaries = summarize(results)
    expect(summaries.map(({ measures }) => Object.keys(measures))).toEqual([
      ['throughput.offered', 'throughput.ok', 'throughput.max', 'availability'],
      ['throughput.offered', 'throughput.ok', 'throughput.max', 'availability'],
    ])
    expect(summaries[1]?.measures['throughput.max']).toEqual({ value: 102, low: 102, high: 201, n: 2, coverage: null })
  })
})
