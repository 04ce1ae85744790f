/**
 * Last write wins as transcripts, and against the closed form for lost blind writes: of sites with Poisson writes, one is lost if
 * another site makes a later stamped one before it arrives there.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Nanos, NodeId, OperationId } from '../../src/core/ids.js'
import { INITIAL } from '../../src/core/ids.js'
import { exp, log } from '../../src/core/mathematics.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { equalValues } from '../../src/history/values.js'
import type { LwwOptions } from '../../src/replication/multi-leader/lww.js'
import { lww } from '../../src/replication/multi-leader/lww.js'
import { Outcome } from '../../src/replication/replica.js'
import type { Shape } from './fake-cluster.js'
import { FakeCluster, worldOf } from './fake-cluster.js'

/** Three zones of one node each, 10 ms from one to another. */
const triangle: Shape = { zones: [1, 1, 1], delay: () => 10 * MILLISECOND }

const start = (options: object = {}, shape: Shape = triangle) =>
  new FakeCluster<LwwOptions>(lww as never, options, shape)

const transcript = (...lines: string[]) => lines.join('\n')

describe('leaders', () => {
  it('answer at once and ship to each other', () => {
    const cluster = start()
    cluster.update(0, 1)
    cluster.settle()
    expect(cluster.takeTranscript()).toBe(
      transcript('0ms node 1 applies 0', '0ms node 1 answers 0', '10ms node 0 applies 0', '10ms node 2 applies 0'),
    )
    // An entry and its acknowledgement for each of the others.
    expect(cluster.sent).toHaveLength(4)
  })

  it('pass everything on to the followers in their zone, and nobody else does', () => {
    // Zones a: 0 1 2, b: 3 4 5; four copies: 0 3 1 4. Inside a zone 1 ms, between them 11 ms.
    const cluster = start({ copies: 4 }, { zones: [3, 3] })
    cluster.update(0, 0)
    cluster.settle()
    expect(cluster.placement.replicas(0)).toEqual([0, 3, 1, 4])
    expect(cluster.takeTranscript()).toBe(
      transcript(
        '0ms node 0 applies 0',
        '0ms node 0 answers 0',
        '1ms node 1 applies 0',
        '11ms node 3 applies 0',
        '12ms node 4 applies 0',
      ),
    )
    expect(cluster.sent.filter(({ to, from }) => to === 4 && from !== 3)).toEqual([])
    expect(cluster.nodes.map((node) => node.workDone)).toEqual([1, 1, 0, 1, 1, 0])
  })

  it('are all copies for leaders: node', () => {
    const cluster = start({ leaders: 'node' }, { zones: [3] })
    const writes = [cluster.update(0), cluster.update(0), cluster.update(0)]
    cluster.settle()
    expect(writes.map((write) => cluster.outcome(write).tie)).toEqual([0, 1, 2])
    expect(cluster.valuesOf(0)).toEqual([2, 2, 2])
  })

  it('serve clients of their zone, and those of zones without one nearby', () => {
    const cluster = start({ copies: 2 })
    expect([0, 1, 2].map((zone) => cluster.outcome(cluster.update(0, zone)).tie)).toEqual([0, 1, 1])
  })

  it('read what they hold: their own write at once, that of another when it arrives', () => {
    const cluster = start()
    const untouched = cluster.read(0)
    const write = cluster.update(0, 0)
    const own = cluster.read(0, 0)
    const other = cluster.read(0, 1)
    cluster.run(10 * MILLISECOND)
    const later = cluster.read(0, 1)
    expect(cluster.outcome(untouched)).toEqual(new Outcome(INITIAL, Number.NEGATIVE_INFINITY, -1))
    expect([own, other, later].map((read) => cluster.value(read))).toEqual([write, INITIAL, write])
  })

  it('one for each zone of each partition of a ring', () => {
    const cluster = start({ partitions: 'ring' }, { zones: [2, 2, 2] })
    const writes = Array.from({ length: 50 }, (_, key) => cluster.update(key, key % 3))
    cluster.settle()
    writes.forEach((write, key) => {
      expect(cluster.world.zoneOf[cluster.outcome(write).tie]).toBe(key % 3)
      expect(cluster.valuesOf(key)).toEqual([write, write, write])
    })
  })

  it('refuse what their own queue turns away', () => {
    const cluster = start()
    cluster.nodeAt(1).overloaded = true
    const write = cluster.update(0, 1)
    expect(cluster.answers.get(write)).toEqual({ reason: 'overloaded', applied: 'no' })
  })
})

describe('conflicts', () => {
  it('are won by the later timestamp, and by the greater node where those are equal', () => {
    const cluster = start()
    const equal = [cluster.update(0, 2), cluster.update(0, 0)]
    cluster.update(1, 0)
    cluster.run(1 * MILLISECOND)
    const later = cluster.update(1, 1)
    cluster.settle()
    expect(cluster.outcome(equal[0] as OperationId).order).toBe(cluster.outcome(equal[1] as OperationId).order)
    expect(cluster.valuesOf(0)).toEqual([equal[0], equal[0], equal[0]])
    expect(cluster.valuesOf(1)).toEqual([later, later, later])
  })

  it('lose one of two concurrent increments', () => {
    const cluster = start()
    cluster.increment(0, 0)
    cluster.settle()
    for (const zone of [0, 1, 2]) cluster.increment(0, zone)
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([{ count: 2 }, { count: 2 }, { count: 2 }])
  })

  it('lose an add to a concurrent remove of something else', () => {
    const cluster = start()
    const first = cluster.add(0, 0)
    cluster.settle()
    cluster.add(0, 0)
    cluster.run(1 * MILLISECOND)
    cluster.remove(0, first, 1)
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([{ elements: [] }, { elements: [] }, { elements: [] }])
  })

  it('lose blind writes as often as the closed form says', () => {
    // 1 - exp(-rate * max(0, delay + offset of the other - own offset)), with 0.2 writes per delay at the other site.
    for (const offset of [0, 0.5, -0.5, 1.5]) {
      const { lost, expected, count } = lostBlindWrites(offset)
      // 4.5 standard errors. Own writes whose windows overlap may fare alike: there are at most 2 * 0.2 * 2.5 = 1 of them
      // for each on average, which at most doubles the variance of independent ones.
      const standardError = Math.sqrt((2 * expected * (1 - expected)) / count)
      expect(Math.abs(lost - expected), `offset ${offset}`).toBeLessThanOrEqual(4.5 * standardError)
    }
  })
})

/** The share of node 0's writes that are lost where node 1's clock is ahead by `offset` delays. */
function lostBlindWrites(offset: number): { lost: number; expected: number; count: number } {
  const delay = 10 * MILLISECOND
  const clock = (node: NodeId, now: Nanos) => now + node * offset * delay
  const cluster = start({ timestamps: 'wall-clock', copies: 2 }, { zones: [1, 1], delay: () => delay, clock, seed: 9 })
  const writes: OperationId[][] = [[], []]
  for (const zone of [0, 1]) {
    const random = cluster.random.fork(`site ${zone}`)
    let at = 0
    for (let i = 0; i < 4000; i++) {
      at += Math.round((-log(1 - random.float()) / 0.2) * delay) + 1
      cluster.at(at, () => writes[zone]?.push(cluster.update(0, zone)))
    }
  }
  cluster.settle()
  const [own, others] = writes as [OperationId[], OperationId[]]
  const isLostTo = (write: OperationId, other: OperationId) =>
    cluster.outcome(other).order > cluster.outcome(write).order &&
    (cluster.answeredAt.get(other) as Nanos) < (cluster.nodeAt(1).receivedAt.get(write) as Nanos)
  const near = (write: OperationId) => others.filter((other) => Math.abs(other - write) < 200)
  const lost = own.filter((write) => near(write).some((other) => isLostTo(write, other))).length
  return { lost: lost / own.length, expected: 1 - exp(-0.2 * Math.max(0, 1 + offset)), count: own.length }
}

describe('timestamps', () => {
  /** Node 1's clock is 5 s behind. */
  const skewed: Shape = { ...triangle, clock: (node, now) => (node === 1 ? now - 5 * SECOND : now) }

  it('of wall clocks lose a write under skew to one that it had seen', () => {
    const cluster = start({ timestamps: 'wall-clock' }, skewed)
    const first = cluster.update(0, 0)
    cluster.run(SECOND)
    const second = cluster.update(0, 1)
    expect(cluster.value(cluster.read(0, 1))).toBe(first)
    cluster.settle()
    expect(cluster.outcome(second).order).toBe(-4 * SECOND)
    expect(cluster.valuesOf(0)).toEqual([first, first, first])
    // Superseded is received all the same.
    expect(cluster.nodes.map((node) => node.receivedAt.has(second))).toEqual([true, true, true])
  })

  it('of hybrid logical clocks order a write after what its node had received', () => {
    const cluster = start({}, skewed)
    cluster.update(0, 0)
    cluster.run(SECOND)
    const second = cluster.update(0, 1)
    const third = cluster.update(1, 1)
    cluster.settle()
    expect(cluster.outcome(second).order).toBe(1)
    expect(cluster.outcome(third).order).toBe(2)
    expect(cluster.valuesOf(0)).toEqual([second, second, second])
  })

  it('of one node increase whatever its clock does, over a crash too', () => {
    let now = 1000
    const cluster = start({ timestamps: 'wall-clock' }, { ...triangle, clock: () => now })
    const stamps = () => cluster.outcome(cluster.update(0, 0)).order
    expect([stamps(), stamps()]).toEqual([1000, 1001])
    now = 500
    cluster.nodeAt(0).crash()
    cluster.nodeAt(0).start()
    expect([stamps(), stamps()]).toEqual([1002, 1003])
    now = 2000
    expect(stamps()).toBe(2000)
  })
})

describe('convergence', () => {
  it('comes after a cut: both sides go on, the later writes win', () => {
    const cluster = start()
    cluster.cut(0, 1)
    cluster.cut(0, 2)
    const left = cluster.update(0, 0)
    cluster.update(1, 0)
    cluster.run(SECOND)
    cluster.update(0, 1)
    const right = cluster.update(0, 2)
    cluster.run(4 * SECOND)
    expect(cluster.valuesOf(0)).toEqual([left, right, right])
    cluster.heal()
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([right, right, right])
  })

  it('comes whatever is cut, crashes and overtakes on the way', () => {
    const step = fc.oneof(
      fc.record({
        verb: fc.constantFrom('update' as const, 'increment' as const, 'add' as const),
        key: fc.nat({ max: 1 }),
        zone: fc.nat({ max: 1 }),
      }),
      fc.record({
        verb: fc.constantFrom('crash' as const, 'start' as const, 'cut' as const),
        node: fc.nat({ max: 5 }),
      }),
      fc.record({ verb: fc.constant('run' as const), milliseconds: fc.nat({ max: 800 }) }),
    )
    const options = fc.record({
      leaders: fc.constantFrom('zone', 'node'),
      timestamps: fc.constantFrom('wall-clock', 'hybrid-logical'),
    })
    fc.assert(
      fc.property(options, fc.array(step, { minLength: 10, maxLength: 40 }), fc.integer(), (given, steps, seed) => {
        const random = start().random.fork(`${seed}`)
        const cluster = start(
          { copies: 5, ...given },
          {
            zones: [3, 3],
            delay: () => random.below(50) * MILLISECOND,
            service: () => random.below(5) * MILLISECOND,
            clock: (node, now) => now + (node % 3) * 20 * MILLISECOND,
          },
        )
        const revive = () => {
          for (const node of cluster.nodes) if (node.replica === null) node.start()
          cluster.heal()
        }
        for (const action of steps) {
          if (action.verb === 'run') cluster.run(action.milliseconds * MILLISECOND)
          else if ('key' in action) write(cluster, action.verb, action.key, action.zone)
          else if (action.verb === 'crash') cluster.nodeAt(action.node).crash()
          else if (action.verb === 'start') revive()
          else cluster.cut(action.node, (action.node + 3) % 6)
        }
        revive()
        cluster.settle()
        for (let key = 0; key < 6; key++) {
          const [first, ...others] = cluster.valuesOf(key)
          for (const value of others) expect(equalValues(value, first as never), `key ${key}`).toBe(true)
        }
        for (const operation of cluster.answers.keys()) {
          const holders = cluster.nodes.filter((node) => node.receivedAt.has(operation)).map((node) => node.id)
          expect(holders).toEqual([...cluster.placement.replicas(0)].sort())
        }
      }),
      { seed: 6, numRuns: 60 },
    )
  })
})

/** A key has one type: updates go to keys 0 and 1, increments to 2 and 3, adds to 4 and 5. */
function write(
  cluster: FakeCluster<LwwOptions>,
  verb: 'update' | 'increment' | 'add',
  key: number,
  zone: number,
): void {
  if (verb === 'update') cluster.update(key, zone)
  else if (verb === 'increment') cluster.increment(2 + key, zone)
  else cluster.add(4 + key, zone)
}

describe('options', () => {
  it('have defaults and are checked', () => {
    const defaults = lww.options.parse({})
    expect(defaults).toEqual({ copies: 3, leaders: 'zone', timestamps: 'hybrid-logical', partitions: 'one' })
    expect(lww.check?.(defaults, worldOf([2]))).toBe('copies: 3 needs 3 nodes, and the topology has 2.')
    expect(lww.promises(defaults).map(({ guarantee }) => guarantee)).toEqual(['converges'])
  })
})
