/** Cassandra's order of cells, on its own and among coordinators whose clocks agree to the microsecond, or differ by seconds. */
import { describe, expect, it } from 'vitest'
import type { NodeId, OperationId } from '../../src/core/ids.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { COMPARE_AND_SET, DELETE, READ, UPDATE } from '../../src/history/operation-kinds.js'
import { cellOrder } from '../../src/replication/leaderless/cassandra-cells.js'
import { heldAfter } from '../../src/replication/leaderless/held.js'
import { quorum } from '../../src/replication/leaderless/quorum.js'
import { FakeCluster, type Shape } from './fake-cluster.js'

const value = (operation: OperationId) => heldAfter({ operation, kind: UPDATE }, operation)
const tombstone = (operation: OperationId) => heldAfter({ operation, kind: DELETE }, operation)

const start = (ties: string, shape: Partial<Shape> = {}) =>
  new FakeCluster(quorum as never, { ties, grace: '1h' }, { zones: [3], delay: () => MILLISECOND, ...shape })

type Cluster = ReturnType<typeof start>

const write = (cluster: Cluster, node: NodeId, kind = UPDATE) => cluster.request({ kind, valueBytes: 100 }, node)

/** What all replicas agree on. */
function winner(cluster: Cluster) {
  cluster.run(SECOND)
  const values = new Set(cluster.valuesOf(0))
  expect(values.size).toBe(1)
  return [...values][0]
}

describe('the order of cells', () => {
  it('is that of whole microseconds; within one a tombstone comes after every value, and values have an order of their own', () => {
    const orders = Array.from({ length: 5000 }, (_, id) => cellOrder(7000, value(id)))
    expect(Math.min(...orders)).toBeGreaterThanOrEqual(7000)
    expect(Math.max(...orders)).toBeLessThan(cellOrder(7000, tombstone(1)))
    expect(cellOrder(7000, tombstone(1))).toBeLessThan(8000)
    // Of 999 ranks 5000 values leave about 7 empty.
    expect(new Set(orders).size).toBeGreaterThan(970)
  })
})

describe('coordinators in one microsecond', () => {
  it('a delete beats an update, whoever made it and whichever was first', () => {
    for (const [deleter, updater] of [
      [0, 1],
      [1, 0],
      [2, 0],
    ] as const) {
      const cluster = start('cassandra')
      const deleted = write(cluster, deleter, DELETE)
      cluster.run(400)
      write(cluster, updater)
      expect(winner(cluster)).toBe(deleted)
    }
  })

  it('a microsecond later it does not, nor where ties go to the greater writer', () => {
    const later = start('cassandra')
    write(later, 0, DELETE)
    later.run(1000)
    const update = write(later, 1)
    expect(winner(later)).toBe(update)
    const plain = start('writer')
    write(plain, 0, DELETE)
    const tied = write(plain, 1)
    expect(winner(plain)).toBe(tied)
  })

  it('of two updates the same wins, whichever coordinators they took', () => {
    const winners = [
      [0, 1],
      [1, 0],
      [2, 1],
      [0, 2],
    ].map(([first, second]) => {
      const cluster = start('cassandra')
      write(cluster, first as NodeId)
      write(cluster, second as NodeId)
      return winner(cluster)
    })
    expect(new Set(winners).size).toBe(1)
  })

  it('one coordinator never gives a timestamp twice', () => {
    const cluster = start('cassandra')
    const writes = Array.from({ length: 50 }, () => write(cluster, 0, DELETE)).concat(write(cluster, 0))
    expect(winner(cluster)).toBe(writes.at(-1))
    const orders = writes.map((operation) => Math.floor(cluster.outcome(operation).order / 1000))
    expect(orders).toEqual(Array.from({ length: 51 }, (_, i) => i))
  })

  it('a compare-and-set is stamped as a cell too', () => {
    const cluster = new FakeCluster(
      quorum as never,
      { ties: 'cassandra', serial: 'SERIAL' },
      { zones: [3], delay: () => MILLISECOND },
    )
    const update = cluster.request({ kind: UPDATE }, 0)
    cluster.run(SECOND)
    const set = cluster.request({ kind: COMPARE_AND_SET, expected: update, client: 1 }, 1)
    cluster.run(SECOND)
    expect(cluster.value(set)).toBe(set)
    expect(cluster.outcome(set).order).toBe(cellOrder(SECOND, value(set)))
  })
})

describe.each(['writer', 'cassandra'])('a clock that is 5 s ahead, ties: %s', (ties) => {
  it('suppresses what others write for 5 s, though it is acknowledged', () => {
    const cluster = start(ties, { clock: (node, now) => (node === 0 ? now + 5 * SECOND : now) })
    const ahead = write(cluster, 0)
    cluster.run(SECOND)
    const read = () => {
      const operation = cluster.request({ kind: READ }, 1)
      cluster.run(10 * MILLISECOND)
      return cluster.value(operation)
    }
    const suppressed = write(cluster, 1)
    cluster.run(10 * MILLISECOND)
    expect(cluster.value(suppressed)).toBe(suppressed)
    expect(read()).toBe(ahead)
    cluster.run(5 * SECOND - MILLISECOND - cluster.now)
    write(cluster, 2, DELETE)
    cluster.run(10 * MILLISECOND)
    expect(read()).toBe(ahead)
    cluster.run(SECOND)
    const late = write(cluster, 1)
    cluster.run(10 * MILLISECOND)
    expect(read()).toBe(late)
  })
})
