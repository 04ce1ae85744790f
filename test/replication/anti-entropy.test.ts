/**
 * Anti-entropy as stories of three nodes, all of which hold everything: what one of them missed, and how it gets it. The last part is a property
 * over random schedules of crashes, lost disks, cuts and messages that come twice: nodes come to rest, and only once all replicas of all keys are
 * equal.
 */
import { describe, expect, it } from 'vitest'
import type { Key, Nanos, NodeId, OperationId } from '../../src/core/ids.js'
import { INITIAL } from '../../src/core/ids.js'
import { RandomStream } from '../../src/core/random.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { DELETE, UPDATE } from '../../src/history/operation-kinds.js'
import { equalValues, type Value } from '../../src/history/values.js'
import type { StreamMessage } from '../../src/replication/leaderless/anti-entropy/stream-messages.js'
import {
  AGREED,
  BUSY,
  CLOSE,
  OPEN,
  PULL_LEAVES,
  ROOT,
  SCAN_KEYS,
  type TreeMessage,
  VERSIONS,
} from '../../src/replication/leaderless/anti-entropy/tree-messages.js'
import { quorum } from '../../src/replication/leaderless/quorum.js'
import type { QuorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import type { Message } from '../../src/replication/replica.js'
import { FakeCluster, type Shape } from './fake-cluster.js'
import { deliverTwice } from './unreliable.js'

const MODES = ['continuous', 'sessions'] as const
/** Schedules of each kind. */
const SEEDS = process.env['QUORATE_LONG'] === '1' ? 200 : 6
const LOADED: readonly Key[] = Array.from({ length: 100 }, (_, key) => key)

class Trio extends FakeCluster<QuorumOptions> {
  constructor(antiEntropy: object, options: object = {}, shape: Partial<Shape> = {}) {
    super(
      quorum as never,
      { r: 1, w: 1, repair: 'none', vnodes: 2, 'anti-entropy': { every: '100ms', ...antiEntropy }, ...options },
      { zones: [3], delay: () => MILLISECOND, ...shape },
    )
  }

  write(key: Key, node: NodeId): OperationId {
    return this.request({ kind: UPDATE, key, valueBytes: 100 }, node)
  }

  isolate(node: NodeId): void {
    for (const { id } of this.nodes) if (id !== node) this.cut(id, node)
  }

  /** Keys that not all replicas hold the same of. */
  apart(keys = LOADED): readonly Key[] {
    return keys.filter((key) => {
      const values = this.valuesOf(key)
      return values.some((value) => !equalValues(value, values[0] as Value))
    })
  }

  get isIdle(): boolean {
    return this.nodes.every((node) => node.running.isIdle?.() ?? true)
  }

  /** What follows is checked at once: nothing may be left to do then. */
  runUntilIdle(limit = 200 * SECOND): void {
    this.run(SECOND)
    const end = this.now + limit
    while (!this.isIdle && this.now < end) this.run(10 * MILLISECOND)
  }

  sentOf(kind: number): readonly { at: Nanos; from: NodeId; to: NodeId; message: Message }[] {
    return this.sent.filter(({ message }) => message.kind === kind)
  }

  /** Keys whose versions were sent, each as often as it was. */
  get streamed(): readonly Key[] {
    return this.sentOf(VERSIONS).flatMap(({ message }) => (message as StreamMessage).entries.map(({ key }) => key))
  }
}

describe.each(MODES)('%s exchange', (mode) => {
  it('repairs all that a replica missed behind a cut, and comes to rest', () => {
    const cluster = new Trio({ mode })
    cluster.isolate(2)
    const writes = LOADED.map((key) => cluster.write(key, key % 2))
    cluster.run(20 * MILLISECOND)
    expect(cluster.apart()).toEqual(LOADED)
    cluster.heal()
    cluster.runUntilIdle()
    expect(LOADED.map((key) => cluster.valuesOf(key))).toEqual(writes.map((write) => [write, write, write]))
  })

  it('leaves a replica behind where it is off', () => {
    const cluster = new Trio({}, { 'anti-entropy': undefined })
    cluster.isolate(2)
    cluster.write(0, 0)
    cluster.run(SECOND)
    cluster.heal()
    cluster.run(100 * SECOND)
    expect(cluster.apart()).toEqual([0])
  })

  it('goes both ways, and the newer version stays', () => {
    const cluster = new Trio({ mode })
    cluster.isolate(2)
    const [here, there] = [cluster.write(0, 0), cluster.write(1, 2)]
    cluster.run(SECOND)
    cluster.write(2, 2)
    cluster.write(3, 0)
    cluster.run(SECOND)
    const [last, latest] = [cluster.write(2, 1), cluster.write(3, 2)]
    cluster.run(SECOND)
    cluster.heal()
    cluster.runUntilIdle()
    expect([0, 1, 2, 3].map((key) => cluster.valuesOf(key))).toEqual(
      [here, there, last, latest].map((write) => [write, write, write]),
    )
  })

  it('fills an empty disk again with all that was ever written', () => {
    const cluster = new Trio({ mode })
    for (const key of LOADED) cluster.write(key, 0)
    cluster.run(SECOND)
    cluster.nodeAt(1).loseDisk()
    cluster.nodeAt(1).start()
    expect(cluster.apart()).toEqual(LOADED)
    cluster.runUntilIdle()
    expect(cluster.apart()).toEqual([])
    expect(cluster.nodeAt(1).receivedAt.size).toBe(100)
  })

  it('repairs keys that were inserted after the load', () => {
    const cluster = new Trio({ mode })
    const inserted = [100, 101, 5000, 250]
    cluster.isolate(2)
    for (const key of inserted) cluster.write(key, 0)
    cluster.run(SECOND)
    cluster.heal()
    cluster.runUntilIdle()
    expect(cluster.apart(inserted)).toEqual([])
    expect(cluster.streamed).toEqual(expect.arrayContaining(inserted))
  })

  it('repairs deletes, counters and sets, and nodes at random tokens', () => {
    const cluster = new Trio({ mode }, { tokens: 'random' })
    cluster.isolate(2)
    cluster.increment(0)
    cluster.add(1)
    cluster.run(SECOND)
    cluster.heal()
    cluster.runUntilIdle()
    expect(cluster.valuesOf(0)).toEqual([{ count: 1 }, { count: 1 }, { count: 1 }])
    expect(cluster.apart()).toEqual([])
  })

  describe('of a replica that missed a delete', () => {
    /** Of a key that was loaded, and of one that was not. */
    const deletedWithout2 = (back: Nanos) => {
      const cluster = new Trio({ mode }, { grace: '60s' })
      for (const key of [0, 500]) cluster.write(key, 0)
      cluster.runUntilIdle()
      const held = [0, 500].map((key) => cluster.valuesOf(key)[2])
      cluster.nodeAt(2).crash()
      const tombstones = [0, 500].map((key) => cluster.request({ kind: DELETE, key }, 0))
      cluster.run(back)
      cluster.nodeAt(2).start()
      cluster.run(10 * SECOND)
      cluster.runUntilIdle()
      return { held, tombstones, found: [0, 500].map((key) => cluster.valuesOf(key)) }
    }

    it('spreads the tombstone within its grace, and nothing comes back', () => {
      const { tombstones, found } = deletedWithout2(10 * SECOND)
      expect(found).toEqual(tombstones.map((tombstone) => [tombstone, tombstone, tombstone]))
    })

    it('brings the record back everywhere once the tombstone is purged', () => {
      const { held, found } = deletedWithout2(70 * SECOND)
      expect(found).toEqual(held.map((value) => [value, value, value]))
    })
  })

  it('brings a loaded record back, where its tombstone is purged, from a replica that nobody has told anything', () => {
    const cluster = new Trio({ mode }, { grace: '5s' })
    cluster.isolate(2)
    cluster.request({ kind: DELETE, key: 0 }, 0)
    cluster.run(10 * SECOND)
    cluster.heal()
    cluster.runUntilIdle()
    expect(cluster.valuesOf(0)).toEqual([INITIAL, INITIAL, INITIAL])
  })

  it('comes to rest, and sends nothing, over keys that are purged everywhere', () => {
    const cluster = new Trio({ mode }, { grace: '5s' })
    for (const key of [0, 1, 500]) cluster.write(key, 0)
    for (const key of [0, 1, 500]) cluster.request({ kind: DELETE, key }, 0)
    cluster.run(10 * SECOND)
    const before = cluster.streamed.length
    cluster.runUntilIdle()
    cluster.run(10 * SECOND)
    expect(cluster.isIdle).toBe(true)
    expect(cluster.streamed.length).toBe(before)
  })

  it('gives up on who is down, goes on with the others, and comes back to it', () => {
    const cluster = new Trio({ mode })
    cluster.nodeAt(2).crash()
    cluster.cut(0, 1)
    for (const key of LOADED) cluster.write(key, 0)
    cluster.run(SECOND)
    cluster.heal()
    cluster.run(120 * SECOND)
    expect(
      LOADED.filter((key) => cluster.nodeAt(0).running.valueOf(key) !== cluster.nodeAt(1).running.valueOf(key)),
    ).toEqual([])
    cluster.nodeAt(2).start()
    cluster.runUntilIdle()
    expect(cluster.apart()).toEqual([])
  })

  it('goes on after either side has crashed in the middle of an exchange', () => {
    for (const node of [0, 1, 2]) {
      const cluster = new Trio({ mode })
      cluster.isolate(2)
      for (const key of LOADED) cluster.write(key, 0)
      cluster.run(SECOND)
      cluster.heal()
      while (cluster.streamed.length < 5) cluster.run(MILLISECOND)
      cluster.nodeAt(node).crash()
      cluster.run(SECOND)
      cluster.nodeAt(node).start()
      cluster.runUntilIdle()
      expect(cluster.apart(), `node ${node}`).toEqual([])
    }
  })

  it('gives way where a queue is full, and repairs what is left later', () => {
    const cluster = new Trio({ mode })
    cluster.isolate(2)
    for (const key of LOADED) cluster.write(key, 0)
    cluster.run(SECOND)
    cluster.heal()
    while (cluster.streamed.length < 5) cluster.run(MILLISECOND)
    for (const node of cluster.nodes) node.overloaded = true
    cluster.run(60 * SECOND)
    expect(cluster.apart()).not.toEqual([])
    for (const node of cluster.nodes) node.overloaded = false
    cluster.runUntilIdle()
    expect(cluster.apart()).toEqual([])
  })

  it('is not at rest before it has compared, and is while nothing changes', () => {
    const cluster = new Trio({ mode })
    expect(cluster.isIdle).toBe(false)
    cluster.runUntilIdle()
    expect(cluster.isIdle).toBe(true)
    cluster.run(10 * SECOND)
    expect(cluster.isIdle).toBe(true)
    expect(cluster.streamed).toEqual([])
    cluster.write(0, 0)
    cluster.run(5 * MILLISECOND)
    expect(cluster.isIdle).toBe(false)
    cluster.runUntilIdle()
    expect(cluster.isIdle).toBe(true)
  })

  it('compares each pair once a round with three messages while all are equal, and trees are not walked', () => {
    const cluster = new Trio({ mode })
    for (const key of LOADED) cluster.write(key, 0)
    cluster.run(5 * SECOND)
    const before = cluster.sent.length
    cluster.run(5 * SECOND)
    const kinds = cluster.sent.slice(before).map(({ message }) => message.kind)
    const opened = kinds.filter((kind) => kind === OPEN).length
    expect(opened).toBeGreaterThan(100)
    expect(new Set(kinds)).toEqual(new Set([OPEN, ROOT, AGREED]))
    expect(Math.abs(kinds.length - 3 * opened)).toBeLessThan(6)
  })
})

/** Of what begins and ends at nodes, the most under way at one of them. */
function mostAtOnce(changes: { at: Nanos; node: NodeId; by: number }[]): number {
  const underWay = new Map<NodeId, number>()
  let most = 0
  for (const { node, by } of changes.sort((left, right) => left.at - right.at || left.by - right.by)) {
    const now = (underWay.get(node) ?? 0) + by
    underWay.set(node, now)
    most = Math.max(most, now)
  }
  return most
}

describe('continuous exchange', () => {
  it('sends what differs once, from where it is newer, whoever opens', () => {
    const cluster = new Trio({ mode: 'continuous' }, { n: 2 }, { zones: [2] })
    for (const key of LOADED) cluster.write(key, 0)
    cluster.run(SECOND)
    cluster.isolate(1)
    // Of keys from 200 on the other has nothing.
    const [here, there] = [
      [0, 1, 2, 3, 4, 200, 201, 202, 203, 204],
      [50, 51, 52, 53, 54, 300, 301, 302, 303, 304],
    ]
    for (const key of here) cluster.write(key, 0)
    for (const key of there) cluster.write(key, 1)
    cluster.run(20 * MILLISECOND)
    cluster.heal()
    cluster.runUntilIdle()
    const keysFrom = (node: NodeId) =>
      cluster
        .sentOf(VERSIONS)
        .flatMap(({ from, message }) => (from === node ? (message as StreamMessage).entries.map(({ key }) => key) : []))
        .sort((left, right) => left - right)
    expect([keysFrom(0), keysFrom(1)]).toEqual([here, there])
    expect(new Set(cluster.sentOf(OPEN).map(({ from }) => from))).toEqual(new Set([0, 1]))
  })

  it('sends concurrent versions to the opener, and what they merge into back', () => {
    const cluster = new Trio({ mode: 'continuous' }, { n: 2, versions: 'dotted' }, { zones: [2] })
    cluster.isolate(1)
    const keys = LOADED.slice(0, 10)
    const writes = keys.map((key) => [cluster.write(key, 0), cluster.write(key, 1)])
    cluster.run(20 * MILLISECOND)
    cluster.heal()
    cluster.runUntilIdle()
    expect([...cluster.streamed].sort((left, right) => left - right)).toEqual(keys.flatMap((key) => [key, key]))
    expect(keys.map((key) => cluster.valuesOf(key))).toEqual(writes.map((ids) => [{ ids }, { ids }]))
  })

  it('charges no reading for trees, and one read and one write for each key that is sent', () => {
    const cluster = new Trio({ mode: 'continuous' }, { n: 2 }, { zones: [2] })
    cluster.isolate(1)
    for (const key of LOADED.slice(0, 20)) cluster.write(key, 0)
    cluster.run(20 * MILLISECOND)
    cluster.heal()
    const before = cluster.nodes.map((node) => node.workDone)
    cluster.runUntilIdle()
    expect(cluster.nodes.map((node, id) => node.workDone - (before[id] as number))).toEqual([20, 20])
  })

  it('has no more than two exchanges under way on either side, and tells others that it is busy', () => {
    const delay = 50 * MILLISECOND
    const cluster = new Trio({ mode: 'continuous', every: '1ms' }, { n: 4 }, { zones: [4], delay: () => delay })
    cluster.run(5 * SECOND)
    // An opener's begins as it opens it and ends as it closes it, or is told that the other is busy.
    const opened = cluster.sent.flatMap(({ at, from, to, message: { kind } }) => {
      if (kind === OPEN) return [{ at, node: from, by: 1 }]
      if (kind === BUSY) return [{ at: at + delay, node: to, by: -1 }]
      return kind === AGREED || kind === CLOSE ? [{ at, node: from, by: -1 }] : []
    })
    const answered = cluster.sent.flatMap(({ at, from, to, message: { kind } }) => {
      if (kind === ROOT) return [{ at, node: from, by: 1 }]
      return kind === AGREED || kind === CLOSE ? [{ at: at + delay, node: to, by: -1 }] : []
    })
    expect([mostAtOnce(opened), mostAtOnce(answered)]).toEqual([2, 2])
    expect(cluster.sentOf(BUSY).length).toBeGreaterThan(0)
    expect(cluster.isIdle).toBe(true)
  })

  it('keeps its trees over a crash', () => {
    const cluster = new Trio({ mode: 'continuous' })
    for (const key of LOADED) cluster.write(key, 0)
    cluster.runUntilIdle()
    cluster.nodeAt(1).crash()
    cluster.nodeAt(1).start()
    cluster.runUntilIdle()
    expect(cluster.streamed).toEqual([])
    expect(cluster.apart()).toEqual([])
  })
})

describe('sessions', () => {
  it('stream all keys of a leaf that differs, both ways, those too that nobody has written', () => {
    const cluster = new Trio({ mode: 'sessions', depth: 1 }, { n: 2, vnodes: 1 }, { zones: [2] })
    cluster.isolate(1)
    cluster.write(0, 0)
    cluster.run(20 * MILLISECOND)
    cluster.heal()
    cluster.runUntilIdle()
    const pulled = cluster.sentOf(PULL_LEAVES)
    expect(pulled.map(({ message }) => (message as TreeMessage).numbers.length)).toEqual([1])
    const [there, back] = [0, 1].map((node) =>
      cluster
        .sentOf(VERSIONS)
        .flatMap(({ from, message }) => (from === node ? (message as StreamMessage).entries : [])),
    )
    const keysOf = (entries = [] as StreamMessage['entries']) => entries.map(({ key }) => key).sort((a, b) => a - b)
    expect(keysOf(there)).toEqual(keysOf(back))
    // A quarter of the keys: one of two leaves of one of two ranges.
    expect(there?.length).toBe(25)
    expect(keysOf(there)).toContain(0)
  })

  it('cost each side the reading of all keys of a range, once for each of the others', () => {
    const rows = [0, 0, 0]
    const cluster = new Trio(
      { mode: 'sessions', every: '1000s' },
      {},
      {
        service: (node, message) => {
          if (message.kind === SCAN_KEYS) rows[node] = (rows[node] as number) + (message as TreeMessage).rows
          return MILLISECOND
        },
      },
    )
    cluster.run(1000 * SECOND)
    expect(rows).toEqual([200, 200, 200])
  })

  it('go on as long as either side is still reading, however slow', () => {
    const slow = new Trio(
      { mode: 'sessions' },
      { n: 2, vnodes: 1 },
      {
        zones: [2],
        keys: 20_000,
        service: (node, message) => (message.kind === SCAN_KEYS && node === 1 ? 8 * SECOND : 0),
      },
    )
    slow.isolate(1)
    for (const key of LOADED) slow.write(key, 0)
    slow.run(20 * MILLISECOND)
    slow.heal()
    // Ten thousand keys of a range are read in ten parts.
    slow.runUntilIdle(400 * SECOND)
    expect(slow.apart()).toEqual([])
  })
})

/** A random schedule of writes and faults, after which all is up. Clocks are up to half a second apart and step; what is sent over a cut is lost. */
class Survivor {
  readonly cluster: Trio
  private readonly deletes = new Set<OperationId>()
  private readonly random: RandomStream

  constructor(seed: number, antiEntropy: object, options: object) {
    this.random = RandomStream.ofSeed(seed).fork('anti-entropy')
    const delays = this.random.fork('delays')
    const skews = this.random.fork('skews')
    this.cluster = new Trio(antiEntropy, options, {
      zones: [2, 2, 1],
      seed,
      delay: () => delays.below(20 * MILLISECOND),
      service: () => delays.below(2 * MILLISECOND),
      clock: (node, now) => now + node * skews.below(100) * MILLISECOND,
    })
    if (seed % 2 === 0) deliverTwice(this.cluster)
    for (let step = 0; step < 80; step++) this.step()
    this.cluster.heal()
    for (const node of this.cluster.nodes) if (node.replica === null) node.start()
  }

  /** Keys that replicas hold different things of; which delete it was of which nothing is left does not matter. */
  apart(): readonly Key[] {
    const told = (value: Value) => (typeof value === 'number' && this.deletes.has(value) ? 'nothing' : value)
    return LOADED.filter(
      (key) => new Set(this.cluster.valuesOf(key).map((value) => JSON.stringify(told(value)))).size > 1,
    )
  }

  private step(): void {
    const { cluster, random } = this
    const node = cluster.nodeAt(random.below(5))
    const action = random.below(10)
    if (action < 4 && node.replica !== null) this.write(node.id)
    else if (action === 4) cluster.cut(node.id, random.below(5))
    else if (action === 5) cluster.heal()
    else if (action === 6 && node.replica !== null) this.crash(node.id)
    else if (action === 7 && node.replica === null) node.start()
    else cluster.run(random.below(random.below(4) === 0 ? 3 * SECOND : 50 * MILLISECOND))
  }

  private write(node: NodeId): void {
    const key = this.random.below(20)
    const replicas = this.cluster.placement.replicas(key)
    const at = replicas.includes(node) ? node : (replicas[0] as NodeId)
    if (this.random.below(4) > 0) this.cluster.write(key, at)
    else this.deletes.add(this.cluster.request({ kind: DELETE, key }, at))
  }

  private crash(id: NodeId): void {
    const node = this.cluster.nodeAt(id)
    if (this.random.below(3) === 0) node.loseDisk()
    else node.crash()
  }
}

describe('whatever is lost, cut and crashed', () => {
  it.each(
    [{ mode: 'continuous' }, { mode: 'sessions', every: '1s' }].flatMap((mode) => [
      [mode, {}],
      [
        { ...mode, 'keys-per-leaf': 8, fanout: 4 },
        { repair: 'asynchronous', r: 2, w: 2 },
      ],
      [{ ...mode, depth: 1 }, { versions: 'dotted' }],
      [mode, { versions: 'vectors', tokens: 'random' }],
      [mode, { grace: '1s' }],
    ]),
  )('nodes under %j with %j come to rest, and all copies are equal then', (antiEntropy, options) => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const survivor = new Survivor(seed, antiEntropy, options)
      const { cluster } = survivor
      cluster.runUntilIdle(1000 * SECOND)
      expect(cluster.isIdle, `seed ${seed} at rest`).toBe(true)
      expect('grace' in options ? survivor.apart() : cluster.apart(), `seed ${seed}`).toEqual([])
    }
  })
})
