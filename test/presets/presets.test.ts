/** The presets: that there are those of the real systems, that their options can be met wherever they run, and what sets them apart. */
import { describe, expect, it } from 'vitest'
import { presets } from '../../src/presets/index.js'
import type { Preset } from '../../src/presets/preset.js'
import type { QuorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import { schemaErrors } from '../experiment/schema/validator.js'
import { cellOf } from '../experiment/specs.js'

const LEVELS = ['any', 'one', 'two', 'three', 'quorum', 'local-one', 'local-quorum', 'each-quorum', 'all', 'serial']

const PLACES: Readonly<Record<string, string>> = {
  'one zone': 'zones: {a: {nodes: 3}}',
  'three zones': 'zones: {a: {nodes: 3}, b: {nodes: 3}, c: {nodes: 3}}, links: {a--b: 1ms, a--c: 1ms, b--c: 1ms}',
  'three zones of one node':
    'zones: {a: {nodes: 1}, b: {nodes: 1}, c: {nodes: 1}}, links: {a--b: 1ms, a--c: 1ms, b--c: 1ms}',
  'uneven zones':
    'zones: {a: {nodes: 9, clients: 50%}, b: {nodes: 2, clients: 50%}, c: {nodes: 0, clients: 0%}}, links: {a--b: 1ms, a--c: 1ms, b--c: 1ms}',
  'a hundred nodes': 'zones: {a: {nodes: 100}}',
}

const optionsOf = (preset: string, place = 'one zone'): QuorumOptions =>
  cellOf(`topology: {${PLACES[place]}}\nstrategies: [preset: ${preset}]`).strategy.options as QuorumOptions

it('are those of the systems that people ask for', () => {
  expect(presets.names).toEqual([
    'dynamo',
    ...LEVELS.map((level) => `cassandra-${level}`),
    'riak-default',
    'riak-typed',
    'riak-lww',
    'scylla-local-quorum',
    'voldemort',
  ])
})

describe.each(presets.all)('$name', ({ name, ...preset }: Preset) => {
  it.each(Object.keys(PLACES))('can be met in %s', (place) => {
    expect(() => optionsOf(name, place)).not.toThrow()
  })

  it('says of which system it is, what it promises and what it leaves out, and where that comes from', () => {
    const texts = [preset.summary, preset.system, preset.limits, preset.source, ...preset.promises, ...preset.suggests]
    for (const text of texts) expect(text).toMatch(/\S.*\S/)
    expect(preset.promises.length).toBeGreaterThan(0)
  })

  it('is in the schema, with several values for what stands beside it', () => {
    const entry = `{preset: ${name}, n: {a: [2, 3]}, hints: [none, {window: [1h, 2h]}], relay: [true, none]}`
    expect(schemaErrors(`strategies: [${entry}, {preset: [${name}]}]`)).toEqual([])
    expect(schemaErrors(`strategies: [{preset: ${name}, hint: {}}]`)).not.toEqual([])
    expect(schemaErrors(`strategies: [{preset: ${name}s}]`)).not.toEqual([])
  })
})

describe('those of Cassandra', () => {
  it('have three copies in every zone that has as many nodes', () => {
    expect(optionsOf('cassandra-quorum').n).toBe(3)
    expect(optionsOf('cassandra-quorum', 'three zones').n).toEqual({ a: 3, b: 3, c: 3 })
    expect(optionsOf('cassandra-quorum', 'three zones of one node').n).toEqual({ a: 1, b: 1, c: 1 })
    expect(optionsOf('cassandra-quorum', 'uneven zones').n).toEqual({ a: 3, b: 2 })
  })

  it.each(LEVELS)('at %s differ in levels alone', (level) => {
    const { r, w, levels: _, serial: __, speculation: ___, ...rest } = optionsOf(`cassandra-${level}`)
    const { r: ____, w: _____, serial: ______, speculation: _______, ...quorum } = optionsOf('cassandra-quorum')
    expect(rest).toEqual(quorum)
    const name = level.toUpperCase().replace('-', '_')
    expect([r, w]).toEqual(name === 'ANY' ? ['ONE', 'ANY'] : name === 'SERIAL' ? ['SERIAL', 'QUORUM'] : [name, name])
  })

  it('speculate but at EACH_QUORUM, make additional writes at every level, and keep rounds of Paxos in one zone where reads and writes are', () => {
    const silent = LEVELS.filter((level) => optionsOf(`cassandra-${level}`).speculation === undefined)
    expect(silent).toEqual(['each-quorum'])
    const additional = new Set(LEVELS.map((level) => optionsOf(`cassandra-${level}`)['additional-writes']))
    expect([...additional]).toEqual(['99p'])
    expect(optionsOf('scylla-local-quorum')['additional-writes']).toBeUndefined()
    const local = LEVELS.filter((level) => optionsOf(`cassandra-${level}`).serial === 'LOCAL_SERIAL')
    expect(local).toEqual(['local-one', 'local-quorum'])
  })

  it('have the figures of its files', () => {
    expect(optionsOf('cassandra-quorum')).toMatchObject({
      vnodes: 16,
      grace: 10 * 24 * 3600e9,
      flush: 10e9,
      timeouts: { read: 5e9, write: 2e9 },
      detector: { kind: 'phi', gossip: 1e9, threshold: 8 },
      hints: { window: 3 * 3600e9, throttle: 512 * 1024, every: 10e9 },
    })
    expect(optionsOf('cassandra-quorum', 'three zones').hints?.throttle).toBe(128 * 1024)
  })
})

describe('those of Riak', () => {
  it('share the ring of 64 partitions among the nodes', () => {
    expect([optionsOf('riak-lww').vnodes, optionsOf('riak-lww', 'a hundred nodes').vnodes]).toEqual([21, 1])
  })

  it('differ in how versions are told apart', () => {
    const versions = ['riak-default', 'riak-typed', 'riak-lww'].map((name) => optionsOf(name))
    expect(versions.map((options) => options.versions)).toEqual(['vectors', 'dotted', 'timestamps'])
    expect(versions.map((options) => options.merge)).toEqual(['last-write', 'data-types', undefined])
  })
})

it('Dynamo drops the oldest of more than ten entries of a vector, and Riak of more than fifty that are old enough', () => {
  expect(optionsOf('dynamo').prune).toEqual({ small: 10, big: 10, young: 0, old: 300 * 3600e9 })
  expect(optionsOf('riak-typed').prune).toEqual({ small: 50, big: 50, young: 20e9, old: 24 * 3600e9 })
})
