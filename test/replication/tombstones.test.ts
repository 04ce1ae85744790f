/**
 * Tombstones and their grace: a replica that misses a delete for longer than the others keep it brings the record back (reference: systems.md,
 * section 13b, "zombie"), and one that is repaired in time does not: test/scenarios/leaderless/zombie.test.ts tells that as a story, and here is what
 * else may become of it.
 */
import { describe, expect, it } from 'vitest'
import type { Key } from '../../src/core/ids.js'
import { INITIAL } from '../../src/core/ids.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { COMPARE_AND_SET, DELETE, INSERT, isRead, READ } from '../../src/history/operation-kinds.js'
import { OK } from '../../src/history/outcomes.js'
import { REPAIR } from '../../src/replication/leaderless/messages.js'
import { quorum } from '../../src/replication/leaderless/quorum.js'
import type { QuorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import { collect } from '../../src/results/collect.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'
import { FakeCluster, type Shape } from './fake-cluster.js'

/** Beyond the records that are loaded. */
const NEW = 500

class Cluster extends FakeCluster<QuorumOptions> {
  constructor(options: object = { grace: '10s' }, shape: Partial<Shape> = {}) {
    super(quorum as never, options, { zones: [3], delay: () => MILLISECOND, ...shape })
  }

  runTo(seconds: number): void {
    this.run(seconds * SECOND - this.now)
  }

  delete(key: Key, node = 0) {
    return this.request({ kind: DELETE, key }, node)
  }

  /** What a read at the node finds, once everything that follows from it has happened. */
  found(key: Key, node = 0) {
    const read = this.request({ kind: READ, key }, node)
    this.run(100 * MILLISECOND)
    return this.value(read)
  }
}

/** A record that node 2 has and that is deleted while it is down. */
function deletedWithout2(options?: object) {
  const cluster = new Cluster(options)
  const insert = cluster.request({ kind: INSERT, key: NEW, valueBytes: 100 }, 0)
  cluster.runTo(1)
  cluster.nodeAt(2).crash()
  const tombstone = cluster.delete(NEW)
  cluster.runTo(2)
  expect(cluster.found(NEW)).toBe(tombstone)
  return { cluster, insert, tombstone }
}

describe('a replica that missed a delete', () => {
  it('and returns within the grace, unrepaired, brings the record back all the same', () => {
    const { cluster, insert } = deletedWithout2({ grace: '10s', repair: 'none' })
    cluster.runTo(9)
    cluster.nodeAt(2).start()
    cluster.runTo(30)
    expect(cluster.found(NEW, 2)).toBe(insert)
    expect(cluster.valuesOf(NEW).filter((value) => value === insert).length).toBe(1)
  })

  it('brings nothing back where tombstones are kept for ever', () => {
    const { cluster, tombstone } = deletedWithout2({})
    cluster.runTo(900)
    cluster.nodeAt(2).start()
    expect([cluster.found(NEW), cluster.found(NEW, 2)]).toEqual([tombstone, tombstone])
    expect(cluster.valuesOf(NEW)).toEqual([tombstone, tombstone, tombstone])
  })

  it('brings back a record that was loaded', () => {
    const cluster = new Cluster()
    cluster.nodeAt(2).crash()
    const tombstone = cluster.delete(0)
    cluster.runTo(11)
    cluster.nodeAt(2).start()
    expect(cluster.found(0, 2)).toBe(INITIAL)
    expect(cluster.valuesOf(0)).toEqual([INITIAL, INITIAL, INITIAL])
    expect(tombstone).not.toBe(INITIAL)
  })
})

describe('a tombstone', () => {
  const orders = (cluster: Cluster, key: Key) => {
    const read = cluster.request({ kind: READ, key }, 0)
    cluster.run(100 * MILLISECOND)
    return cluster.outcome(read).order
  }

  it('has no place in the order of versions once it is purged, at the end of its grace', () => {
    const cluster = new Cluster()
    cluster.runTo(3)
    cluster.delete(NEW)
    cluster.runTo(12.9 - 0.001)
    expect(orders(cluster, NEW)).toBe(3 * SECOND)
    cluster.runTo(13)
    expect(orders(cluster, NEW)).toBe(Number.NaN)
  })

  it('is purged by the clock of each replica', () => {
    const cluster = new Cluster({ grace: '10s', r: 1 }, { clock: (node, now) => (node === 1 ? now + 4 * SECOND : now) })
    cluster.delete(NEW)
    cluster.runTo(6.5)
    const orderAt = (node: number) => {
      const read = cluster.request({ kind: READ, key: NEW }, node)
      cluster.run(0)
      return cluster.outcome(read).order
    }
    expect([orderAt(0), orderAt(1)]).toEqual([0, Number.NaN])
  })

  it('leaves nothing once it is purged, as with a replica that has never heard of the key', () => {
    const cluster = new Cluster({ grace: '10s', repair: 'none' })
    const holdsNothing = (key: number) => cluster.nodes.map(({ replica }) => replica?.holdsNothing?.(key))
    cluster.nodeAt(2).crash()
    const loaded = 0
    for (const key of [NEW, loaded]) cluster.delete(key)
    cluster.runTo(9)
    cluster.nodeAt(2).start()
    expect(holdsNothing(NEW)).toEqual([false, false, true])
    cluster.runTo(11)
    expect(holdsNothing(NEW)).toEqual([true, true, true])
    // A record that was loaded is still there where the delete did not come.
    expect(holdsNothing(loaded)).toEqual([true, true, false])
  })

  it('is waited for by a node that starts again, and purged at once if its time has passed meanwhile', () => {
    const cluster = new Cluster({ grace: '10s', r: 1 })
    cluster.delete(NEW)
    cluster.runTo(1)
    for (const node of [1, 2]) cluster.nodeAt(node).crash()
    cluster.runTo(2)
    cluster.nodeAt(1).start()
    cluster.runTo(20)
    cluster.nodeAt(2).start()
    cluster.run(0)
    for (const node of [0, 1, 2]) {
      const read = cluster.request({ kind: READ, key: NEW }, node)
      cluster.run(0)
      expect(cluster.outcome(read).order).toBe(Number.NaN)
    }
  })

  it('that was written over meanwhile is nobody’s to purge, and one that is deleted again has its own time', () => {
    const cluster = new Cluster()
    cluster.delete(NEW)
    cluster.delete(NEW + 1)
    cluster.runTo(5)
    const update = cluster.update(NEW)
    const again = cluster.delete(NEW + 1)
    cluster.runTo(12)
    expect(cluster.found(NEW)).toBe(update)
    expect(orders(cluster, NEW + 1)).toBe(5 * SECOND)
    cluster.runTo(16)
    expect(orders(cluster, NEW + 1)).toBe(Number.NaN)
    expect(cluster.found(NEW + 1)).toBe(again)
  })

  it('that is sent to a replica which has purged it is purged again', () => {
    const cluster = new Cluster({ grace: '10s' }, { clock: (node, now) => (node === 2 ? now - 5 * SECOND : now) })
    cluster.delete(NEW)
    cluster.runTo(11)
    const read = cluster.request({ kind: READ, key: NEW }, 2)
    cluster.run(100 * MILLISECOND)
    // Node 2 has it still, and the read wrote it to the others.
    expect(cluster.outcome(read).order).toBe(0)
    expect(cluster.countSent(({ kind }) => kind === REPAIR)).toBe(2)
    expect(orders(cluster, NEW)).toBe(Number.NaN)
  })

  it('is what a compare-and-set finds, purged or not', () => {
    const cluster = new Cluster({ grace: '10s', serial: 'SERIAL' })
    const tombstone = cluster.delete(NEW)
    cluster.runTo(12)
    const set = cluster.request({ kind: COMPARE_AND_SET, key: NEW, expected: tombstone }, 1)
    cluster.run(SECOND)
    expect(cluster.value(set)).toBe(set)
  })

  it('is no matter for versions with clocks', () => {
    const { world } = new Cluster()
    const options = quorum.options.parse({ versions: 'dotted', put: 'local-first', grace: '10s' })
    expect(quorum.check?.(options, world)).toMatch(/^grace: /)
  })
})

describe('a whole cell', () => {
  const run = (options: string, faults: string) => {
    const cell = cellOf(`
seeds: [1]
warmup: 0s
duration: 20s
topology: { zones: { a: { nodes: 3 } }, links: { local: 0.2ms } }
workload: { records: 300, operations: { read: 80%, update: 10%, delete: 10% }, keys: uniform, arrivals: poisson(300/s) }
strategies: [ { quorum: ${options} } ]
faults: ${faults}`)
    const { history, probes, digest } = simulate(cell)
    const { ratios } = collect(cell, history, probes, digest)
    const rows = Array.from({ length: history.count }, (_, id) => id)
    const withoutOrder = rows.filter(
      (id) => isRead(history.kind[id] as number) && history.outcome[id] === OK && Number.isNaN(history.order[id]),
    )
    return { stale: ratios['stale.ratio']?.[0] as number, purged: withoutOrder.length }
  }
  const DOWN = '[ crash: { node: a-3, at: 5s, for: 8s } ]'

  it('reads of purged tombstones are fresh', () => {
    const { stale, purged } = run('{ grace: 500ms }', '[]')
    expect(stale).toBe(0)
    expect(purged).toBeGreaterThan(20)
  })

  it('what comes back is stale, and only where the grace is shorter than the replica was down', () => {
    expect(run('{ grace: 60s }', DOWN)).toEqual({ stale: 0, purged: 0 })
    expect(run('{ grace: 1s }', DOWN).stale).toBeGreaterThan(5)
  })
})
