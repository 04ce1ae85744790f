/** Retries, and duplicates that the network makes: the same operation is done once, and a late copy of an earlier one not at all. */
import { describe, expect, it } from 'vitest'
import { INCREMENT } from '../../src/history/operation-kinds.js'
import { crdt } from '../../src/replication/crdt/crdt.js'
import { lww } from '../../src/replication/multi-leader/lww.js'
import type { Strategy } from '../../src/replication/replica.js'
import { singleLeader } from '../../src/replication/single-leader/single-leader.js'
import { unreplicated } from '../../src/replication/unreplicated.js'
import { FakeCluster } from './fake-cluster.js'

describe.each([
  ['unreplicated', unreplicated],
  ['single-leader', singleLeader],
  ['lww', lww],
  ['crdt', crdt],
])('%s', (_name, strategy) => {
  const start = () => new FakeCluster<unknown>(strategy as Strategy<unknown>, {}, { zones: [3] })

  it('does an operation once, however often its client or the network repeats it', () => {
    const cluster = start()
    const first = cluster.increment(0)
    cluster.request({ kind: INCREMENT, operation: first, attempt: 1 })
    cluster.settle()
    cluster.request({ kind: INCREMENT, operation: first, attempt: 1 })
    const second = cluster.increment(0)
    cluster.settle()
    cluster.request({ kind: INCREMENT, operation: first })
    cluster.settle()
    expect([...cluster.answers.keys()]).toEqual([first, second])
    expect(cluster.valuesOf(0)[0]).toEqual({ count: 2 })
  })

  it('does what different clients ask for', () => {
    const cluster = start()
    for (let client = 0; client < 3; client++) cluster.request({ kind: INCREMENT, client })
    cluster.settle()
    expect(cluster.valuesOf(0)[0]).toEqual({ count: 3 })
  })
})
