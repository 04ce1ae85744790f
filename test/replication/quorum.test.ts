/**
 * Quorum replication as transcripts: who is counted towards W and R, what a replica acknowledges and when, whose versions are whose.
 * What reads do about replicas that are behind is in quorum-repair.test.ts.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Nanos, NodeId, OperationId } from '../../src/core/ids.js'
import { INITIAL } from '../../src/core/ids.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { INCREMENT, UPDATE } from '../../src/history/operation-kinds.js'
import { quorum } from '../../src/replication/leaderless/quorum.js'
import type { QuorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import type { Message } from '../../src/replication/replica.js'
import { WORK_WRITE } from '../../src/replication/replica.js'
import type { FakeNode, Shape } from './fake-cluster.js'
import { FakeCluster, worldOf } from './fake-cluster.js'
import { deliverTwice } from './unreliable.js'

/** Node 0 coordinates; one way to node 1 takes 10 ms, to node 2 30 ms. */
const line: Shape = { zones: [1, 1, 1], delay: (from, to) => (from + to === 1 ? 10 : 30) * MILLISECOND }

const start = (options: object = {}, shape: Shape = line) =>
  new FakeCluster<QuorumOptions>(quorum as never, options, shape)

const answeredAt = (cluster: FakeCluster<QuorumOptions>, operation: OperationId) => {
  const at = cluster.answeredAt.get(operation)
  return at === undefined ? undefined : at / MILLISECOND
}

describe('answers', () => {
  const delays = fc.array(fc.record({ there: fc.nat({ max: 50 }), back: fc.nat({ max: 50 }) }), {
    minLength: 2,
    maxLength: 6,
  })

  it('come after the W-th, or R-th, fastest replica, whatever else is delivered twice', () => {
    fc.assert(
      fc.property(delays, fc.nat(), fc.boolean(), fc.boolean(), (legs, pick, isWrite, twice) => {
        const k = 1 + (pick % (legs.length + 1))
        const delay = (from: NodeId, to: NodeId) =>
          (from === 0 ? (legs[to - 1]?.there as number) : (legs[from - 1]?.back as number)) * MILLISECOND
        const cluster = start({ n: legs.length + 1, r: k, w: k }, { zones: [legs.length + 1], delay })
        if (twice) deliverTwice(cluster)
        const operation = cluster.request({ kind: isWrite ? UPDATE : 0 }, 0)
        cluster.settle()
        const ascending = [0, ...legs.map(({ there, back }) => there + back)].sort((left, right) => left - right)
        expect(answeredAt(cluster, operation)).toBe(ascending[k - 1])
      }),
      { seed: 5, numRuns: 100 },
    )
  })

  it('of one replica count once, however often they come', () => {
    const cluster = start()
    deliverTwice(cluster)
    cluster.cut(0, 1)
    cluster.cut(0, 2)
    cluster.update(0)
    cluster.read(0)
    cluster.increment(1)
    cluster.settle()
    expect(cluster.answers.size).toBe(0)
  })

  it.each([
    ['write', 'refuses the first'],
    ['write', 'refuses the second'],
    ['read', 'refuses the first'],
    ['read', 'refuses the second'],
  ])('of a replica that gets a %s twice and %s count, its refusals do not', (kind, which) => {
    // Node 0 is slow, node 2 refuses: so it takes node 1, whatever it says beside its answer.
    const cluster = start({}, { ...line, service: (node) => (node === 0 ? 100 : 0) * MILLISECOND })
    const near = cluster.nodeAt(1)
    near.overloaded = which === 'refuses the first'
    cluster.nodeAt(2).overloaded = true
    const operation = kind === 'write' ? cluster.update(0) : cluster.read(0)
    const copy = cluster.sent.find(({ to }) => to === 1)?.message as Message
    cluster.run(12 * MILLISECOND)
    near.overloaded = !near.overloaded
    near.receive(0, copy, 0)
    cluster.settle()
    expect(answeredAt(cluster, operation)).toBe(100)
    expect(cluster.outcome(operation).value).toBe(kind === 'write' ? operation : INITIAL)
  })

  it('are not there for a request that comes twice: it is done once', () => {
    const cluster = start()
    const write = cluster.increment(0)
    cluster.request({ kind: INCREMENT, operation: write })
    cluster.settle()
    expect(cluster.sent).toHaveLength(8)
    expect(cluster.valuesOf(0)).toEqual([{ count: 1 }, { count: 1 }, { count: 1 }])
  })

  it('of an earlier attempt do not count for a later one, nor does a late copy of its request', () => {
    const cluster = start()
    cluster.cut(0, 2)
    const write = cluster.update(0)
    cluster.run(15 * MILLISECOND)
    // The first attempt's acknowledgement arrives at 20 ms, the second's at 35 ms.
    cluster.request({ kind: UPDATE, operation: write, attempt: 1 })
    cluster.request({ kind: UPDATE, operation: write, attempt: 0 })
    cluster.settle()
    expect(answeredAt(cluster, write)).toBe(35)
  })

  it('are refusals once too few replicas are left, and say whether something may have happened', () => {
    const cluster = start()
    cluster.nodeAt(0).overloaded = true
    cluster.nodeAt(1).overloaded = true
    const write = cluster.update(0)
    const read = cluster.read(0)
    cluster.settle()
    expect(cluster.answers.get(write)).toEqual({ reason: 'overloaded', applied: 'unknown' })
    expect(cluster.answers.get(read)).toEqual({ reason: 'overloaded', applied: 'no' })
    cluster.nodeAt(2).overloaded = true
    const other = start({ w: 1 })
    for (const node of other.nodes) node.overloaded = true
    const refused = other.update(0)
    other.settle()
    expect(other.answers.get(refused)).toEqual({ reason: 'overloaded', applied: 'no' })
  })

  const REFUSALS = [
    { when: 'late', read: { by: 2, until: 31 }, write: { by: 1, from: 25 } },
    { when: 'early', read: { by: 0, until: 1 }, write: { by: 2, from: 31 } },
  ]

  it.each(REFUSALS)('do not take who refused to read, $when, for one that refused to write', ({ read, write }) => {
    // Two of three are needed: one refuses the read of an increment and takes its write, another refuses the write. Node 0 is slow.
    const service = (node: NodeId, { work }: Message) => (node === 0 && work === WORK_WRITE ? 100 : 0) * MILLISECOND
    const cluster = start({}, { ...line, service })
    cluster.nodeAt(read.by).overloaded = true
    cluster.at(read.until * MILLISECOND, () => {
      cluster.nodeAt(read.by).overloaded = false
    })
    cluster.at(write.from * MILLISECOND, () => {
      cluster.nodeAt(write.by).overloaded = true
    })
    const increment = cluster.increment(0)
    cluster.settle()
    expect(cluster.outcome(increment).value).toBe(increment)
  })
})

describe('witnesses', () => {
  const witnessesOf = (options: object, ask: (cluster: FakeCluster<QuorumOptions>) => OperationId) => {
    const cluster = start(options)
    const witnesses: [OperationId, NodeId][] = []
    for (const node of cluster.nodes) node.witness = (...args: unknown[]) => witnesses.push(args as [number, number])
    deliverTwice(cluster)
    const write = ask(cluster)
    cluster.settle()
    expect(witnesses.every(([operation]) => operation === write)).toBe(true)
    return witnesses.map(([, node]) => node)
  }

  it('of a write are the first W replicas that acknowledge it', () => {
    expect(witnessesOf({ w: 1 }, (cluster) => cluster.update(0))).toEqual([0])
    expect(witnessesOf({}, (cluster) => cluster.update(0))).toEqual([0, 1])
    expect(witnessesOf({ w: 3 }, (cluster) => cluster.update(0))).toEqual([0, 1, 2])
    expect(witnessesOf({}, (cluster) => cluster.add(0))).toEqual([0, 1])
    expect(witnessesOf({}, (cluster) => cluster.increment(0))).toEqual([0, 1])
  })
})

describe('a replica', () => {
  /** Makes every flush of the node's disk take as long as `after` says of it, 0, 1, 2 … */
  const slowDisk = (cluster: FakeCluster<QuorumOptions>, node: FakeNode, after: (flush: number) => Nanos) => {
    let flushes = 0
    node.sync = (kind, argument) => {
      const { life } = node
      cluster.at(cluster.now + after(flushes++), () => {
        if (node.life === life) node.running.onDurable(kind, argument)
      })
    }
  }

  it('acknowledges a write once it is durable, and answers reads of it before', () => {
    const cluster = start({ w: 2, r: 1 })
    slowDisk(cluster, cluster.nodeAt(1), () => 5 * MILLISECOND)
    const write = cluster.update(0)
    cluster.run(11 * MILLISECOND)
    const read = cluster.request({ key: 0 }, 1)
    expect(cluster.value(read)).toBe(write)
    cluster.settle()
    expect(answeredAt(cluster, write)).toBe(25)
  })

  it('acknowledges each write when its own flush is over', () => {
    const cluster = start({ w: 2 })
    slowDisk(cluster, cluster.nodeAt(1), (flush) => (flush === 0 ? 9 : 3) * MILLISECOND)
    const first = cluster.update(0)
    const second = cluster.update(1)
    const third = cluster.update(2)
    cluster.settle()
    expect([first, second, third].map((write) => answeredAt(cluster, write))).toEqual([29, 23, 23])
  })

  it('that crashes before that acknowledges nothing', () => {
    const cluster = start({ w: 3 })
    slowDisk(cluster, cluster.nodeAt(1), () => 5 * MILLISECOND)
    cluster.update(0)
    cluster.run(12 * MILLISECOND)
    cluster.nodeAt(1).crash()
    cluster.nodeAt(1).start()
    cluster.settle()
    expect(cluster.answers.size).toBe(0)
  })
})

describe('versions', () => {
  it('have the identity of the coordinator as tie, and another after it lost something', () => {
    const cluster = start({}, { ...line, clock: () => 0 })
    const node = cluster.nodeAt(0)
    const versionOf = (write: OperationId) => {
      cluster.settle()
      const { order, tie } = cluster.outcome(write)
      return [order, tie]
    }
    expect(versionOf(cluster.update(0))).toEqual([0, 0])
    expect(versionOf(cluster.update(0))).toEqual([1, 0])
    node.crash()
    node.start()
    expect(versionOf(cluster.update(0))).toEqual([2, 0])
    node.crash()
    node.identity = 3
    node.start()
    expect(versionOf(cluster.update(0))).toEqual([3, 3])
  })
})

describe('options', () => {
  const check = (options: object, zones = [3, 3, 3]) => quorum.check?.(quorum.options.parse(options), worldOf(zones))
  const promises = (options: object) =>
    quorum.promises(quorum.options.parse(options)).map(({ guarantee, under }) => `${guarantee}: ${under}`)

  it('have defaults, and are refused where they are impossible', () => {
    expect(quorum.options.parse({})).toMatchObject({ n: 3, r: 2, w: 2, contact: 'all', repair: 'asynchronous' })
    expect(check({})).toBeUndefined()
    expect(check({ r: 4 })).toBe('r: 4 exceeds n: 3')
    expect(quorum.options.safeParse({ n: 32 }).success).toBe(false)
    expect(quorum.options.safeParse({ repair: 'eager' }).success).toBe(false)
  })

  it('decide what is promised', () => {
    const converges = 'converges: fair weather'
    const fresh = 'no-stale-reads: faults that keep disks'
    const whenUsed = 'converges-when-used: faults that spare one disk of each key'
    expect(promises({})).toEqual([converges, fresh, whenUsed])
    expect(promises({ r: 1 })).toEqual([converges, whenUsed])
    expect(promises({ contact: 'quorum', repair: 'blocking' })).toEqual([converges, fresh])
    expect(promises({ repair: 'none' })).toEqual([converges, fresh])
  })
})

describe('thirty-one copies', () => {
  it('fit', () => {
    const cluster = start({ n: 31, r: 31, w: 31, repair: 'blocking' }, { zones: [31] })
    cluster.cut(0, 30)
    cluster.request({ kind: UPDATE }, 0)
    cluster.run(SECOND)
    expect(cluster.valuesOf(0).filter((value) => value === INITIAL)).toHaveLength(1)
    cluster.heal()
    const read = cluster.request({}, 0)
    cluster.settle()
    expect(cluster.value(read)).toBe(0)
    expect(cluster.valuesOf(0).every((value) => value === 0)).toBe(true)
  })
})
