/** A delete is a write like any other whose value, a tombstone, is its own id: who reads it is told which delete, and it weighs nothing. */
import { expect, it } from 'vitest'
import { DELETE, INSERT } from '../../src/history/operation-kinds.js'
import { crdt } from '../../src/replication/crdt/crdt.js'
import { quorum } from '../../src/replication/leaderless/quorum.js'
import { HEADER_BYTES } from '../../src/replication/message-bytes.js'
import { lww } from '../../src/replication/multi-leader/lww.js'
import type { Strategy } from '../../src/replication/replica.js'
import { singleLeader } from '../../src/replication/single-leader/single-leader.js'
import { unreplicated } from '../../src/replication/unreplicated.js'
import { FakeCluster } from './fake-cluster.js'

const start = (strategy: unknown, options: object = {}) =>
  new FakeCluster(strategy as Strategy<unknown>, options, { zones: [1, 1, 1] })

it.each([
  ['unreplicated', unreplicated, {}],
  ['single-leader', singleLeader, {}],
  ['lww', lww, {}],
  ['crdt', crdt, {}],
  ['crdt with siblings', crdt, { registers: 'mv' }],
  ['quorum', quorum, {}],
])(
  '%s: a read of a deleted record returns the delete, at every replica, until it is written again',
  (_, s, options) => {
    const cluster = start(s, options)
    const read = () => {
      const operation = cluster.read(500)
      cluster.settle()
      return cluster.value(operation)
    }
    const written = (id: number) => ('registers' in options ? { ids: [id] } : id)
    const insert = cluster.request({ kind: INSERT, key: 500, valueBytes: 100 })
    cluster.settle()
    expect(read()).toEqual(written(insert))
    const tombstone = cluster.request({ kind: DELETE, key: 500 })
    cluster.settle()
    expect(read()).toEqual(written(tombstone))
    expect(cluster.valuesOf(500)).toEqual(cluster.valuesOf(500).map(() => written(tombstone)))
    const update = cluster.update(500)
    cluster.settle()
    expect(read()).toEqual(written(update))
  },
)

it('a tombstone weighs nothing on its way to a coordinator, and in a repair', () => {
  const cluster = start(quorum)
  cluster.update(0)
  cluster.settle()
  cluster.cut(0, 2)
  cluster.request({ kind: DELETE }, 0)
  cluster.settle()
  cluster.heal()
  cluster.sent.splice(0)
  cluster.request({ valueBytes: 100 }, 0)
  cluster.settle()
  // Reads to nodes 1 and 2, the tombstone from node 1, the value from node 2, a repair of node 2 and its acknowledgement.
  expect(cluster.sent.map(({ message }) => message.bytes - HEADER_BYTES).sort()).toEqual([0, 0, 0, 0, 0, 100])
  expect(new Set(cluster.valuesOf(0)).size).toBe(1)
})
