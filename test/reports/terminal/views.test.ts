/** What a reader may ask of the table in a terminal: every column, measures of his choice, a row for each zone. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { USUAL_VIEW, type View } from '../../../src/reports/report.js'
import { terminal } from '../../../src/reports/terminal.js'
import type { Results } from '../../../src/results/results.js'
import type { Summary } from '../../../src/results/summary.js'
import { none, place, resultsOf, saturated, summaryOf, timedOut, value } from '../fixtures.js'

/** The table and what explains it, without what stands above and below. */
function tableOf(results: Results, view: Partial<View>, width = 100): string {
  const text = terminal.render(results, { ...place, width }, { ...USUAL_VIEW, ...view })
  const sections = text.split('\n\n')
  return sections[sections.findIndex((section) => section.startsWith('Files: ')) - 1] as string
}

const lines = (...texts: readonly string[]): string => texts.join('\n')

describe('the wide table', () => {
  const results = resultsOf([
    summaryOf('lww', { 'read.p99': value(1.5, 1.25, 1.75), 'stale.ratio': value(0.25, 0.125, 0.5) }),
    summaryOf('quorum', { 'read.p99': value(12, 11, 13), 'stale.ratio': none(1000) }),
    summaryOf('crdt', { 'read.p99': { ...timedOut(1000), low: 980 }, 'stale.ratio': value(0.5, null, null) }),
  ])

  it('has intervals beside the values, and both in line', () => {
    expect(tableOf(results, { wide: true })).toBe(
      lines(
        '                        read                stale',
        '                         p99                reads',
        'variant                   ms                    %',
        '─────────────────────────────────────────────────',
        'lww         1.5* [1.25 1.75]        25  [12.5 50]',
        'quorum       12  [11 13]      0 (<0.3)*',
        'crdt     ≥ 1000  [980 ∞]            50*',
        '[low high] interval over seeds',
        '* best, or not clearly behind the best: intervals over seeds overlap',
      ),
    )
  })

  it('leaves nothing out, however narrow the terminal, whose width the explanations keep to', () => {
    const label = `quorum ${'x'.repeat(90)}`
    const long = resultsOf([summaryOf(label, { 'read.p99': value(1) }), summaryOf('lww', { 'read.p99': value(9) })])
    const table = tableOf(long, { wide: true }, 40).split('\n')
    expect(table[4]).toBe(`${label}  1* [1 1]`)
    expect(table.slice(-3)).toEqual([
      '[low high] interval over seeds',
      '* best, or not clearly behind the best:',
      '  intervals over seeds overlap',
    ])
  })
})

describe('measures of choice', () => {
  const results = resultsOf([
    summaryOf('lww', {
      'read.p50': value(1),
      'read.p99.9': value(2),
      'lost.ratio': value(0.5),
      'lost.rmw': value(0.25),
      'bytes.per-op': value(200),
      'utilization.max': value(0.9),
      'read.p50@us': value(0.5),
    }),
    summaryOf('crdt', { 'read.p50': value(3), 'bytes.per-op': value(100), 'utilization.max': value(0.5) }),
  ])

  it('stand in place of the usual ones, families in their own order, with unit and best by their orientation', () => {
    expect(tableOf(results, { measures: ['bytes.per-op', 'lost', 'read.p99.9', 'utilization.max'] })).toBe(
      lines(
        '                  lost  lost   read  utilization',
        '          bytes  ratio   rmw  p99.9          max',
        'variant  per-op      %     %     ms            %',
        '────────────────────────────────────────────────',
        'lww        200      50    25      2           90',
        'crdt       100*      -     -      -           50',
        '* best, or not clearly behind the best: intervals over seeds overlap',
      ),
    )
  })

  it('may be of one zone, and are shown once', () => {
    const table = tableOf(results, { measures: ['read.p50@us', 'read', 'read.p50', 'read@us'] })
    expect(table).toContain(
      lines(
        '         read',
        '          p50  read   read',
        '          @us   p50  p99.9',
        'variant    us    ms     ms',
        '──────────────────────────',
        'lww       500    1*      2',
      ),
    )
  })

  it('that have no values are named, known or not, and make no table alone', () => {
    expect(tableOf(results, { measures: ['read.p50', 'scan', 'nonsense', 'lost.ratio@mars'] })).toMatch(
      /crdt +3\n.*\nwithout values: scan, nonsense, lost\.ratio@mars$/,
    )
    expect(tableOf(results, { measures: ['a\u001b[1mb'] })).toBe('without values: a�[1mb')
  })

  it('are left out by their full names where there is no room, the last first', () => {
    const table = tableOf(results, { measures: ['read.p99.9', 'utilization.max', 'lost'] }, 30)
    expect(table).toContain('lww          2           90')
    expect(table).toContain('left out for want of width:\n  lost.ratio, lost.rmw')
  })
})

describe('by zone', () => {
  const zoned = (us: number, eu: number, more: Summary['measures'] = {}) => ({
    'read.p99': value(us + eu),
    'copies.at-ack': value(1),
    'read.p99@us': value(us),
    'read.p99@eu': value(eu),
    ...more,
  })
  const results = resultsOf([
    summaryOf('lww', zoned(1, 8)),
    saturated('quorum', zoned(9, 2)),
    summaryOf('crdt', zoned(3, 4, { 'stale.ratio@eu': value(0.5), 'lost.ratio': value(0.1) })),
    summaryOf('bad', {}, { seeds: [] }),
  ])

  it('each variant has a row for each of its zones, with the columns that zones have and the best of each zone', () => {
    expect(tableOf(results, { by: 'zone' })).toBe(
      lines(
        '                    read  stale',
        '                     p99  reads',
        'variant       zone    ms      %',
        '───────────────────────────────',
        'lww           us      1*      -',
        '              eu      8       -',
        'quorum †      us      9       -',
        '              eu      2       -',
        'crdt          us      3       -',
        '              eu      4*     50',
        'bad (failed)  -       -       -',
        '* best, or not clearly behind the best: intervals over seeds overlap',
        '† saturated',
      ),
    )
  })

  it("measures of choice are of the row's zone; one with a zone has a value in its rows alone", () => {
    const table = tableOf(results, { by: 'zone', measures: ['read.p99', 'read.p99@eu', 'lost'] })
    expect(table).toContain(
      lines('lww           us      1*    -', '              eu      8     8', 'quorum †      us      9     -'),
    )
    expect(table).toMatch(/without values by zone: lost$/)
  })

  it('says so where no measure is told by zone', () => {
    expect(tableOf(resultsOf([summaryOf('lww', { 'read.p99': value(1) })]), { by: 'zone' })).toBe(
      'nothing was measured by zone',
    )
  })

  it('keeps points apart and names them once', () => {
    const at = (rate: number, us: number) => summaryOf(`v${us}`, zoned(us, 2 * us), { axes: { rate } })
    const table = tableOf(resultsOf([at(10, 1), at(10, 5), at(20, 7), at(20, 9)]), { by: 'zone' })
    expect(table).toContain(
      lines(
        'v1       10    us      1*',
        '               eu      2*',
        'v5       10    us      5',
        '               eu     10',
        'v7       20    us      7*',
        '               eu     14*',
      ),
    )
  })

  it('is wide with intervals', () => {
    expect(tableOf(results, { by: 'zone', wide: true })).toContain('lww           us    1* [1 1]   -')
  })
})

describe('whatever is asked for', () => {
  const name = fc.constantFrom(
    'read.p99',
    'write.p50',
    'lost.ratio',
    'stale.age.p99',
    'wan.bytes-per-op',
    'diverged.keys',
  )
  const zone = fc.constantFrom('', '@us', '@a\u001b[31m\nb', `@${'z'.repeat(1000)}`)
  const measured = fc.tuple(name, zone, fc.double({ min: 0, max: 1e7, noNaN: true }), fc.nat({ max: 100 }))
  const variant = fc.record({
    label: fc.oneof(fc.string(), fc.constantFrom('', 'x'.repeat(10_000), '\u202ea\u2028b')),
    measures: fc.array(measured, { maxLength: 8 }),
    rate: fc.constantFrom(1, 2),
  })
  const view = fc.record({
    measures: fc.option(
      fc.array(fc.constantFrom('read', 'lost.ratio', 'stale.age.p99', 'write@us', ''), { maxLength: 4 }),
    ),
    by: fc.constantFrom(null, 'zone' as const),
  })

  it('no line of the table is wider than the terminal, and all is plain text', () => {
    fc.assert(
      fc.property(
        fc.array(variant, { maxLength: 4 }),
        view,
        fc.integer({ min: 90, max: 200 }),
        (variants, asked, width) => {
          const summaries = variants.map(({ label, measures, rate }, i) =>
            summaryOf(
              label,
              Object.fromEntries(
                measures.map(([title, where, number, n]) => [title + where, { ...value(number), n: n + 1 }]),
              ),
              { variant: String(i), axes: { rate } },
            ),
          )
          const results = resultsOf(summaries, { cells: [] })
          const table = terminal.render(results, { ...place, width }, { ...USUAL_VIEW, ...asked }).split('\n')
          for (const line of table) expect([...line].length).toBeLessThanOrEqual(width)
          expect(table.join('')).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u)
        },
      ),
    )
  })
})
