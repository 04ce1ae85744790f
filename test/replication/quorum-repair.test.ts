/**
 * Read repair as transcripts: who is found behind, who is sent what and when, and what the client waits for. The last part is a property
 * over random schedules of crashes, lost disks, cuts and messages that come twice: once the faults are over and nothing is under
 * way, one read through repair makes all replicas of a key equal.
 */
import { describe, expect, it } from 'vitest'
import type { NodeId, OperationId } from '../../src/core/ids.js'
import { INITIAL } from '../../src/core/ids.js'
import { RandomStream } from '../../src/core/random.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { ADD, INCREMENT, READ, UPDATE } from '../../src/history/operation-kinds.js'
import type { Value } from '../../src/history/values.js'
import { equalValues } from '../../src/history/values.js'
import type { QuorumMessage } from '../../src/replication/leaderless/messages.js'
import { REPAIR, REPAIR_ACK, WRITE } from '../../src/replication/leaderless/messages.js'
import { quorum } from '../../src/replication/leaderless/quorum.js'
import type { QuorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import { LEG_WRITE } from '../../src/replication/replica.js'
import type { FakeNode } from './fake-cluster.js'
import { FakeCluster } from './fake-cluster.js'
import { deliverTwice, startEmpty } from './unreliable.js'

const NAMES = ['write', 'write ack', 'read', 'reply', 'no write', 'no read', 'repair', 'repair ack', 'no repair']

/**
 * Node 0 coordinates; one way to node 1 takes 10 ms, to node 2 30 ms. Messages between nodes are in the transcript, once `isTold`;
 * those to oneself are not.
 */
class Line extends FakeCluster<QuorumOptions> {
  isTold = false
  /** What an acknowledgement of a repair takes, if not the time of everything else. */
  slowAcknowledgements: number | null = null

  constructor(
    options: object,
    zones: readonly number[] = [1, 1, 1],
    private readonly far = 30,
  ) {
    super(quorum as never, options, { zones, delay: (...sent) => this.delayOf(...sent) })
  }

  /** Writes key 0 at the nodes given only, and lets everything come to rest at `until`, with the transcript empty. */
  writeAt(nodes: readonly NodeId[], until: number, request: object = {}): OperationId {
    const others = this.nodes.filter(({ id }) => !nodes.includes(id))
    const coordinator = nodes[0] as NodeId
    for (const { id } of others) this.cut(coordinator, id)
    const write = this.request({ kind: UPDATE, key: 0, valueBytes: 100, ...request }, coordinator)
    this.run(until * MILLISECOND - this.now)
    this.heal()
    this.takeTranscript()
    this.isTold = true
    return write
  }

  story(): readonly string[] {
    return this.takeTranscript().split('\n')
  }

  private delayOf(from: NodeId, to: NodeId, message: unknown): number {
    if (this.isTold) this.note(`${from} sends ${to} a ${NAMES[(message as QuorumMessage).kind]}`)
    if (this.slowAcknowledgements !== null && (message as QuorumMessage).kind === REPAIR_ACK)
      return this.slowAcknowledgements * MILLISECOND
    return (from + to === 1 ? 10 : this.far) * MILLISECOND
  }
}

const repairsIn = (cluster: FakeCluster<QuorumOptions>) =>
  cluster.sent.flatMap(({ to, message }) =>
    message.kind === REPAIR ? [{ to, message: message as QuorumMessage }] : [],
  )

describe('asynchronous repair', () => {
  it('writes the newest version to one of the first R that is behind, while the read answers', () => {
    const cluster = new Line({})
    const write = cluster.writeAt([0, 2], 100)
    const read = cluster.read(0)
    cluster.settle()
    expect(cluster.value(read)).toBe(write)
    expect(cluster.story()).toEqual([
      '100ms 0 sends 1 a read',
      '100ms 0 sends 2 a read',
      '110ms 1 sends 0 a reply',
      '120ms 0 sends 1 a repair',
      '120ms node 0 answers 1',
      '130ms 2 sends 0 a reply',
      '130ms node 1 applies 0',
      '130ms 1 sends 0 a repair ack',
    ])
  })

  it('goes on collecting: a later answer that is older is repaired when it comes', () => {
    const cluster = new Line({})
    cluster.writeAt([0, 1], 100)
    cluster.read(0)
    cluster.settle()
    expect(cluster.story().slice(3)).toEqual([
      '120ms node 0 answers 1',
      '130ms 2 sends 0 a reply',
      '160ms 0 sends 2 a repair',
      '190ms node 2 applies 0',
      '190ms 2 sends 0 a repair ack',
    ])
  })

  it('a later answer that is newer is written to those who answered before; the client has the older one', () => {
    const cluster = new Line({ r: 1 })
    const write = cluster.writeAt([2], 100)
    const read = cluster.read(0)
    cluster.settle()
    expect(cluster.value(read)).toBe(INITIAL)
    expect(cluster.story()).toEqual([
      '100ms 0 sends 1 a read',
      '100ms 0 sends 2 a read',
      '100ms node 0 answers 1',
      '110ms 1 sends 0 a reply',
      '130ms 2 sends 0 a reply',
      '160ms 0 sends 1 a repair',
      '160ms node 0 applies 0',
      '170ms node 1 applies 0',
      '170ms 1 sends 0 a repair ack',
    ])
    expect(cluster.valuesOf(0)).toEqual([write, write, write])
  })

  it('repairs nobody where all agree, nobody who was not asked, and nobody at all for repair: none', () => {
    const agreed = new Line({})
    agreed.writeAt([0, 1, 2], 100)
    agreed.read(0)
    agreed.settle()
    const unasked = new Line({ contact: 'quorum' })
    unasked.writeAt([0, 1], 100)
    unasked.read(0)
    unasked.settle()
    const none = new Line({ repair: 'none' })
    none.writeAt([0, 1], 100)
    none.read(0)
    none.increment(0)
    none.settle()
    for (const cluster of [agreed, unasked, none]) expect(repairsIn(cluster)).toEqual([])
    expect(unasked.story()).toEqual(['100ms 0 sends 1 a read', '110ms 1 sends 0 a reply', '120ms node 0 answers 1'])
  })

  it('of those asked for contact: quorum works too', () => {
    const cluster = new Line({ contact: 'quorum' })
    const write = cluster.writeAt([0, 2], 100)
    cluster.read(0)
    cluster.settle()
    expect(repairsIn(cluster).map(({ to }) => to)).toEqual([1])
    expect(cluster.valuesOf(0)).toEqual([write, write, write])
  })

  it('ends with the coordinator, and the next read makes up for it', () => {
    const cluster = new Line({})
    const write = cluster.writeAt([0, 1], 100)
    cluster.read(0)
    cluster.run(30 * MILLISECOND)
    cluster.nodeAt(0).crash()
    cluster.nodeAt(0).start()
    cluster.settle()
    expect(repairsIn(cluster)).toEqual([])
    cluster.read(0)
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([write, write, write])
  })

  it('of an increment repairs what its read finds, and then writes to all', () => {
    const cluster = new Line({})
    cluster.writeAt([0, 2], 200, { kind: INCREMENT })
    cluster.increment(0)
    cluster.settle()
    expect(cluster.story()).toEqual([
      '200ms 0 sends 1 a read',
      '200ms 0 sends 2 a read',
      '210ms 1 sends 0 a reply',
      '220ms 0 sends 1 a repair',
      '220ms 0 sends 1 a write',
      '220ms 0 sends 2 a write',
      '220ms node 0 applies 1',
      '230ms 2 sends 0 a reply',
      '230ms node 1 applies 0',
      '230ms 1 sends 0 a repair ack',
      '230ms node 1 applies 1',
      '230ms 1 sends 0 a write ack',
      '240ms node 0 answers 1',
      '250ms node 2 applies 1',
      '250ms 2 sends 0 a write ack',
    ])
    expect(cluster.valuesOf(0)).toEqual([{ count: 2 }, { count: 2 }, { count: 2 }])
  })
})

describe('blocking repair', () => {
  it('holds the answer back until R replicas hold it', () => {
    const cluster = new Line({ repair: 'blocking' })
    const write = cluster.writeAt([0, 2], 100)
    const read = cluster.read(0)
    cluster.settle()
    expect(cluster.value(read)).toBe(write)
    expect(cluster.story()).toEqual([
      '100ms 0 sends 1 a read',
      '100ms 0 sends 2 a read',
      '110ms 1 sends 0 a reply',
      '120ms 0 sends 1 a repair',
      '130ms 2 sends 0 a reply',
      '130ms node 1 applies 0',
      '130ms 1 sends 0 a repair ack',
      '140ms node 0 answers 1',
    ])
  })

  it('answers at once where the first R agree, and repairs later answers in the background', () => {
    const cluster = new Line({ repair: 'blocking' })
    cluster.writeAt([0, 1], 100)
    cluster.read(0)
    cluster.settle()
    expect(cluster.story().slice(3)).toEqual([
      '120ms node 0 answers 1',
      '130ms 2 sends 0 a reply',
      '160ms 0 sends 2 a repair',
      '190ms node 2 applies 0',
      '190ms 2 sends 0 a repair ack',
    ])
  })

  it('counts a later answer that holds it already, and one that holds something newer; the answer stays what it was', () => {
    // Node 1 never acknowledges its repair.
    const crashing = (write: (cluster: Line) => void) => {
      const cluster = new Line({ repair: 'blocking' })
      write(cluster)
      const read = cluster.read(0)
      cluster.run(25 * MILLISECOND)
      cluster.nodeAt(1).crash()
      cluster.settle()
      return { cluster, read }
    }
    const same = crashing((cluster) => cluster.writeAt([0, 2], 100))
    expect(same.cluster.answeredAt.get(same.read)).toBe(160 * MILLISECOND)
    expect(same.cluster.value(same.read)).toBe(0)
    const newer = crashing((cluster) => {
      cluster.writeAt([0], 50)
      cluster.writeAt([2], 100)
    })
    expect(newer.cluster.value(newer.read)).toBe(0)
    expect(newer.cluster.answeredAt.get(newer.read)).toBe(160 * MILLISECOND)
    expect(newer.cluster.nodeAt(0).running.valueOf(0)).toBe(1)
  })

  it('does not count a later answer that is behind too, but waits for its repair', () => {
    const cluster = new Line({ repair: 'blocking' })
    cluster.writeAt([0], 100)
    const read = cluster.read(0)
    cluster.run(25 * MILLISECOND)
    cluster.nodeAt(1).crash()
    cluster.settle()
    // Node 2 answers at 160 ms that it is behind.
    expect(cluster.answeredAt.get(read)).toBe(220 * MILLISECOND)
  })

  it('does not count what was sent to an earlier attempt of the read', () => {
    const cluster = new Line({ contact: 'quorum', repair: 'blocking' })
    cluster.writeAt([0, 2], 100)
    const read = cluster.read(0)
    cluster.run(21 * MILLISECOND)
    cluster.slowAcknowledgements = 30
    // Its repair of node 1 is acknowledged at 160 ms. Meanwhile node 0 gets a newer version, which the second attempt finds.
    cluster.writeAt([0], 122)
    cluster.request({ kind: READ, key: 0, operation: read, attempt: 1 }, 0)
    cluster.settle()
    expect(cluster.answeredAt.get(read)).toBe(182 * MILLISECOND)
  })

  it('counts each replica once, whatever comes twice', () => {
    const cluster = new Line({ r: 3, repair: 'blocking' })
    cluster.writeAt([0], 100)
    deliverTwice(cluster)
    const read = cluster.read(0)
    cluster.settle()
    // Both are sent a repair at 160 ms; node 1 acknowledges twice at 180 ms, node 2 at 220 ms.
    expect(cluster.answeredAt.get(read)).toBe(220 * MILLISECOND)
  })

  it('never answers if the replica that it waits for has crashed', () => {
    const cluster = new Line({ contact: 'quorum', repair: 'blocking' })
    cluster.writeAt([0, 2], 100)
    const read = cluster.read(0)
    cluster.run(25 * MILLISECOND)
    cluster.nodeAt(1).crash()
    cluster.settle()
    expect(cluster.answers.has(read)).toBe(false)
  })

  it('refuses if too few replicas are left that could hold it', () => {
    const refusedAt = (options: object) => {
      const cluster = new Line({ repair: 'blocking', ...options })
      cluster.writeAt([0, 2], 100)
      const read = cluster.increment(0)
      cluster.run(15 * MILLISECOND)
      cluster.nodeAt(1).overloaded = true
      cluster.settle()
      return [cluster.answers.get(read), cluster.answeredAt.get(read)]
    }
    expect(refusedAt({ contact: 'quorum' })).toEqual([{ reason: 'overloaded', applied: 'no' }, 140 * MILLISECOND])
    // With all three asked, node 2 answers that it holds it, and the write goes on with nodes 0 and 2.
    expect(refusedAt({})[1]).toBe(220 * MILLISECOND)
  })

  it('never lets reads of 2R > N replicas go back in time, which asynchronous repair does', () => {
    // A write that reached node 0 only; the first read meets it there, the second asks nodes 1 and 2 while node 0 is cut off.
    const reads = (repair: string) => {
      const cluster = new Line({ repair })
      const write = cluster.writeAt([0], 100)
      cluster.cut(0, 2)
      // What node 0 sends to node 1 after the read is lost, unless the read waits for it.
      const first = cluster.read(0)
      cluster.run(15 * MILLISECOND)
      if (repair === 'asynchronous') cluster.at(cluster.now + 6 * MILLISECOND, () => cluster.cut(0, 1))
      cluster.run(SECOND)
      cluster.cut(0, 1)
      const second = cluster.request({ kind: READ, key: 0 }, 1)
      cluster.settle()
      return [cluster.value(first) === write, cluster.value(second) === write]
    }
    expect(reads('blocking')).toEqual([true, true])
    expect(reads('asynchronous')).toEqual([true, false])
  })
})

describe('repairs', () => {
  it('are overtaken by newer writes, and then change nothing', () => {
    const cluster = new Line({})
    cluster.writeAt([0, 2], 100)
    cluster.read(0)
    cluster.run(22 * MILLISECOND)
    // The repair of node 1 is under way; a write at node 1 gets there first.
    const newer = cluster.request({ kind: UPDATE, key: 0 }, 1)
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([newer, newer, newer])
  })

  it('of two coordinators at once do no harm', () => {
    const cluster = new Line({}, [1, 1, 1], 10)
    const write = cluster.writeAt([0], 100)
    cluster.request({ kind: READ, key: 0 }, 1)
    cluster.request({ kind: READ, key: 0 }, 2)
    cluster.settle()
    expect(new Set(repairsIn(cluster).map(({ to }) => to))).toEqual(new Set([1, 2]))
    expect(cluster.valuesOf(0)).toEqual([write, write, write])
  })

  it('travel under the name of the read, apply the write that they carry, and cost what a write costs', () => {
    const cluster = new Line({})
    const added = cluster.writeAt([0, 2], 100, { kind: ADD })
    const read = cluster.read(0)
    cluster.settle()
    const repair = repairsIn(cluster)[0]?.message as QuorumMessage
    expect(repair.operation).toBe(read)
    expect([...cluster.nodeAt(1).receivedAt.keys()]).toEqual([added])
    const write = cluster.sent.find(({ message }) => message.kind === WRITE)?.message as QuorumMessage
    const costOf = ({ work, leg, bytes }: QuorumMessage) => ({ work, leg, bytes })
    expect(costOf(repair)).toEqual(costOf(write))
    // One read, and one repair: the write never came.
    expect(cluster.nodeAt(1).workDone).toBe(2)
  })

  it('refill a replica that comes back empty', () => {
    const cluster = new Line({})
    const [added, other] = [cluster.add(0), cluster.update(1)]
    cluster.settle()
    cluster.nodeAt(2).crash()
    startEmpty(cluster.nodeAt(2), 3)
    cluster.read(0)
    cluster.settle()
    const element = { elements: [added] }
    expect(cluster.valuesOf(0)).toEqual([element, element, element])
    expect([...cluster.nodeAt(2).receivedAt.keys()]).toEqual([added])
    expect(cluster.nodeAt(2).running.valueOf(1)).toBe(INITIAL)
    expect(cluster.nodeAt(1).running.valueOf(1)).toBe(other)
  })

  it('have attempts of their own among all that one operation sends on the leg of writes', () => {
    // Before each attempt the nodes get writes of their own, the farther from node 0 the newer: each answer is newer than the last.
    const cluster = new Line({ n: 5, r: 2, w: 1 }, [5])
    const increment = cluster.writeAt([1], 10)
    for (let attempt = 0; attempt < 3; attempt++) {
      for (let node = 1; node < 5; node++) cluster.writeAt([node], cluster.now / MILLISECOND + 1000)
      cluster.request({ kind: INCREMENT, operation: increment, attempt }, 0)
      cluster.run(SECOND)
    }
    const names = cluster.sent
      .filter(({ from, message: { operation, leg } }) => from === 0 && operation === increment && leg === LEG_WRITE)
      .map(({ to, message }) => `${to} ${message.attempt}`)
    expect(repairsIn(cluster).length).toBeGreaterThan(9)
    expect(names.length).toBe(repairsIn(cluster).length + 3 * 4)
    expect(new Set(names).size).toBe(names.length)
  })
})

/**
 * A random schedule of operations and faults, after which all is up and at rest. Clocks are up to half a second apart and step; what
 * is sent over a cut is lost.
 */
class Survivor {
  readonly cluster: FakeCluster<QuorumOptions>
  private readonly random: RandomStream
  private disksLost = 0

  constructor(seed: number, options: object) {
    this.random = RandomStream.ofSeed(seed).fork('repair')
    const delays = this.random.fork('delays')
    const skews = this.random.fork('skews')
    this.cluster = new FakeCluster<QuorumOptions>(quorum as never, options, {
      zones: [2, 2, 1],
      delay: () => delays.below(40 * MILLISECOND),
      service: () => delays.below(5 * MILLISECOND),
      clock: (node, now) => now + node * skews.below(100) * MILLISECOND,
    })
    if (seed % 2 === 0) deliverTwice(this.cluster)
    for (let step = 0; step < 60; step++) this.step()
    this.calm()
  }

  get lostDisks(): number {
    return this.disksLost
  }

  private step(): void {
    const { cluster, random } = this
    const node = cluster.nodeAt(random.below(5))
    const other = random.below(5)
    const kind = random.below(12)
    if (kind < 6)
      cluster.request({ kind: OPERATIONS[kind] as number, key: keyFor(OPERATIONS[kind] as number, random) }, node.id)
    else if (kind === 6) cluster.cut(node.id, other)
    else if (kind === 7) cluster.heal()
    else if (kind === 8) node.overloaded = !node.overloaded
    else if (node.replica === null) this.restart(node, kind === 9)
    else if (kind === 9) node.crash()
    cluster.run(random.below(30 * MILLISECOND))
  }

  private restart(node: FakeNode, empty: boolean): void {
    if (!empty) node.start()
    else startEmpty(node, 5 + this.disksLost++)
  }

  private calm(): void {
    const { cluster } = this
    cluster.heal()
    for (const node of cluster.nodes) {
      node.overloaded = false
      if (node.replica === null) node.start()
    }
    cluster.settle()
  }
}

const OPERATIONS = [READ, UPDATE, UPDATE, INCREMENT, ADD, ADD]
/** A key has one type. */
const keyFor = (kind: number, random: RandomStream): number => {
  const keys = kind === INCREMENT ? [2] : kind === ADD ? [3] : kind === UPDATE ? [0, 1] : [0, 1, 2, 3]
  return keys[random.below(keys.length)] as number
}

const differ = (cluster: FakeCluster<QuorumOptions>, key: number) => {
  const values = cluster.valuesOf(key)
  return values.some((value) => !equalValues(value, values[0] as Value))
}

describe('one read after the last fault', () => {
  const OPTIONS = [
    { r: 1, w: 1 },
    { repair: 'blocking' },
    { n: 5, r: 3, w: 3 },
    { n: 2, r: 2, w: 1, repair: 'blocking' },
    { n: 5, r: 1, w: 5, repair: 'blocking' },
  ]

  it.each(OPTIONS)('makes all replicas of its key equal: %o', (options) => {
    let diverged = 0
    let stale = 0
    let lostDisks = 0
    for (let seed = 1; seed <= 60; seed++) {
      const survivor = new Survivor(seed, options)
      const { cluster } = survivor
      lostDisks += survivor.lostDisks
      for (const key of [0, 1, 2, 3]) {
        if (differ(cluster, key)) diverged++
        const read = cluster.request({ key }, seed % 5)
        cluster.settle()
        expect(differ(cluster, key), `seed ${seed}, key ${key}`).toBe(false)
        if (!equalValues(cluster.value(read), cluster.valuesOf(key)[0] as Value)) stale++
      }
    }
    expect(lostDisks).toBeGreaterThan(10)
    expect(diverged).toBeGreaterThan(20)
    if (options.r === 1 && options.w === 1) expect(stale).toBeGreaterThan(0)
  })

  it('does not without repair, or of a replica that is not asked', () => {
    for (const options of [{ repair: 'none' }, { contact: 'quorum' }]) {
      let diverged = 0
      for (let seed = 1; seed <= 20; seed++) {
        const { cluster } = new Survivor(seed, options)
        for (const key of [0, 1, 2, 3]) cluster.request({ key }, 0)
        cluster.settle()
        for (const key of [0, 1, 2, 3]) if (differ(cluster, key)) diverged++
      }
      expect(diverged).toBeGreaterThan(0)
    }
  })
})
