/**
 * Disks that are lost, under single-leader, lww and crdt replication: what the node does to come by its data again, that no name is ever used
 * twice, and that copies agree in the end whatever is lost, cut and crashed on the way, as long as one disk survives.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OperationId } from '../../src/core/ids.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { equalValues, type Value } from '../../src/history/values.js'
import { crdt } from '../../src/replication/crdt/crdt.js'
import { lww } from '../../src/replication/multi-leader/lww.js'
import type { Strategy } from '../../src/replication/replica.js'
import { singleLeader } from '../../src/replication/single-leader/single-leader.js'
import type { FakeNode, Shape } from './fake-cluster.js'
import { FakeCluster } from './fake-cluster.js'

const THREE: Shape = { zones: [1, 1, 1], delay: () => 10 * MILLISECOND }

function start(strategy: unknown, options: object = {}, shape = THREE): FakeCluster<unknown> {
  return new FakeCluster<unknown>(strategy as Strategy<unknown>, options, shape)
}

const agree = (values: readonly Value[]): boolean => values.every((value) => equalValues(value, values[0] as Value))

describe('a leader that lost its disk', () => {
  it('takes over the state of the most advanced follower, and what only it had is gone everywhere', () => {
    const cluster = start(singleLeader, { acks: 'none' })
    const both = cluster.update(0)
    cluster.run(100 * MILLISECOND)
    cluster.cut(0, 1)
    const one = cluster.update(1)
    cluster.run(100 * MILLISECOND)
    cluster.cut(0, 2)
    cluster.update(2)
    cluster.run(100 * MILLISECOND)
    cluster.nodeAt(0).loseDisk()
    cluster.heal()
    cluster.nodeAt(0).start()
    const early = cluster.read(0)
    cluster.settle()
    expect(cluster.answers.get(early)).toEqual({ reason: 'unavailable', applied: 'no' })
    expect(cluster.valuesOf(0)).toEqual([both, both, both])
    expect(cluster.valuesOf(1)).toEqual([one, one, one])
    expect(cluster.valuesOf(2)).toEqual([-2, -2, -2])
  })

  it('never uses a place in the log again', () => {
    const cluster = start(singleLeader, { acks: 'none' })
    const orders: number[] = []
    for (let life = 0; life < 3; life++) {
      const writes = [cluster.update(0), cluster.update(0)]
      for (const write of writes) orders.push(cluster.outcome(write).order)
      cluster.nodeAt(0).loseDisk()
      cluster.nodeAt(0).start()
      cluster.settle()
    }
    expect(new Set(orders).size).toBe(6)
    expect([...orders].sort((left, right) => left - right)).toEqual(orders)
  })

  it('waits for a follower that is down, but not for ever', () => {
    const cluster = start(singleLeader, { acks: 'none' })
    cluster.nodeAt(2).crash()
    const write = cluster.update(0)
    cluster.run(100 * MILLISECOND)
    cluster.nodeAt(0).loseDisk()
    cluster.nodeAt(0).start()
    cluster.run(9 * SECOND)
    const refused = cluster.read(0)
    cluster.run(3 * SECOND)
    const answered = cluster.read(0)
    expect(cluster.answers.get(refused)).toEqual({ reason: 'unavailable', applied: 'no' })
    expect(cluster.value(answered)).toBe(write)
  })

  it('makes followers that had more fall back', () => {
    const cluster = start(singleLeader, { acks: 'none' })
    cluster.cut(0, 1)
    cluster.update(0)
    cluster.run(100 * MILLISECOND)
    cluster.nodeAt(2).crash()
    cluster.heal()
    cluster.nodeAt(0).loseDisk()
    cluster.nodeAt(0).start()
    cluster.run(20 * SECOND)
    cluster.nodeAt(2).start()
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([-2, -2, -2])
  })
})

describe('a follower that lost its disk', () => {
  it('gets a snapshot, and serves no reads before it has', () => {
    const cluster = start(singleLeader, { reads: 'follower' }, { zones: [1, 1, 1], delay: () => 10 * MILLISECOND })
    const writes = [0, 1, 2].map((key) => cluster.update(key))
    cluster.settle()
    cluster.nodeAt(1).loseDisk()
    cluster.nodeAt(1).start()
    const early = cluster.request({ key: 0 }, 1)
    cluster.run(30 * MILLISECOND)
    const late = cluster.request({ key: 0 }, 1)
    expect(cluster.answers.get(early)).toEqual({ reason: 'unavailable', applied: 'no' })
    expect(cluster.value(late)).toBe(writes[0])
    cluster.settle()
    for (const key of [0, 1, 2]) expect(agree(cluster.valuesOf(key))).toBe(true)
  })
})

describe('several leaders', () => {
  it.each([
    ['lww', lww],
    ['crdt', crdt],
  ])('of %s spread what a lost disk had shipped to one of them only', (_name, strategy) => {
    const cluster = start(strategy)
    cluster.increment(0, 0)
    cluster.settle()
    cluster.cut(0, 2)
    cluster.increment(0, 0)
    cluster.run(100 * MILLISECOND)
    cluster.cut(0, 1)
    cluster.increment(0, 0)
    cluster.run(100 * MILLISECOND)
    cluster.nodeAt(0).loseDisk()
    cluster.heal()
    cluster.nodeAt(0).start()
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([{ count: 2 }, { count: 2 }, { count: 2 }])
    cluster.increment(0, 0)
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([{ count: 3 }, { count: 3 }, { count: 3 }])
  })

  it('do not take a reborn one for what it was, though they know what it forgot', () => {
    const cluster = start(crdt)
    const write = (key: number) => [cluster.increment(0, 0), cluster.add(key, 0)]
    write(1)
    cluster.settle()
    cluster.cut(0, 1)
    const [, added] = write(2)
    cluster.run(100 * MILLISECOND)
    cluster.nodeAt(0).loseDisk()
    cluster.heal()
    cluster.cut(0, 2)
    cluster.nodeAt(0).start()
    cluster.run(100 * MILLISECOND)
    const [, again] = write(2)
    cluster.heal()
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([{ count: 3 }, { count: 3 }, { count: 3 }])
    for (const value of cluster.valuesOf(2)) expect(value).toEqual({ elements: [added, again] })
  })

  it('learn from their followers what nobody else has', () => {
    const cluster = start(crdt, { copies: 4 }, { zones: [2, 2], delay: () => 10 * MILLISECOND })
    cluster.cut(0, 2)
    cluster.increment(0, 0)
    cluster.run(100 * MILLISECOND)
    cluster.nodeAt(0).loseDisk()
    cluster.nodeAt(1).crash()
    cluster.heal()
    cluster.nodeAt(0).start()
    cluster.run(30 * SECOND)
    cluster.nodeAt(1).start()
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([{ count: 1 }, { count: 1 }, { count: 1 }, { count: 1 }])
  })
})

const countOf = (value: Value | undefined): number => (typeof value === 'object' && 'count' in value ? value.count : 0)

/** How many of the operations some node still holds, as the probes tell. */
function countHeld(cluster: FakeCluster<unknown>, operations: readonly OperationId[]): number {
  const held = new Set(cluster.nodes.flatMap((each) => [...each.receivedAt.keys()]))
  return operations.filter((operation) => held.has(operation)).length
}

/** Of every key one of these has a copy, and keeps its disk. */
const SPARED = [4, 5]
const node = fc.integer({ min: 0, max: 5 })
const zone = fc.integer({ min: 0, max: 2 })
const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ increment: zone }) },
  { weight: 2, arbitrary: fc.record({ add: zone }) },
  { weight: 2, arbitrary: fc.record({ update: zone }) },
  { weight: 2, arbitrary: fc.record({ cut: fc.tuple(node, node) }) },
  { weight: 1, arbitrary: fc.record({ heal: fc.constant(true) }) },
  { weight: 2, arbitrary: fc.record({ crash: node, loses: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ start: node }) },
  { weight: 4, arbitrary: fc.record({ run: fc.constantFrom(1, 5, 50, 500, 3000) }) },
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

/** Returns the increments that were asked for. */
function perform(cluster: FakeCluster<unknown>, actions: readonly Action[]): OperationId[] {
  const increments: OperationId[] = []
  for (const step of actions) {
    if ('increment' in step) increments.push(cluster.increment(0, step.increment))
    else if ('add' in step) cluster.add(1, step.add)
    else if ('update' in step) cluster.update(2, step.update)
    else if ('cut' in step) cluster.cut(step.cut[0], step.cut[1])
    else if ('heal' in step) cluster.heal()
    else if ('run' in step) cluster.run(step.run * MILLISECOND)
    else if ('start' in step) startAgain(cluster.nodeAt(step.start))
    else if (cluster.nodeAt(step.crash).replica === null) continue
    else if (step.loses && !SPARED.includes(step.crash)) cluster.nodeAt(step.crash).loseDisk()
    else cluster.nodeAt(step.crash).crash()
  }
  return increments
}

function startAgain(down: FakeNode): void {
  if (down.replica === null) down.start()
}

describe('whatever is lost, cut and crashed', () => {
  it.each([
    ['single-leader', singleLeader, { acks: 'none' }],
    ['single-leader', singleLeader, { partitions: 'ring' }],
    ['lww', lww, { copies: 5 }],
    ['crdt', crdt, { copies: 5 }],
    ['crdt', crdt, { copies: 5, registers: 'mv' }],
    ['crdt', crdt, { copies: 3, leaders: 'node' }],
    ['crdt', crdt, { copies: 4, leaders: 'node', partitions: 'ring' }],
  ])('copies of %s agree in the end if one disk of each key survives: %#', (_name, strategy, options) => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 10, maxLength: 80 }), (actions) => {
        const cluster = start(strategy, options, { zones: [2, 2, 2] })
        const increments = perform(cluster, actions)
        cluster.heal()
        for (const each of cluster.nodes) startAgain(each)
        cluster.settle()
        for (const key of [0, 1, 2]) expect(agree(cluster.valuesOf(key)), `key ${key}`).toBe(true)
        if (strategy === crdt) expect(countOf(cluster.valuesOf(0)[0])).toBe(countHeld(cluster, increments))
      }),
      { seed: 1, numRuns: 150 },
    )
  })
})
