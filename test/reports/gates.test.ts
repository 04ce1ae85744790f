/** Gates in the reports: first of all, each with what was measured, the worst first. */
import { describe, expect, it } from 'vitest'
import type { Comparison, Gate } from '../../src/experiment/gates/gate.js'
import { markdownReport } from '../../src/reports/markdown.js'
import { terminal } from '../../src/reports/terminal.js'
import { decideGates } from '../../src/results/gates.js'
import type { Results } from '../../src/results/results.js'
import type { Summary } from '../../src/results/summary.js'
import { none, place, resultsOf, summaryOf, timedOut, value } from './fixtures.js'

function gateOf(text: string, bound: number, variant: string | null = null): Gate {
  const [measure, comparison] = text.split(' ') as [string, Comparison]
  return { text, measure, comparison, bound, where: { strategy: null, variant, axes: [] } }
}

function gated(summaries: readonly Summary[], gates: readonly Gate[], more: Partial<Results> = {}): Results {
  return resultsOf(summaries, { spec: { name: 'test', gates }, gates: decideGates(gates, summaries), ...more })
}

const SUMMARIES = [
  summaryOf('lww', { 'read.p99': value(2), 'stale.ratio': value(0.2), availability: value(1) }),
  summaryOf('crdt', { 'read.p99': value(61), 'stale.ratio': value(0.3), availability: value(0.98) }),
  summaryOf('quorum', { 'read.p99': timedOut(1000), 'stale.ratio': none(10_000) }),
]

/** The lines of the terminal's report between its head and its verdict. */
function linesOf(results: Results): readonly string[] {
  const lines = terminal.render(results, place).split('\n')
  return lines.slice(2, lines.indexOf('', 2))
}

describe('the terminal', () => {
  it('begins with how many failed, and lists every failure, the worst first', () => {
    expect(linesOf(gated(SUMMARIES, [gateOf('read.p99 < 50ms', 50), gateOf('stale.ratio < 50%', 0.5)]))).toEqual([
      'Gates: 1 of 2 failed.',
      '✗ read.p99 < 50ms fails for 2 of 3:',
      '  - ≥ 1000 ms under quorum',
      '  - 61 ms under crdt',
      '✓ stale.ratio < 50%: 30% under crdt, the worst of 3',
    ])
  })

  it('takes the smallest for the worst where a measure must be large, and what is unmeasured for the last', () => {
    expect(linesOf(gated(SUMMARIES, [gateOf('availability >= 200%', 2)]))).toEqual([
      'Gates: 1 of 1 failed.',
      '✗ availability >= 200% fails for 3 of 3:',
      '  - 98% under crdt',
      '  - 100% under lww',
      '  - not measured under quorum (it has no value: too few samples, or nothing to measure)',
    ])
  })

  it('says why a lower bound decides nothing', () => {
    const [, ...lines] = linesOf(gated(SUMMARIES, [gateOf('read.p99 < 2s', 2000)]))
    expect(lines.join(' ').replaceAll(/ +/g, ' ')).toBe(
      '✗ read.p99 < 2s: ≥ 1000 ms under quorum (it is at least that, which does not decide); fails for 1 of 3',
    )
  })

  it('tells a value exactly where it would print as its bound', () => {
    const close = [summaryOf('lww', { 'read.p99': value(50.0412) })]
    expect(linesOf(gated(close, [gateOf('read.p99 < 50ms', 50)]))[1]).toBe(
      '✗ read.p99 < 50ms: 50 ms (exactly 50.0412 ms) under lww',
    )
    const even = [summaryOf('lww', { 'read.p99': value(50) })]
    expect(linesOf(gated(even, [gateOf('read.p99 < 50ms', 50)]))[1]).toBe('✗ read.p99 < 50ms: 50 ms under lww')
  })

  it('names the point of the axes', () => {
    const at = (records: number) =>
      summaryOf('lww', { 'read.p99': value(records) }, { id: `lww/${records}`, axes: { 'workload.records': records } })
    expect(linesOf(gated([at(10), at(20)], [gateOf('read.p99 < 15ms', 15)]))[1]).toBe(
      '✗ read.p99 < 15ms: 20 ms under lww at [records=20]; fails for 1 of 2',
    )
  })

  it('says that all passed, and which were left out', () => {
    const passed = [gateOf('read.p99 < 2s', 2000, 'lww'), gateOf('read.p99 > 1us', 0.001)]
    expect(linesOf(gated(SUMMARIES, passed))[0]).toBe('Gates: all 2 passed.')
    expect(linesOf(gated(SUMMARIES, [...passed, gateOf('read.p99 < 3ms', 3, 'raft')]))[0]).toBe(
      'Gates: all 2 passed. Left out, because none of their cells ran: read.p99 < 3ms.',
    )
    expect(linesOf(gated(SUMMARIES, [gateOf('read.p99 < 3ms', 3, 'raft')]))).toEqual([
      'Gates: none was decided. Left out, because none of their cells ran: read.p99 < 3ms.',
    ])
  })

  it('says that a partial result decides none', () => {
    const results = gated(SUMMARIES, [gateOf('read.p99 < 50ms', 50)], { partial: true, gates: [] })
    expect(linesOf(results)).toEqual(['Gates: not decided, because cells are missing.'])
  })

  it('is silent without gates', () => {
    expect(terminal.render(resultsOf(SUMMARIES), place)).not.toContain('Gates')
    expect(terminal.render(gated(SUMMARIES, []), place)).not.toContain('Gates')
  })
})

describe('Markdown', () => {
  it('has the gates before the verdict, in a list of their own', () => {
    const text = markdownReport.render(gated(SUMMARIES, [gateOf('read.p99 < 50ms', 50)]), place)
    expect(text).toContain(
      [
        '1 seed · 3 variants · 3 cells · quorate 0.0.0',
        '',
        '**Gates: 1 of 1 failed.**',
        '',
        '* ✗ read.p99 &lt; 50ms fails for 2 of 3:',
        '  * ≥ 1000 ms under quorum',
        '  * 61 ms under crdt',
        '',
        '- ',
      ].join('\n'),
    )
  })
})
