/**
 * Compare-and-sets where they are offered: of those that build on one version one is done, whoever asks, and the others are refused as
 * conflicts; one that is asked for again is answered and not compared with what it did itself.
 */
import { describe, expect, it } from 'vitest'
import type { ClientId, OperationId } from '../../src/core/ids.js'
import { INITIAL } from '../../src/core/ids.js'
import { MILLISECOND } from '../../src/core/units.js'
import { COMPARE_AND_SET, DELETE, READ_FOR_MODIFY } from '../../src/history/operation-kinds.js'
import { CONFLICT, DROPPED, OK } from '../../src/history/outcomes.js'
import type { Request, Strategy } from '../../src/replication/replica.js'
import { singleLeader } from '../../src/replication/single-leader/single-leader.js'
import { unreplicated } from '../../src/replication/unreplicated.js'
import { collect } from '../../src/results/collect.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'
import { FakeCluster } from './fake-cluster.js'

const CONFLICTING = { reason: 'conflict', applied: 'no' }

describe.each([
  ['single-leader', singleLeader],
  ['unreplicated', unreplicated],
] as const)('%s', (name, strategy) => {
  const start = (options: object = {}) =>
    new FakeCluster(strategy as unknown as Strategy<unknown>, options, { zones: [1, 1, 1] })

  const set = (cluster: FakeCluster<unknown>, expected: OperationId, client: ClientId, given: Partial<Request> = {}) =>
    cluster.request({ kind: COMPARE_AND_SET, expected, client, ...given })

  it('does exactly one of those that build on one version', () => {
    const cluster = start()
    const base = cluster.update(0)
    const first = Array.from({ length: 5 }, (_, client) => set(cluster, INITIAL, client))
    const second = Array.from({ length: 5 }, (_, client) => set(cluster, base, client))
    cluster.settle()
    expect(first.map((operation) => cluster.answers.get(operation))).toEqual(first.map(() => CONFLICTING))
    const [done, ...refused] = second.map((operation) => cluster.answers.get(operation))
    expect(done).toMatchObject({ value: second[0] })
    expect(refused).toEqual(refused.map(() => CONFLICTING))
    expect(new Set(cluster.valuesOf(0))).toEqual(new Set([second[0]]))
  })

  it('does one on what a delete left behind', () => {
    const cluster = start()
    const tombstone = cluster.request({ kind: DELETE })
    const operation = set(cluster, tombstone, 1)
    cluster.settle()
    expect(cluster.value(operation)).toBe(operation)
  })

  it('answers a retry of one that was done, and refuses a retry of one that was not', () => {
    const cluster = start()
    const done = set(cluster, INITIAL, 1)
    const refused = set(cluster, INITIAL, 2)
    cluster.settle()
    cluster.takeTranscript()
    set(cluster, INITIAL, 1, { operation: done, attempt: 1 })
    set(cluster, INITIAL, 2, { operation: refused, attempt: 1 })
    cluster.settle()
    const told = cluster.takeTranscript().replaceAll(/^[\d.]+ms node 0 /gm, '')
    expect(told).toBe(`answers ${done}\nrefuses as conflict ${refused}`)
  })

  it('makes one chain of all that were acknowledged, on a key that everybody wants', () => {
    const cell = cellOf(`
warmup: 0s
duration: 200ms
seeds: [1]
workload: { records: 1, operations: { compare-and-set: 100% }, arrivals: closed(8 think 1ms) }
strategies: [${name}]`)
    const { history, probes, digest } = simulate(cell)
    const rows = Array.from({ length: history.count }, (_, id) => id)
    const sets = rows.filter((id) => history.kind[id] === COMPARE_AND_SET)
    const done = sets.filter((id) => history.outcome[id] === OK)
    const replaced = done.map((id) => history.observed[history.base[id] as number] as number)
    expect(new Set(replaced).size).toBe(done.length)
    const ends = done.filter((id) => !replaced.includes(id))
    expect(new Set(probes.finals.values(0))).toEqual(new Set(ends))
    const conflicts = sets.filter((id) => history.outcome[id] === CONFLICT).length
    expect(done.length + conflicts).toBe(sets.length)
    expect(rows.filter((id) => history.kind[id] === READ_FOR_MODIFY).length).toBeGreaterThanOrEqual(sets.length)
    const { ratios } = collect(cell, history, probes, digest)
    expect(ratios['errors.conflict']?.[0]).toBe(conflicts)
    expect(conflicts).toBeGreaterThan(0)
  })
})

it('one that is dropped never gets as far as its second row', () => {
  const cell = cellOf(`
warmup: 0s
duration: 1s
seeds: [1]
workload: { records: 5, operations: { compare-and-set: 100% }, arrivals: poisson(3000/s), overload: drop(2) }
strategies: [single-leader]`)
  const { history, probes, digest } = simulate(cell)
  const dropped = Array.from({ length: history.count }, (_, id) => id).filter((id) => history.outcome[id] === DROPPED)
  expect(new Set(dropped.map((id) => history.kind[id]))).toEqual(new Set([READ_FOR_MODIFY]))
  const { ratios } = collect(cell, history, probes, digest)
  expect(ratios['errors.dropped']?.[0]).toBe(dropped.length)
  expect(ratios['lost.ratio']?.[0]).toBe(0)
})

it('what a follower that is behind returns makes a conflict at the leader', () => {
  const options = { acks: 'none', reads: 'follower' }
  const cluster = new FakeCluster(singleLeader as unknown as Strategy<unknown>, options, { zones: [1, 1, 1] })
  const update = cluster.update(0)
  const read = cluster.read(0, 1)
  const found = cluster.value(read) as OperationId
  const early = cluster.request({ kind: COMPARE_AND_SET, expected: found, client: 1 })
  cluster.run(50 * MILLISECOND)
  const late = cluster.read(0, 1)
  const retry = cluster.request({ kind: COMPARE_AND_SET, expected: cluster.value(late) as OperationId, client: 1 })
  cluster.settle()
  expect([found, cluster.value(late)]).toEqual([INITIAL, update])
  expect(cluster.answers.get(early)).toEqual(CONFLICTING)
  expect(cluster.value(retry)).toBe(retry)
})
