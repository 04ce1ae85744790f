/**
 * Single-leader replication as transcripts, and against two closed forms: the latency of an acknowledgement is an order statistic of round
 * trips, and reads at an asynchronous follower are stale with probability 1 - exp(-rate * lag).
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NodeId, OperationId } from '../../src/core/ids.js'
import { INITIAL } from '../../src/core/ids.js'
import { exp, log } from '../../src/core/mathematics.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { INCREMENT, READ } from '../../src/history/operation-kinds.js'
import { Outcome } from '../../src/replication/replica.js'
import type { SingleLeaderOptions } from '../../src/replication/single-leader/single-leader.js'
import { singleLeader } from '../../src/replication/single-leader/single-leader.js'
import type { Shape } from './fake-cluster.js'
import { FakeCluster, worldOf } from './fake-cluster.js'

/** Node 0 leads; one way to node 1 takes 10 ms, to node 2 30 ms; between 1 and 2 nothing travels. */
const line: Shape = { zones: [1, 1, 1], delay: (from, to) => (from + to === 1 ? 10 : 30) * MILLISECOND }

const start = (options: object, shape: Shape = line) =>
  new FakeCluster<SingleLeaderOptions>(singleLeader as never, options, shape)

const transcript = (...lines: string[]) => lines.join('\n')

describe('acknowledgements', () => {
  const answeredAfter = (options: object, shape = line) => {
    const cluster = start(options, shape)
    const write = cluster.update(0)
    cluster.settle()
    return (cluster.answeredAt.get(write) as number) / MILLISECOND
  }

  it('answers once the first follower has acknowledged, for acks: 1', () => {
    const cluster = start({ acks: 1 })
    cluster.update(0)
    cluster.settle()
    expect(cluster.takeTranscript()).toBe(
      transcript('0ms node 0 applies 0', '10ms node 1 applies 0', '20ms node 0 answers 0', '30ms node 2 applies 0'),
    )
  })

  it('waits for as many followers as it says', () => {
    expect(answeredAfter({ acks: 'none' })).toBe(0)
    expect(answeredAfter({ acks: 1 })).toBe(20)
    expect(answeredAfter({})).toBe(20)
    expect(answeredAfter({ acks: 2 })).toBe(60)
    expect(answeredAfter({ acks: 'all' })).toBe(60)
    expect(answeredAfter({ acks: 'all', copies: 1 })).toBe(0)
    expect(answeredAfter({ acks: 'majority', copies: 1 })).toBe(0)
    expect(answeredAfter({ acks: 'majority', copies: 2 })).toBe(20)
  })

  it('counts the leader in a majority of copies', () => {
    // Round trips of 2, 4, 6 and 8 ms: two followers make a majority of four copies, and of five.
    const shape: Shape = { zones: [5], delay: (from, to) => (from + to) * MILLISECOND }
    expect(answeredAfter({ copies: 3 }, shape)).toBe(2)
    expect(answeredAfter({ copies: 4 }, shape)).toBe(4)
    expect(answeredAfter({ copies: 5 }, shape)).toBe(4)
  })

  it('answers after the k-th fastest follower', () => {
    const delays = fc.array(fc.record({ there: fc.nat({ max: 50 }), back: fc.nat({ max: 50 }) }), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(delays, fc.nat(), fc.nat({ max: 20 }), (legs, pick, service) => {
        const acks = 1 + (pick % legs.length)
        const delay = (from: NodeId, to: NodeId) =>
          (from === 0 ? (legs[to - 1]?.there as number) : (legs[from - 1]?.back as number)) * MILLISECOND
        const shape: Shape = { zones: [legs.length + 1], delay, service: () => service * MILLISECOND }
        const ascending = legs.map(({ there, back }) => there + back).sort((left, right) => left - right)
        const expected = 2 * service + (ascending[acks - 1] as number)
        expect(answeredAfter({ copies: legs.length + 1, acks }, shape)).toBe(expected)
      }),
      { seed: 5, numRuns: 100 },
    )
  })

  it('charges a write once at each copy, a read once at one', () => {
    const cluster = start({})
    cluster.update(0)
    cluster.settle()
    cluster.read(0)
    cluster.settle()
    expect(cluster.nodes.map((node) => node.workDone)).toEqual([2, 1, 1])
    expect(cluster.sent).toHaveLength(4)
  })

  it('refuses what its own queue turns away, and does not apply it', () => {
    const cluster = start({})
    cluster.nodeAt(0).overloaded = true
    const write = cluster.update(0)
    expect(cluster.takeTranscript()).toBe('0ms node 0 refuses as overloaded 0')
    expect(cluster.answers.get(write)).toEqual({ reason: 'overloaded', applied: 'no' })
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([INITIAL, INITIAL, INITIAL])
  })
})

describe('the log', () => {
  it('is applied in order by a follower that gets it out of order, and answered in order', () => {
    const delays = [30, 10, 20]
    const delay = (from: NodeId, _to: NodeId, { operation }: { operation: OperationId }) =>
      (from === 0 ? (delays[operation] as number) : 1) * MILLISECOND
    const cluster = start({ copies: 2 }, { zones: [1, 1], delay })
    for (let key = 0; key < 3; key++) cluster.update(key)
    cluster.settle()
    expect(cluster.takeTranscript()).toBe(
      transcript(
        '0ms node 0 applies 0',
        '0ms node 0 applies 1',
        '0ms node 0 applies 2',
        '30ms node 1 applies 0',
        '30ms node 1 applies 1',
        '30ms node 1 applies 2',
        '31ms node 0 answers 0',
        '31ms node 0 answers 1',
        '31ms node 0 answers 2',
      ),
    )
  })

  it('is the version order: (index, leader)', () => {
    const cluster = start({ reads: 'follower' })
    const untouched = cluster.read(5)
    const first = cluster.update(5)
    const other = cluster.update(6)
    const second = cluster.update(5)
    cluster.run(SECOND)
    const read = cluster.read(5, 2)
    cluster.settle()
    expect(cluster.outcome(untouched)).toEqual(new Outcome(INITIAL, Number.NEGATIVE_INFINITY, -1))
    expect(cluster.outcome(first)).toEqual(new Outcome(first, 1, 0))
    expect(cluster.outcome(other)).toEqual(new Outcome(other, 2, 0))
    expect(cluster.outcome(second)).toEqual(new Outcome(second, 3, 0))
    expect(cluster.outcome(read)).toEqual(new Outcome(second, 3, 0))
  })

  it('goes on where it was after a cut: writes wait for their followers, then all is equal', () => {
    const cluster = start({ acks: 'all' })
    cluster.cut(0, 2)
    const writes = Array.from({ length: 100 }, (_, key) => cluster.update(key % 7))
    cluster.run(5 * SECOND)
    expect(cluster.answers.size).toBe(0)
    expect(cluster.nodeAt(1).receivedAt.size).toBe(100)
    cluster.heal()
    cluster.settle()
    expect([...cluster.answers.keys()]).toEqual(writes)
    for (let key = 0; key < 7; key++) expect(new Set(cluster.valuesOf(key)).size).toBe(1)
    expect(cluster.valuesOf(6)[2]).toBe(97)
  })

  it('outlives the leader, which resumes, and answers what it had not answered once followers have it', () => {
    const cluster = start({ acks: 'all' })
    const before = cluster.increment(0)
    cluster.run(100 * MILLISECOND)
    const cutShort = cluster.increment(0)
    cluster.run(15 * MILLISECOND)
    cluster.nodeAt(0).crash()
    cluster.run(SECOND)
    const refused = cluster.increment(0)
    cluster.nodeAt(0).start()
    const after = cluster.increment(0)
    cluster.settle()
    expect([...cluster.answers.keys()]).toEqual([before, cutShort, after])
    expect(cluster.outcome(after).order).toBe(3)
    expect(cluster.valuesOf(0)).toEqual([{ count: 3 }, { count: 3 }, { count: 3 }])
    expect([...cluster.nodeAt(2).receivedAt.keys()]).toEqual([before, cutShort, after])
    expect(cluster.nodeAt(0).receivedAt.has(refused)).toBe(false)
  })

  it('loses no acknowledged increment, add or remove when followers crash', () => {
    const cluster = start({ copies: 3 })
    const added: OperationId[] = []
    for (let round = 0; round < 20; round++) {
      cluster.increment(0)
      added.push(cluster.add(1, round % 3))
      if (round % 3 === 2) cluster.remove(1, added[round - 1] as OperationId)
      if (round === 5) cluster.nodeAt(1).crash()
      if (round === 12) cluster.nodeAt(1).start()
      cluster.run(150 * MILLISECOND)
    }
    cluster.settle()
    const kept = added.filter((_, round) => round % 3 !== 1 || round === 19)
    expect(cluster.valuesOf(0)).toEqual([{ count: 20 }, { count: 20 }, { count: 20 }])
    expect(cluster.valuesOf(1)).toEqual([{ elements: kept }, { elements: kept }, { elements: kept }])
  })

  it('does a retried increment once, and answers it again once it is answered', () => {
    const cluster = start({})
    const write = cluster.increment(0)
    const retry = () => cluster.request({ kind: INCREMENT, operation: write, attempt: 1 })
    retry()
    cluster.settle()
    expect(cluster.takeTranscript()).toBe(
      ['0ms node 0 applies 0', '10ms node 1 applies 0', '20ms node 0 answers 0', '30ms node 2 applies 0'].join('\n'),
    )
    cluster.nodeAt(0).crash()
    cluster.nodeAt(0).start()
    retry()
    cluster.settle()
    expect(cluster.takeTranscript()).toBe('1000ms node 0 answers 0')
    expect(cluster.valuesOf(0)).toEqual([{ count: 1 }, { count: 1 }, { count: 1 }])
  })

  it('is one for each partition of a ring', () => {
    const cluster = start({ partitions: 'ring' }, { zones: [2, 2, 2] })
    const writes = Array.from({ length: 50 }, (_, key) => cluster.update(key))
    cluster.settle()
    const leaders = writes.map((write) => cluster.outcome(write).tie)
    expect(new Set(leaders)).toEqual(new Set([0, 1, 2, 3, 4, 5]))
    writes.forEach((write, key) => {
      expect(cluster.placement.replicas(key)[0]).toBe(leaders[key])
      expect(cluster.valuesOf(key)).toEqual([write, write, write])
    })
    for (const node of cluster.nodes) {
      const held = writes.filter((_, key) => cluster.placement.replicas(key).includes(node.id))
      expect(new Set(node.receivedAt.keys())).toEqual(new Set(held))
    }
  })
})

describe('reads', () => {
  it('at the leader see what was acknowledged, at a follower what it has applied', () => {
    const cluster = start({ acks: 'none', reads: 'follower' })
    const write = cluster.update(0)
    cluster.run(20 * MILLISECOND)
    const near = cluster.read(0, 1)
    const far = cluster.read(0, 2)
    const leader = cluster.request({ kind: READ }, 0)
    cluster.settle()
    expect([near, far, leader].map((read) => cluster.value(read))).toEqual([write, INITIAL, write])
  })

  it('at an asynchronous follower are stale with probability 1 - exp(-rate * lag)', () => {
    // Poisson writes of one key, 0.7 per lag; reads every 3.7 lags, at which the followers' states are nearly independent.
    const lag = 10 * MILLISECOND
    const cluster = start({ acks: 'none', reads: 'follower', copies: 2 }, { zones: [1, 1], delay: () => lag })
    const random = cluster.random.fork('arrivals')
    const reads: { readonly read: OperationId; readonly latest: OperationId }[] = []
    let latest: OperationId = INITIAL
    const count = 20_000
    const end = count * 3.7 * lag
    for (let at = 0; at < end; at += Math.round((-log(1 - random.float()) / 0.7) * lag) + 1) {
      cluster.at(at, () => {
        latest = cluster.update(0)
      })
    }
    for (let i = 1; i <= count; i++) {
      cluster.at(Math.round(i * 3.7 * lag), () => reads.push({ read: cluster.read(0, 1), latest }))
    }
    cluster.settle()
    const stale = reads.filter((pair) => cluster.value(pair.read) !== pair.latest).length / reads.length
    const expected = 1 - exp(-0.7)
    // 4 standard errors; neighbouring reads share no write that is under way, so they are independent.
    expect(Math.abs(stale - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / count))
  })
})

describe('options', () => {
  const check = (options: object, zones = [3, 3, 3]) =>
    singleLeader.check?.(singleLeader.options.parse(options), worldOf(zones))

  it('have defaults', () => {
    expect(singleLeader.options.parse({})).toEqual({ copies: 3, acks: 'majority', reads: 'leader', partitions: 'one' })
  })

  it('are refused with the arithmetic where they are impossible', () => {
    expect(check({})).toBeUndefined()
    expect(check({ acks: 2 })).toBeUndefined()
    expect(check({ acks: 3 })).toBe('acks: 3 waits for 3 followers, and copies: 3 gives 3 - 1 = 2.')
    expect(check({ copies: 10 })).toBe('copies: 10 needs 10 nodes, and the topology has 9.')
    expect(check({ copies: 1, reads: 'follower' })).toBe(
      'reads: follower needs a follower, and copies: 1 gives 1 - 1 = 0.',
    )
    expect(check({ leader: 'b' })).toBeUndefined()
    expect(check({ leader: 'x' })).toBe('leader: x is not a zone with nodes; those are a, b, c.')
    expect(check({ leader: 'b' }, [3, 0, 3])).toBe('leader: b is not a zone with nodes; those are a, c.')
  })

  it('put the leader into the zone asked for', () => {
    expect(start({ leader: 'b' }, { zones: [2, 2, 2] }).placement.replicas(0)).toEqual([2, 4, 0])
  })

  it('promise fresh reads only at the leader', () => {
    const promises = (reads: string) =>
      singleLeader.promises(singleLeader.options.parse({ reads })).map(({ guarantee }) => guarantee)
    expect(promises('leader')).toContain('no-stale-reads')
    for (const reads of ['follower', 'nearest', 'any']) expect(promises(reads)).not.toContain('no-stale-reads')
  })
})
