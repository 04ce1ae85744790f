/** The verdict on hand-made results: it names a winner only where the intervals over seeds lie apart. */
import { describe, expect, it } from 'vitest'
import { verdictOf } from '../../src/reports/verdict.js'
import type { Summary, SummaryValue } from '../../src/results/summary.js'
import { none, resultsOf, saturated, summaryOf, timedOut, value } from './fixtures.js'

const verdict = (...summaries: readonly Summary[]): string => verdictOf(resultsOf(summaries)).join('\n')

describe('who is best', () => {
  it('is named with the worst, both with numbers', () => {
    const text = verdict(
      summaryOf('lww', { 'read.p99': value(1.6, 1.5, 1.7) }),
      summaryOf('crdt', { 'read.p99': value(14.3, 13, 15) }),
      summaryOf('quorum', { 'read.p99': value(75, 70, 80) }),
    )
    expect(text).toContain('Read p99: lww is best with 1.6 ms; quorum is worst with 75 ms.')
  })

  it('is nobody where all intervals overlap', () => {
    const text = verdict(
      summaryOf('lww', { 'read.p99': value(14.3, 13, 16) }),
      summaryOf('crdt', { 'read.p99': value(15.8, 14, 17) }),
    )
    expect(text).toContain('Read p99: no clear difference (14.3 to 15.8 ms).')
  })

  it('is nobody where all values are equal', () => {
    const text = verdict(summaryOf('lww', { availability: value(1) }), summaryOf('crdt', { availability: value(1) }))
    expect(text).toContain('Available: all are equal at 100%.')
  })

  it('is everybody who is not clearly behind the best', () => {
    const text = verdict(
      summaryOf('a', { 'read.p99': value(14.3, 13, 16) }),
      summaryOf('b', { 'read.p99': value(15.8, 14, 17) }),
      summaryOf('c', { 'read.p99': value(70, 69, 71) }),
    )
    expect(text).toContain('Read p99: a and b are best with 14.3 to 15.8 ms; c is worst with 70 ms.')
  })

  it('is the highest where more is better', () => {
    const text = verdict(
      summaryOf('lww', { availability: value(0.999, 0.998, 1) }),
      summaryOf('quorum', { availability: value(0.85, 0.84, 0.86) }),
    )
    expect(text).toContain('Available: lww is best with 99.9%; quorum is worst with 85%.')
  })

  it('counts none of n only as far as n goes', () => {
    const small = verdict(
      summaryOf('a', { 'stale.ratio': none(100) }),
      summaryOf('b', { 'stale.ratio': value(0.02, 0.01, 0.03) }),
    )
    expect(small).toContain('Stale reads: no clear difference (0 of 100 (< 3%) to 2%).')
    const large = verdict(
      summaryOf('a', { 'stale.ratio': none(100_000) }),
      summaryOf('b', { 'stale.ratio': value(0.02, 0.01, 0.03) }),
    )
    expect(large).toContain('Stale reads: a is best with 0 of 100000 (< 0.003%); b is worst with 2%.')
  })

  it('counts several times none of n as the smallest n does', () => {
    const text = verdict(
      summaryOf('a', { 'stale.ratio': none(4000) }),
      summaryOf('b', { 'stale.ratio': none(3000) }),
      summaryOf('c', { 'stale.ratio': value(0.02, 0.01, 0.03) }),
    )
    expect(text).toContain('Stale reads: a and b are best with 0 of 3000 (< 0.1%); c is worst with 2%.')
  })

  it('is nobody where the best is among clients giving up', () => {
    const text = verdict(summaryOf('a', { 'read.p99': timedOut(1000) }), summaryOf('b', { 'read.p99': timedOut(2000) }))
    expect(text).toContain('Read p99: no clear difference (≥ 1000 to ≥ 2000 ms).')
  })

  it('is told by the median where no seed alone has samples enough for p99', () => {
    const measures = (center: number) => ({ 'read.p50': value(center), 'read.p99': value(10 * center, null, null) })
    const text = verdict(summaryOf('a', measures(1)), summaryOf('b', measures(2)))
    expect(text).toContain('Read p50: a is best with 1 ms; b is worst with 2 ms.')
    expect(text).not.toContain('Read p99')
  })

  it('is nobody where some lack the samples, and that is said', () => {
    const text = verdict(
      summaryOf('a', { 'read.p99': value(1, null, null) }),
      summaryOf('b', { 'read.p99': value(9) }),
      summaryOf('c', { 'read.p99': value(9) }),
    )
    expect(text).toContain('Read p99: too few samples in each seed for a verdict (1 to 9 ms).')
  })

  it('is told by the median where there are too few samples for p99', () => {
    const text = verdict(
      summaryOf('a', { 'read.p50': value(1), 'read.p99': value(5) }),
      summaryOf('b', { 'read.p50': value(2) }),
    )
    expect(text).toContain('Read p50: a is best with 1 ms; b is worst with 2 ms.')
    expect(text).not.toContain('Read p99')
  })
})

describe('a saturated variant', () => {
  const text = verdict(
    summaryOf('lww', { 'stale.ratio': value(0.263, 0.26, 0.27), 'read.p99': value(10) }),
    summaryOf('crdt', { 'stale.ratio': value(0.285, 0.28, 0.29), 'read.p99': value(20) }),
    saturated('quorum', { 'stale.ratio': none(100_000), 'read.p99': value(1) }),
    saturated('raft', { 'stale.ratio': value(0.5), 'read.p99': value(30) }),
  )

  it('is neither best nor worst, but not kept from the reader where it did better', () => {
    expect(text).toContain(
      'Stale reads: lww is best with 26.3%; crdt is worst with 28.5% (better but saturated: quorum with 0 of 100000 (< 0.003%)).',
    )
  })

  it('is named once for all of them', () => {
    expect(text.match(/cannot be best/g)).toHaveLength(1)
    expect(text).toContain('quorum and raft did not keep up with what was asked (saturated, †)')
  })

  it('leaves nobody to compare if all are', () => {
    expect(verdict(saturated('a', { 'read.p99': value(1) }), saturated('b', { 'read.p99': value(9) }))).not.toContain(
      'Read p99',
    )
  })
})

describe('durability', () => {
  it('is said to differ', () => {
    const text = verdict(
      summaryOf('lww', { 'durable.copies.min': value(1) }),
      summaryOf('crdt', { 'durable.copies.min': value(1) }),
      summaryOf('quorum', { 'durable.copies.min': value(2) }),
    )
    expect(text).toContain(
      'Compared at different durability: an acknowledged write was on at least 1 copy under lww and crdt; 2 copies under quorum.',
    )
  })

  it('is told by its ends where it takes many values', () => {
    const text = verdict(
      ...[1, 2, 3, 4].map((copies) => summaryOf(`w=${copies}`, { 'durable.copies.min': value(copies) })),
    )
    expect(text).toContain('on at least 1 copy under w=1, and up to 4 copies under w=4.')
  })

  it('is said to be equal', () => {
    const text = verdict(
      summaryOf('a', { 'durable.copies.min': value(2) }),
      summaryOf('b', { 'durable.copies.min': value(2) }),
    )
    expect(text).toContain('Durability is equal: every acknowledged write was on at least 2 copies.')
  })
})

describe('at several points of the axes', () => {
  const at = (label: string, rate: string, center: number): Summary =>
    summaryOf(label, { 'read.p99': value(center) }, { axes: { 'workload.arrivals': rate } })

  it('variants are compared within a point only', () => {
    const text = verdict(at('a', '1/s', 1), at('b', '1/s', 2), at('a', '9/s', 11), at('b', '9/s', 12))
    expect(text).toContain('Read p99: at every point of the axes best: a (1 to 11 ms).')
  })

  it('says at which point who is best', () => {
    const text = verdict(
      at('a', '1/s', 1),
      at('b', '1/s', 2),
      at('a', '5/s', 8),
      at('b', '5/s', 4),
      at('a', '9/s', 9),
      at('b', '9/s', 9),
    )
    expect(text).toContain(
      'Read p99: at [arrivals=1/s] best: a (1 ms); at [arrivals=5/s] best: b (4 ms); at [arrivals=9/s] all are equal at 9 ms.',
    )
  })

  it('of one variant has nothing to compare', () => {
    expect(verdict(at('a', '1/s', 1), at('a', '9/s', 2))).toContain('Only one variant ran')
  })
})

describe('what is sustained', () => {
  const at = (label: string, rate: number, most: SummaryValue | null, more: Partial<Summary> = {}): Summary =>
    summaryOf(label, most === null ? {} : { 'throughput.max': most }, {
      axes: { 'workload.arrivals': `poisson(${rate}/s)` },
      ...more,
    })
  /** At a rate that it keeps up with and at one that it does not. */
  const over = (label: string, most: SummaryValue | null): readonly Summary[] => [
    at(label, 100, most),
    at(label, 900, most, { flags: { saturated: 6 } }),
  ]

  it('is compared once for all rates, however saturated some are', () => {
    const text = verdict(...over('a', value(400, 400, 410)), ...over('b', value(300, 300, 310)))
    expect(text).toContain('Sustained: a is best with 400 per s; b is worst with 300 per s.')
    expect(text.match(/Sustained/g)).toHaveLength(1)
  })

  it('is no clear difference where the rates that were tried leave it open', () => {
    const text = verdict(...over('a', value(400, 400, 410)), ...over('b', value(410, 410, 420)))
    expect(text).toContain('Sustained: no clear difference (400 to 410 per s).')
  })

  it('may be more than was tried', () => {
    const unlimited = { ...value(900), atLeast: true as const }
    const text = verdict(...over('a', unlimited), ...over('b', value(300)))
    expect(text).toContain('Sustained: a is best with ≥ 900 per s; b is worst with 300 per s.')
  })

  it('may be less than was tried', () => {
    const text = verdict(...over('a', value(300)), ...over('b', null))
    expect(text).toContain('Sustained: a sustains 300 per s.')
    expect(text).toContain('b did not sustain even the smallest rate that was tried.')
  })

  it('is told of one variant', () => {
    expect(verdict(...over('a', value(300)))).toContain('Sustained: a sustains 300 per s.')
  })

  it('is told at each point of the other axes', () => {
    const pair = (label: string, records: number, most: number): readonly Summary[] =>
      over(label, value(most)).map((summary) => ({
        ...summary,
        axes: { ...summary.axes, 'workload.records': records },
      }))
    const text = verdict(...pair('a', 1, 300), ...pair('b', 1, 400), ...pair('a', 9, 500), ...pair('b', 9, 200))
    expect(text).toContain('Sustained: at [records=1] best: b (400 per s); at [records=9] best: a (500 per s).')
  })

  it('is not told where one rate was tried', () => {
    expect(verdict(at('a', 100, value(100)), at('b', 100, value(100)))).not.toContain('Sustained')
  })

  it('leaves it said that the rest of a saturated point cannot be compared', () => {
    const text = verdict(...over('a', value(300)), ...over('b', value(400)))
    expect(text).toContain('a and b did not keep up with what was asked (saturated, †) at some points of the axes')
  })
})

describe('what weakens a verdict', () => {
  const seeds = (count: number): Summary[] => {
    const some = { seeds: Array.from({ length: count }, (_, i) => i + 1) }
    return ['a', 'b'].map((label, i) => summaryOf(label, { 'read.p99': value(i + 1) }, some))
  }

  it('is said: few seeds, one seed', () => {
    expect(verdict(...seeds(5))).toContain('With fewer than 6 seeds')
    expect(verdict(...seeds(1))).toContain('With one seed')
    expect(verdict(...seeds(6))).not.toContain('seed')
  })

  it('is said: missing cells', () => {
    const partial = verdictOf(resultsOf(seeds(6), { partial: true }))
    expect(partial.at(-1)).toBe('Partial: the run was ended after 2 cells, and others are missing.')
  })

  it('is said: nothing to compare', () => {
    expect(verdict()).toContain('No cell ran to its end')
    expect(verdict(summaryOf('a', {}, { seeds: [] }))).toContain('No cell ran to its end')
  })
})
