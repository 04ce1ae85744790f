/**
 * Records of several fields. Where every field has versions of its own (`quorum`), writes of different fields of one record do not meet; where
 * the record has (all others), the later replaces the earlier. Either way the same bytes travel, and a record's fields live on
 * the same nodes.
 */
import { describe, expect, it } from 'vitest'
import { HEADER_BYTES } from '../../../src/replication/message-bytes.js'
import { collect } from '../../../src/results/collect.js'
import { simulate } from '../../../src/runner/run-cell.js'
import { cellOf } from '../../runner/cells.js'

const measured = (text: string) => {
  const cell = cellOf(text)
  const { history, probes, digest } = simulate(cell)
  return { history, probes, ...collect(cell, history, probes, digest) }
}

describe('two sites that write different fields of one record at once', () => {
  /** So many fields that nobody takes one that another writes within the 20 ms that a write is under way. */
  const twoSites = (strategy: string) =>
    measured(`
seeds: [1]
warmup: 0s
duration: 1s
topology: { zones: { a: { nodes: 1, clients: 50% }, b: { nodes: 1, clients: 50% } }, links: { a--b: 10ms } }
workload: { records: 1, fields: { count: 1000, write: one }, operations: { update: 100% }, arrivals: closed(2 think 5ms) }
strategies: [ ${strategy} ]`)

  it('lose nothing where fields have versions of their own', () => {
    const { history, probes, ratios } = twoSites('{ quorum: { n: 2, r: 1, w: 2 } }')
    expect(new Set(history.key.slice(0, history.count)).size).toBeGreaterThan(50)
    expect(ratios['lost.ratio']?.[0]).toBe(0)
    expect(ratios['conflicts.ratio']?.[0]).toBe(0)
    const places = probes.finals.writtenKeys.map((key) => probes.replicas(key).join())
    expect(new Set(places).size).toBe(1)
  })

  it('lose a write where the record has', () => {
    const { history, ratios } = twoSites('{ lww: { copies: 2 } }')
    expect(new Set(history.key.slice(0, history.count))).toEqual(new Set([0]))
    expect(ratios['lost.overwritten']?.[0]).toBeGreaterThan(0)
    expect(ratios['conflicts.ratio']?.[0]).toBeGreaterThan(0)
  })
})

describe('on the wire', () => {
  /** Ten fields of 50 bytes; one request and one answer for each operation, the node's own copy is free. */
  const RECORD = 500
  const FIELD = 50
  const KEY = 8

  const bytesOf = (strategy: string, operations: string, fields: string) =>
    // An operation every 10 ms, none of which is under way when a phase begins or ends.
    measured(`
seeds: [1]
warmup: 205ms
duration: 90ms
topology: { zones: { a: { nodes: 1, clients: 100% } }, links: { local: 0ms } }
node: { read: 0ms, write: 0ms, scan: 0ms }
workload:
  records: 1
  fields: { count: 10, ${fields} }
  values: 50B
  operations: { ${operations} }
  scan-length: 7
  arrivals: closed(1 think 10ms)
strategies: [ ${strategy} ]`).measures['bytes.per-op']

  const STRATEGIES = ['unreplicated', '{ quorum: { n: 1, r: 1, w: 1 } }', '{ single-leader: { copies: 1 } }']

  it.each([
    ['read', 'read: all', RECORD],
    ['read', 'read: one, write: one', FIELD],
    ['update', 'write: all', RECORD],
    ['update', 'write: one', FIELD],
    ['insert', 'write: one', RECORD],
    ['delete', 'write: all', 0],
    ['scan', 'read: all', 7 * (KEY + RECORD)],
    ['scan', 'read: one, write: one', 7 * (KEY + FIELD)],
  ])('a %s with { %s } carries %i bytes', (operations, fields, bytes) => {
    const found = STRATEGIES.map((strategy) => bytesOf(strategy, `${operations}: 100%`, fields))
    expect(found).toEqual(STRATEGIES.map(() => 2 * HEADER_BYTES + bytes))
  })

  it('a tombstone carries none, once the record is deleted', () => {
    const found = STRATEGIES.map((strategy) => bytesOf(strategy, 'read: 50%, delete: 50%', 'read: all'))
    expect(found).toEqual(STRATEGIES.map(() => 2 * HEADER_BYTES))
  })
})
