/** Several results as one: each keeps what it says, nothing is mixed up, and every view can read it. */
import { describe, expect, it } from 'vitest'
import { csv } from '../../src/reports/csv.js'
import { gatesOf } from '../../src/reports/gates.js'
import { headlineOf } from '../../src/reports/headline.js'
import { json } from '../../src/reports/json.js'
import { markdownReport } from '../../src/reports/markdown.js'
import { notesOf } from '../../src/reports/notes.js'
import { overlaid } from '../../src/reports/overlay.js'
import { pointsOf } from '../../src/reports/points.js'
import { presetSentences } from '../../src/reports/presets.js'
import { terminal } from '../../src/reports/terminal.js'
import { verdictOf } from '../../src/reports/verdict.js'
import type { GateResult } from '../../src/results/gates.js'
import { resultShape } from '../../src/results/result-shape.js'
import type { Results } from '../../src/results/results.js'
import { cellEntryOf, place, resultsOf, summaryOf, value } from './fixtures.js'

const gate = (summary: string, verdict: GateResult['verdict'] = 'pass'): GateResult => ({
  gate: 'read.p99 < 9ms',
  measure: 'read.p99',
  comparison: '<',
  bound: 9,
  summary,
  measured: verdict === 'pass' ? 1 : 10,
  verdict,
})

const GATES = [{ text: 'read.p99 < 9ms', measure: 'read.p99' }]

const fast = resultsOf([summaryOf('lww', { 'read.p99': value(1) }), summaryOf('crdt', { 'read.p99': value(2) })], {
  spec: {
    name: 'fast',
    about: 'A fast network',
    seeds: [1, 2],
    notes: ['taken from workloada'],
    gates: GATES,
    points: [{ axes: {}, presets: [{ kind: 'topology', name: 'aws', source: 'measured' }] }],
    variants: [{ label: 'lww' }, { label: 'crdt' }],
  },
  gates: [gate('lww'), gate('crdt')],
  environment: { node: 'v20', started: 'monday', command: 'quorate run fast.yaml' },
})

const slow = resultsOf(
  [
    summaryOf('lww', { 'read.p99': value(10) }, { id: 'lww/records=10', axes: { 'workload.records': 10 } }),
    summaryOf('crdt', { 'read.p99': value(30) }, { id: 'crdt/records=10', axes: { 'workload.records': 10 } }),
  ],
  {
    spec: {
      name: 'slow',
      seeds: [2, 3],
      gates: [...GATES, { text: 'availability > 9%' }],
      points: [{ axes: { 'workload.records': 10 }, presets: [] }],
      variants: [{ label: 'lww' }],
      notes: [],
    },
    gates: [gate('lww/records=10', 'fail')],
    environment: { node: 'v20', started: 'tuesday', command: 'quorate run slow.yaml', resumed: 3 },
  },
)

const both = overlaid([
  { name: 'fast', results: fast },
  { name: 'slow', results: slow },
])

describe('one result', () => {
  it('stays as it is', () => {
    expect(overlaid([{ name: 'any', results: fast }])).toBe(fast)
  })
})

describe('several results as one', () => {
  it('have the result as their first axis, and ids that tell whose they are', () => {
    expect(both.summaries.map(({ id, variant, axes }) => [id, variant, axes])).toEqual([
      ['fast:lww', 'lww', { result: 'fast' }],
      ['fast:crdt', 'crdt', { result: 'fast' }],
      ['slow:lww/records=10', 'lww', { result: 'slow', 'workload.records': 10 }],
      ['slow:crdt/records=10', 'crdt', { result: 'slow', 'workload.records': 10 }],
    ])
    expect(Object.keys(both.summaries[2]?.axes ?? {})).toEqual(['result', 'workload.records'])
    expect(both.cells.map(({ id, axes }) => [id, axes['result']])).toEqual([
      ['fast:lww/1', 'fast'],
      ['fast:crdt/1', 'fast'],
      ['slow:lww/records=10/1', 'slow'],
      ['slow:crdt/records=10/1', 'slow'],
    ])
    expect(both.summaries.map(({ measures }) => measures['read.p99']?.value)).toEqual([1, 2, 10, 30])
  })

  it('are compared each within itself', () => {
    expect(pointsOf(both.summaries).map(({ name, summaries }) => [name, summaries.length])).toEqual([
      ['result=fast, records=-', 2],
      ['result=slow, records=10', 2],
    ])
    expect(verdictOf(both)[0]).toBe('Read p99: at every point of the axes best: lww (1 to 10 ms).')
  })

  it('are called after all, with the notes and presets of each', () => {
    expect(headlineOf(both)).toEqual({ name: 'fast, slow', about: '' })
    expect(notesOf(both)).toEqual(['fast: taken from workloada'])
    expect(presetSentences(both)).toEqual(['The topology aws: measured.'])
  })

  it('keep what else of their specs is read', () => {
    expect(both.spec).toMatchObject({
      seeds: [1, 2, 3],
      points: [{ axes: { result: 'fast' } }, { axes: { result: 'slow', 'workload.records': 10 } }],
      variants: [{ label: 'lww' }, { label: 'crdt' }],
    })
  })

  it('keep their gates, each asked once', () => {
    expect(gatesOf(both)).toEqual({
      sentence: 'Gates: 1 of 1 failed. Left out, because none of their cells ran: availability > 9%.',
      lines: [
        {
          mark: '✗',
          text: 'read.p99 < 9ms: 10 ms under lww at [result=slow, records=10]; fails for 1 of 3',
          details: [],
        },
      ],
    })
  })

  it('tell of machines once what is equal, and the commands one after the other', () => {
    expect(both.environment).toEqual({
      node: 'v20',
      'fast.started': 'monday',
      'slow.started': 'tuesday',
      command: 'quorate run fast.yaml && quorate run slow.yaml',
      'slow.resumed': 3,
    })
  })

  it('are partial if one is', () => {
    const partial = { ...slow, partial: true }
    expect(overlaid([fast, partial].map((results, i) => ({ name: `${i}`, results }))).partial).toBe(true)
    expect(both.partial).toBe(false)
  })

  it('are a reference if one is, whose cells cannot run again', () => {
    const reference = { ...slow, form: 'reference' as const }
    expect(overlaid([fast, reference].map((results, i) => ({ name: `${i}`, results }))).form).toBe('reference')
    expect(both).not.toHaveProperty('form')
  })

  it('have measures and strategies once each, those of all', () => {
    const info = (name: string) => ({ name, unit: 'ms', better: 'lower', summary: '' }) as const
    const strategy = (name: string) => ({ name, summary: '', promises: [], limits: '' })
    const one = { ...fast, measures: [info('a'), info('b')], strategies: [strategy('lww')] }
    const other = { ...fast, measures: [info('b'), info('c')], strategies: [strategy('crdt'), strategy('lww')] }
    const all = overlaid([one, other].map((results, i) => ({ name: `${i}`, results })))
    expect(all.measures.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
    expect(all.strategies.map(({ name }) => name)).toEqual(['lww', 'crdt'])
  })

  it('say that they are of different versions', () => {
    const newer = { ...slow, tool: { name: 'quorate', version: '9.0.0' } }
    const all = overlaid([
      { name: 'fast', results: fast },
      { name: 'newer', results: newer },
    ])
    expect(notesOf(all)[0]).toBe(
      'The results are of different versions: fast of version 0.0.0 and newer of version 9.0.0.',
    )
    expect(all.tool.version).toBe('0.0.0 and 9.0.0')
  })

  it('nest: an overlay among them keeps its own names apart', () => {
    const nested = overlaid([
      { name: 'both', results: both },
      { name: 'fast', results: fast },
    ])
    expect(pointsOf(nested.summaries).map(({ name }) => name)).toEqual([
      'result=both fast, records=-',
      'result=both slow, records=10',
      'result=fast, records=-',
    ])
  })

  it('are a result that can be read again', () => {
    const text = json.render(both, place)
    expect(resultShape.safeParse(JSON.parse(text)).success).toBe(true)
    expect(JSON.parse(text)).toEqual(both)
  })

  const odd: readonly (readonly [string, Partial<Results>])[] = [
    ['without a spec', { spec: null }],
    ['whose spec makes no sense', { spec: { seeds: 'x', points: [7], variants: 3, gates: [{}], notes: [1] } }],
    ['with cells that failed', { cells: [cellEntryOf('lww/1', 'it broke')], summaries: [] }],
    ['with nothing', { cells: [], summaries: [], measures: [], environment: {} }],
  ]
  it.each(odd)('%s are rendered all the same', async (_, more) => {
    const all = overlaid([
      { name: '<b>__proto__', results: { ...fast, ...more } },
      { name: 'slow', results: slow },
    ])
    for (const format of [terminal, markdownReport, csv, json]) expect(format.render(all, place)).toContain('slow')
    expect(gatesOf(all)).not.toBeNull()
  })
})
