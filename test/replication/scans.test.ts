/**
 * Scans: under `quorum` over the ranges of tokens that they cover, each from its own replicas; elsewhere in the order of keys from one
 * node. The cluster of five holds 100 records in 20 partitions, so that a scan of 20 records is four partitions wide and touches five.
 */
import { describe, expect, it } from 'vitest'
import type { NodeId } from '../../src/core/ids.js'
import { MILLISECOND } from '../../src/core/units.js'
import { SCAN } from '../../src/history/operation-kinds.js'
import { crdt } from '../../src/replication/crdt/crdt.js'
import { quorum } from '../../src/replication/leaderless/quorum.js'
import { RANGE_REPLY, RANGE_SCAN, type RangeMessage } from '../../src/replication/leaderless/range-messages.js'
import { HEADER_BYTES } from '../../src/replication/message-bytes.js'
import { lww } from '../../src/replication/multi-leader/lww.js'
import { Outcome, type Strategy } from '../../src/replication/replica.js'
import { singleLeader } from '../../src/replication/single-leader/single-leader.js'
import { FakeCluster, type Shape } from './fake-cluster.js'
import { deliverTwice } from './unreliable.js'

const RANGES = 5
const LENGTH = 20

const start = (strategy: unknown, options: object, shape: Shape = { zones: [5] }) =>
  new FakeCluster(strategy as Strategy<unknown>, options, shape)

const startQuorum = (options: object = {}, shape?: Shape) => start(quorum, { vnodes: 4, ...options }, shape)

const scan = (cluster: FakeCluster<unknown>, given: object = {}, node?: NodeId) =>
  cluster.request({ kind: SCAN, key: 7, length: LENGTH, valueBytes: 50, ...given }, node)

const workOf = (cluster: FakeCluster<unknown>) => cluster.nodes.map(({ workDone }) => workDone)

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

const REFUSED = { reason: 'overloaded', applied: 'no' }

describe('of a ring', () => {
  it.each([
    ['{ r: 2 }, contact: quorum', { contact: 'quorum' }, 2 * RANGES],
    ['{ r: 1 }, contact: quorum', { contact: 'quorum', r: 1 }, RANGES],
    ['contact: all', {}, 3 * RANGES],
    ['n: 5, contact: all', { n: 5 }, 5 * RANGES],
  ])('ask so many replicas of each range: %s', (_, options, requests) => {
    const cluster = startQuorum(options)
    const operation = scan(cluster)
    cluster.settle()
    expect(cluster.outcome(operation)).toBeInstanceOf(Outcome)
    expect(sum(workOf(cluster))).toBe(requests)
    // What the coordinator asks of itself takes no message; all else has an answer.
    const asked = cluster.countSent(({ kind }) => kind === RANGE_SCAN)
    expect(cluster.countSent(({ kind }) => kind === RANGE_REPLY)).toBe(asked)
  })

  it('tell the messages of one scan apart, and weigh what they carry', () => {
    const cluster = startQuorum({ n: 5 })
    scan(cluster, {}, 0)
    cluster.settle()
    const to = (node: NodeId, kind: number) =>
      cluster.sent.filter((one) => one.to === node && one.message.kind === kind).map(({ message }) => message)
    expect(new Set(to(1, RANGE_SCAN).map(({ attempt }) => attempt)).size).toBe(RANGES)
    const answers = cluster.sent.filter(({ from, message }) => from === 1 && message.kind === RANGE_REPLY)
    expect(sum(answers.map(({ message }) => (message as RangeMessage).rows))).toBe(LENGTH)
    expect(sum(answers.map(({ message }) => message.bytes))).toBe(RANGES * HEADER_BYTES + LENGTH * (50 + 8))
    expect(to(1, RANGE_SCAN).map(({ bytes }) => bytes)).toEqual(Array(RANGES).fill(HEADER_BYTES))
  })

  it('are done when the R-th replica of every range has answered', () => {
    const delay = (from: NodeId, to: NodeId) => (from + to) * MILLISECOND
    const after = (r: number) => {
      const cluster = startQuorum({ n: 5, r }, { zones: [5], delay })
      const operation = scan(cluster, {}, 0)
      cluster.settle()
      return (cluster.answeredAt.get(operation) as number) / MILLISECOND
    }
    expect([1, 2, 3, 4, 5].map(after)).toEqual([0, 2, 4, 6, 8])
  })

  it('do without a replica that does not answer, and not without more than they can spare', () => {
    const missing = (...nodes: readonly NodeId[]) => {
      const cluster = startQuorum({ n: 5, r: 3 })
      deliverTwice(cluster)
      for (const node of nodes) cluster.cut(0, node)
      const operation = scan(cluster, {}, 0)
      cluster.settle()
      return cluster.answers.has(operation)
    }
    expect([missing(1), missing(1, 2), missing(1, 2, 3)]).toEqual([true, true, false])
  })

  it('are refused once too few replicas of some range are left that could answer', () => {
    const refusing = (...nodes: readonly NodeId[]) => {
      const cluster = startQuorum({ n: 5, r: 3 })
      for (const node of nodes) cluster.nodeAt(node).overloaded = true
      const operation = scan(cluster, {}, 0)
      cluster.settle()
      return cluster.answers.get(operation)
    }
    expect(refusing(1, 2)).toBeInstanceOf(Outcome)
    expect(refusing(1, 2, 3)).toEqual(REFUSED)
    expect(refusing(0, 1, 2, 3)).toEqual(REFUSED)
  })

  it('begin anew when they are retried: what an earlier attempt was answered does not count', () => {
    const cluster = startQuorum({ n: 5, r: 3 })
    for (const node of [2, 3, 4]) cluster.cut(0, node)
    const operation = scan(cluster, {}, 0)
    cluster.settle()
    for (const node of [1, 2, 3, 4]) cluster.nodeAt(node).overloaded = true
    cluster.nodeAt(2).overloaded = false
    cluster.heal()
    scan(cluster, { operation, attempt: 1 }, 0)
    cluster.settle()
    expect(cluster.answers.get(operation)).toEqual(REFUSED)
  })
})

describe('in the order of keys', () => {
  it.each([
    ['single-leader', singleLeader, {}, 0, [1, 0, 0]],
    ['single-leader', singleLeader, { reads: 'follower' }, 1, [0, 1, 0]],
    ['lww', lww, {}, 2, [0, 0, 1]],
    ['crdt', crdt, {}, 1, [0, 1, 0]],
  ])('%s asks one node, that which serves reads: %#', (_, strategy, options, zone, work) => {
    const cluster = start(strategy, options, { zones: [1, 1, 1] })
    const operation = scan(cluster, { zone })
    cluster.settle()
    expect(cluster.outcome(operation)).toBeInstanceOf(Outcome)
    expect(workOf(cluster)).toEqual(work)
    expect(cluster.sent).toEqual([])
  })

  it('are refused by a full queue', () => {
    const cluster = start(singleLeader, {}, { zones: [1, 1, 1] })
    cluster.nodeAt(0).overloaded = true
    const operation = scan(cluster)
    cluster.settle()
    expect(cluster.answers.get(operation)).toEqual(REFUSED)
  })
})
