/** `preset:` entries in workload files: whose options a variant has, what goes before them, how it is called, and what is refused. */
import { describe, expect, it } from 'vitest'
import { catalog } from '../../src/catalog.js'
import type { QuorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import { cellOf, cellsOf, refusalOf, specOf } from './specs.js'

const TWO = 'topology: {zones: {us: {nodes: 5}, eu: {nodes: 2}}, links: {us--eu: 35ms}}'

const optionsOf = (entry: string, ...settings: readonly string[]): QuorumOptions =>
  cellOf(`${TWO}\nstrategies: [${entry}]`, ...settings).strategy.options as QuorumOptions
const labelsOf = (entry: string, ...settings: readonly string[]): readonly string[] =>
  specOf(`${TWO}\nstrategies: [${entry}]`, ...settings).variants.map(({ label }) => label)

describe('a preset', () => {
  it('is a strategy with options of its own in the cell', () => {
    const { strategy, label, variant } = cellOf(`${TWO}\nstrategies: [preset: cassandra-local-quorum]`)
    expect(strategy.name).toBe('quorum')
    expect([label, variant]).toEqual(['cassandra-local-quorum', 'cassandra-local-quorum'])
    expect(strategy.options).toMatchObject({
      n: { us: 3, eu: 2 },
      r: 'LOCAL_QUORUM',
      w: 'LOCAL_QUORUM',
      contact: 'quorum',
      timeouts: { read: 5e9, write: 2e9 },
      hints: { window: 3 * 3600e9 },
    })
  })

  it('gives a cell that parses to itself', () => {
    const { options } = cellOf(`${TWO}\nstrategies: [preset: riak-typed]`).strategy
    expect(JSON.parse(JSON.stringify(options))).toEqual(options)
  })

  it('follows the place that it runs in', () => {
    const one = cellOf('strategies: [preset: cassandra-quorum]').strategy.options as QuorumOptions
    expect(one.n).toBe(3)
    expect(cellOf('topology: {zones: {a: {nodes: 2}}}\nstrategies: [preset: riak-lww]').strategy.options).toMatchObject(
      {
        n: 2,
        dw: 2,
        vnodes: 32,
      },
    )
  })
})

describe('what stands beside a preset', () => {
  it('goes before it, of mappings key by key', () => {
    const before = optionsOf('preset: cassandra-quorum')
    const after = optionsOf('{preset: cassandra-quorum, hints: {window: 1h}, n: {eu: 1}, relay: false}')
    expect(after).toEqual({
      ...before,
      n: { us: 3, eu: 1 },
      relay: false,
      hints: { ...before.hints, window: 3600e9 },
    })
  })

  it('leaves out what it says is none', () => {
    const { hints: _, speculation: __, ...rest } = optionsOf('preset: cassandra-quorum')
    expect(optionsOf('{preset: cassandra-quorum, hints: none, speculation: none}')).toEqual(rest)
  })

  it('is in the label where it differs or varies', () => {
    expect(labelsOf('{preset: cassandra-quorum, hints: {window: 3h}, r: ONE}')).toEqual(['cassandra-quorum r=ONE'])
    expect(labelsOf('{preset: cassandra-quorum, hints: [{window: 3h}, {window: 1h}, none]}')).toEqual([
      'cassandra-quorum hints={window: 3h}',
      'cassandra-quorum hints={window: 1h}',
      'cassandra-quorum hints=none',
    ])
    expect(labelsOf('{preset: cassandra-quorum, n: {eu: 1}}')).toEqual(['cassandra-quorum n={eu: 1}'])
    expect(labelsOf('{preset: cassandra-quorum, relay: [true, false]}')).toEqual([
      'cassandra-quorum relay=true',
      'cassandra-quorum relay=false',
    ])
  })

  it('may be an axis or a setting', () => {
    const text = `${TWO}\nseeds: 1\nstrategies: [preset: cassandra-quorum]`
    expect(cellsOf(`${text}\naxes: {strategies.0.hints.window: [1h, 3h]}`).map(({ id }) => id)).toEqual([
      'cassandra-quorum_hints=_window_1h/window=1h/1',
      'cassandra-quorum_hints=_window_3h/window=3h/1',
    ])
    expect(labelsOf('preset: cassandra-quorum', 'strategies.0.hints.window=2h')).toEqual([
      'cassandra-quorum hints={window: 2h}',
    ])
  })
})

describe('several presets', () => {
  it('in a list are a variant each', () => {
    expect(labelsOf('{preset: [cassandra-one, riak-lww], vnodes: 8}')).toEqual([
      'cassandra-one vnodes=8',
      'riak-lww vnodes=8',
    ])
  })

  it('on an axis are told by their names alone', () => {
    const text = `${TWO}\nseeds: 1\nstrategies: [preset: dynamo]\naxes: {strategies.0.preset: [dynamo, riak-lww]}`
    expect(cellsOf(text).map(({ label }) => label)).toEqual(['dynamo', 'riak-lww'])
  })
})

describe('results', () => {
  const spec = specOf(`${TWO}\nstrategies: [preset: [cassandra-one, cassandra-quorum], quorum]`)

  it('say which preset a variant is, and what it fixes', () => {
    const [one, , plain] = spec.variants
    expect(one?.preset).toMatchObject({ name: 'cassandra-one', system: 'Apache Cassandra 5.0' })
    expect(one?.preset?.fixes.slice(0, 5)).toEqual([
      'n={us: 3, eu: 2}',
      'r=ONE',
      'w=ONE',
      'contact=quorum',
      'repair=blocking',
    ])
    expect(one?.preset?.fixes).toContain('detector={kind: phi, gossip: 1s, threshold: 8}')
    expect(plain?.preset).toBeUndefined()
  })

  it('say where its options come from, once for a source', () => {
    const source = catalog.presets.get('cassandra-one')?.source
    expect(spec.points[0]?.presets).toEqual([{ kind: 'presets', name: 'cassandra-one, cassandra-quorum', source }])
  })
})

describe('a mistake in an entry', () => {
  it.each([
    [
      'a misspelt preset',
      '{preset: casandra-quorum}',
      '2:23',
      'There is no preset casandra-quorum (did you mean cassandra-quorum?); the presets are dynamo,',
    ],
    ['no preset', '{preset: }', '2:23', 'preset is a name, not empty; the presets are dynamo,'],
    ['a misspelt option', '{preset: dynamo, hint: {}}', '2:31', 'dynamo has no option hint (did you mean hints?)'],
    ['a misspelt inner option', '{preset: dynamo, hints: {windw: 1h}}', '2:39', 'hints has no option windw'],
    ['a wrong value', '{preset: dynamo, r: none}', '2:34', 'r is a whole number of at least 1'],
    ['a preset as a strategy', 'dynamo', '2:14', 'dynamo is a preset: write { preset: dynamo }'],
    ['a preset with two entries', '{preset: dynamo, quorum: {}}', '2:31', 'dynamo has no option quorum'],
    ['what no world allows', '{preset: dynamo, w: 4}', '2:34', 'w: 4 exceeds n: 3'],
  ])('%s is refused at its place', (_, entry, place, words) => {
    const refusal = refusalOf(`${TWO}\nstrategies: [${entry}]`)
    expect(refusal).toContain(words)
    expect(refusal.slice(0, `test.yaml:${place}: `.length)).toBe(`test.yaml:${place}: `)
  })

  it('of the preset itself is told at its name', () => {
    const text = 'topology: {zones: {a: {nodes: 1}}}\nstrategies: [{preset: dynamo}]'
    expect(refusalOf(text)).toContain('test.yaml:2:23: r: 2 and w: 2 exceed n: 1')
  })

  it('is told of an axis at its value', () => {
    const text = `${TWO}\nstrategies: [preset: dynamo]\naxes: {strategies.0.w: [2, 4]}`
    expect(refusalOf(text)).toContain('test.yaml:3:28: w: 4 exceeds n: 3')
  })
})
