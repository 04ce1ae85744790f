/** Gates decided on summaries: every comparison on either side of its bound, and what decides nothing. */
import { describe, expect, it } from 'vitest'
import type { Comparison, Gate, GateScope } from '../../src/experiment/gates/gate.js'
import { decideGates } from '../../src/results/gates.js'
import { assembleResults } from '../../src/results/results.js'
import type { SummaryValue } from '../../src/results/summary.js'
import { summaryOf, timedOut, value } from '../reports/fixtures.js'
import { resultOf } from './fixtures.js'

const EVERYWHERE: GateScope = { strategy: null, variant: null, axes: [] }

const gateOf = (comparison: Comparison, bound: number, where: Partial<GateScope> = {}): Gate => ({
  text: `read.p99 ${comparison} ${bound}ms`,
  measure: 'read.p99',
  comparison,
  bound,
  where: { ...EVERYWHERE, ...where },
})

const verdictOn = (measured: SummaryValue, comparison: Comparison, bound: number): string | undefined =>
  decideGates([gateOf(comparison, bound)], [summaryOf('lww', { 'read.p99': measured })])[0]?.verdict

describe('a gate', () => {
  it.each([
    ['<', 49, 50, 51],
    ['<=', 49, 50, 51],
    ['>', 51, 50, 49],
    ['>=', 51, 50, 49],
  ] as const)('%s holds or not on the value, at the bound too', (comparison, inside, bound, outside) => {
    expect(verdictOn(value(inside), comparison, bound)).toBe('pass')
    expect(verdictOn(value(outside), comparison, bound)).toBe('fail')
    expect(verdictOn(value(bound), comparison, bound)).toBe(comparison.endsWith('=') ? 'pass' : 'fail')
  })

  it('is decided by the value, wherever its interval reaches', () => {
    expect(verdictOn(value(49, 0, 1000), '<', 50)).toBe('pass')
    expect(verdictOn(value(51, null, null), '<', 50)).toBe('fail')
  })

  it.each([
    ['<', 1000, 'fail', 'fail', 'unmeasured'],
    ['<=', 1000, 'fail', 'unmeasured', 'unmeasured'],
    ['>', 1000, 'pass', 'unmeasured', 'unmeasured'],
    ['>=', 1000, 'pass', 'pass', 'unmeasured'],
  ] as const)(
    '%s on a value of at least 1000 is decided where every larger one agrees',
    (comparison, least, below, at, above) => {
      expect(verdictOn(timedOut(least), comparison, least - 1)).toBe(below)
      expect(verdictOn(timedOut(least), comparison, least)).toBe(at)
      expect(verdictOn(timedOut(least), comparison, least + 1)).toBe(above)
    },
  )

  it('on what was not measured is unmeasured, and says why', () => {
    const summaries = [summaryOf('lww', {}), summaryOf('crdt', {}, { seeds: [] })]
    expect(decideGates([gateOf('<', 50)], summaries)).toEqual([
      {
        gate: 'read.p99 < 50ms',
        measure: 'read.p99',
        comparison: '<',
        bound: 50,
        summary: 'lww',
        measured: null,
        verdict: 'unmeasured',
        reason: 'it has no value: too few samples, or nothing to measure',
      },
      expect.objectContaining({ summary: 'crdt', verdict: 'unmeasured', reason: 'no cell of it ran to its end' }),
    ])
  })

  it('is decided on the summaries that it is for, in their order', () => {
    const at = (label: string, axis: string) => summaryOf(label, { 'read.p99': value(1) }, { id: `${label}/${axis}` })
    const summaries = [
      at('lww', 'records=1'),
      at('quorum', 'records=1'),
      at('lww', 'records=10'),
      at('crdt', 'records=1'),
    ]
    const decided = (where: Partial<GateScope>) =>
      decideGates([gateOf('<', 50, where)], summaries).map(({ summary }) => summary)
    expect(decided({})).toHaveLength(4)
    expect(decided({ strategy: 'lww' })).toEqual(['lww/records=1', 'lww/records=10'])
    expect(decided({ variant: 'quorum' })).toEqual(['quorum/records=1'])
    expect(decided({ axes: ['records=1'] })).toEqual(['lww/records=1', 'quorum/records=1', 'crdt/records=1'])
    expect(decided({ strategy: 'lww', axes: ['records=10'] })).toEqual(['lww/records=10'])
    expect(decided({ variant: 'raft' })).toEqual([])
  })
})

describe('a result', () => {
  const header = { tool: { name: 'quorate', version: '1' }, environment: {}, spec: {}, strategies: [] }
  const cells = [1, 2].map((seed) => resultOf('lww', seed, (found) => found.ratio('stale.ratio', seed, 10)))
  const gate = { ...gateOf('<', 0.2), measure: 'stale.ratio' }

  it('has its gates decided on all of its seeds', () => {
    const { gates } = assembleResults(header, ['lww/1', 'lww/2'], cells, [gate])
    expect(gates).toMatchObject([{ summary: 'lww', measured: 0.15, verdict: 'pass' }])
  })

  it('that is partial decides none', () => {
    expect(assembleResults(header, ['lww/1', 'lww/2', 'lww/3'], cells, [gate]).gates).toEqual([])
  })
})
