/**
 * Additional writes of a read that waits for its repairs, after Cassandra's BlockingPartitionRepair: once the wait of the policy is over, whoever is up, counts
 * for the level and was not asked by the read is sent what it found, and enough acknowledgements of old and new recipients answer it.
 *
 * Node 0 coordinates, and asks itself and the node whose zone is next to its own; every message takes 1 ms, so a read has its answers after 2 ms and
 * is repaired after 4 ms.
 */
import { describe, expect, it } from 'vitest'
import type { NodeId, OperationId } from '../../src/core/ids.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { INCREMENT, READ, UPDATE } from '../../src/history/operation-kinds.js'
import { REPAIR, WRITE } from '../../src/replication/leaderless/messages.js'
import { quorum } from '../../src/replication/leaderless/quorum.js'
import type { QuorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import { Outcome } from '../../src/replication/replica.js'
import { FakeCluster, type Shape } from './fake-cluster.js'

class Cluster extends FakeCluster<QuorumOptions> {
  /** Those that repairs, or messages of another kind, do not get to. */
  deaf: readonly NodeId[] = []
  lost = REPAIR

  constructor(options: object, shape: Partial<Shape> = {}) {
    const given = { contact: 'quorum', repair: 'blocking', ...options }
    super(quorum as never, given, { zones: [1, 1, 1], delay: () => MILLISECOND, ...shape })
  }

  override transmit(...[from, to, message]: Parameters<FakeCluster<QuorumOptions>['transmit']>): void {
    if (message.kind === this.lost && this.deaf.includes(to)) this.sent.push({ at: this.now, from, to, message })
    else super.transmit(from, to, message)
  }

  /** A write that only node 0 has, and then a read of it there at `at`, in milliseconds. */
  readAt(at: number): OperationId {
    for (const { id } of this.nodes.slice(1)) this.cut(0, id)
    this.request({ kind: UPDATE, valueBytes: 100 }, 0)
    this.run(at * MILLISECOND - this.now)
    this.heal()
    return this.request({ kind: READ, valueBytes: 100 }, 0)
  }

  /** Whom repairs were sent to, and when. */
  repairs(): readonly string[] {
    return this.sent.flatMap(({ at, to, message }) => (message.kind === REPAIR ? [`${at / MILLISECOND} ${to}`] : []))
  }

  answeredAfter(operation: OperationId, at: number): number | undefined {
    const answered = this.answeredAt.get(operation)
    return answered === undefined ? undefined : answered / MILLISECOND - at
  }
}

describe('a read whose repair is not acknowledged', () => {
  const run = (options: object, deaf: readonly NodeId[] = [1]) => {
    const cluster = new Cluster(options)
    cluster.deaf = deaf
    const read = cluster.readAt(100)
    cluster.run(SECOND)
    return { repairs: cluster.repairs(), after: cluster.answeredAfter(read, 100), values: cluster.valuesOf(0) }
  }

  it('never answers without them', () => {
    expect(run({})).toMatchObject({ repairs: ['102 1'], after: undefined })
  })

  it('sends what it found to the third after the wait, which answers it', () => {
    // 2 ms for the answers, 10 ms of waiting, 2 ms for the other.
    expect(run({ 'additional-writes': '10ms' })).toMatchObject({ repairs: ['102 1', '112 2'], after: 14 })
  })

  it('sends it at once, always', () => {
    expect(run({ 'additional-writes': 'always' })).toMatchObject({ repairs: ['102 1', '102 2'], after: 4 })
  })

  it('sends nothing more if the acknowledgement comes before', () => {
    expect(run({ 'additional-writes': '3ms' }, [])).toMatchObject({ repairs: ['102 1'], after: 4 })
  })

  it('takes the one that comes late all the same', () => {
    expect(run({ 'additional-writes': '1ms' }, [2])).toMatchObject({ repairs: ['102 1', '103 2'], after: 4 })
  })

  it('leaves a quorum that holds what it returned, so that no later read goes back', () => {
    const { values } = run({ 'additional-writes': '10ms' })
    expect(values.filter((value) => value === 0).length).toBe(2)
  })
})

describe('who is sent it', () => {
  it('is everybody that is left, one of whom is enough', () => {
    const cluster = new Cluster({ n: 5, r: 3, 'additional-writes': '10ms' }, { zones: [1, 1, 1, 1, 1] })
    cluster.deaf = [1, 4]
    const read = cluster.readAt(100)
    cluster.run(SECOND)
    expect(cluster.repairs().toSorted()).toEqual(['102 1', '102 2', '112 3', '112 4'])
    expect(cluster.answeredAfter(read, 100)).toBe(14)
  })

  it('is of the own zone alone at LOCAL_QUORUM', () => {
    const options = { n: { a: 3, b: 3 }, r: 'LOCAL_QUORUM', w: 'LOCAL_QUORUM', 'additional-writes': '10ms' }
    const cluster = new Cluster(options, { zones: [3, 3] })
    cluster.deaf = [1, 2]
    cluster.readAt(100)
    cluster.run(SECOND)
    expect(
      cluster
        .repairs()
        .map((repair) => Number(repair.split(' ')[1]))
        .sort(),
    ).toEqual([1, 2])
  })

  it('is nobody that is held for down', () => {
    const options = { detector: { kind: 'timeout', retry: '1h' }, timeouts: { read: '50ms', write: '50ms' } }
    const cluster = new Cluster({ ...options, 'additional-writes': '10ms' })
    cluster.nodeAt(2).crash()
    cluster.request({ kind: UPDATE, valueBytes: 100 }, 0)
    cluster.run(100 * MILLISECOND)
    cluster.deaf = [1]
    const read = cluster.readAt(110)
    cluster.run(SECOND)
    expect(cluster.repairs()).toEqual(['112 1'])
    expect(cluster.answers.get(read)).toEqual({ reason: 'timeout', applied: 'no' })
  })
})

describe('a repair that is refused', () => {
  const refused = (options: object, r = 2) => {
    const cluster = new Cluster({ r, ...options })
    const read = cluster.readAt(100)
    cluster.run(1.5 * MILLISECOND)
    cluster.nodeAt(1).overloaded = true
    cluster.run(SECOND)
    return [cluster.answers.get(read), cluster.answeredAfter(read, 100)]
  }

  it('ends a read at once without them, before a percentile is known, or where nobody is left', () => {
    const overloaded = [{ reason: 'overloaded', applied: 'no' }, 4]
    expect(refused({})).toEqual(overloaded)
    expect(refused({ 'additional-writes': '99p' })).toEqual(overloaded)
    expect(refused({ 'additional-writes': '10ms' }, 3)).toEqual(overloaded)
  })

  it('is made up for by another, which will be sent it or has been', () => {
    expect(refused({ 'additional-writes': '10ms' })).toEqual([expect.any(Outcome), 14])
    expect(refused({ 'additional-writes': 'always' })).toEqual([expect.any(Outcome), 4])
  })
})

describe('a percentile', () => {
  it('is of the coordinator’s plain writes, once it has seen 64', () => {
    const run = (writes: number) => {
      const cluster = new Cluster({ 'additional-writes': '99p' })
      cluster.deaf = [1]
      // Each takes 2 ms; reads, and the writes of increments, which take 4 ms with their reads, are no part of it.
      for (let i = 0; i < writes; i++) cluster.request({ kind: UPDATE, key: 1 }, 0)
      for (let i = 0; i < 64; i++) cluster.request({ kind: INCREMENT, key: 2 }, 0)
      cluster.run(50 * MILLISECOND)
      const read = cluster.readAt(100)
      cluster.run(SECOND)
      return cluster.answeredAfter(read, 100)
    }
    // The write of the scene is acknowledged by nobody, and tells nothing.
    expect(run(63)).toBeUndefined()
    expect(run(64)).toBe(2 + 2 + 2)
  })
})

describe('an increment', () => {
  it('goes on to write once others have made up for the repair of its read', () => {
    const cluster = new Cluster({ w: 1, 'additional-writes': '10ms' })
    cluster.deaf = [1, 2]
    cluster.lost = WRITE
    cluster.increment(0)
    cluster.run(100 * MILLISECOND)
    cluster.deaf = [1]
    cluster.lost = REPAIR
    const second = cluster.increment(0)
    cluster.run(SECOND)
    expect(cluster.repairs()).toEqual(['102 1', '112 2'])
    expect(cluster.answeredAfter(second, 100)).toBe(14)
    expect(cluster.valuesOf(0)).toEqual([{ count: 2 }, { count: 2 }, { count: 2 }])
  })
})
