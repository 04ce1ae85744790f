/**
 * Compare-and-sets and reads through Paxos as transcripts and message counts: four round trips and three, what is finished for others, who backs
 * off, and what a client is told of a proposal that some have accepted.
 */
import { describe, expect, it } from 'vitest'
import type { NodeId, OperationId } from '../../../src/core/ids.js'
import { INITIAL } from '../../../src/core/ids.js'
import { MILLISECOND, SECOND } from '../../../src/core/units.js'
import { COMPARE_AND_SET, DELETE, READ, UPDATE } from '../../../src/history/operation-kinds.js'
import * as messages from '../../../src/replication/leaderless/paxos/messages.js'
import {
  COMMIT,
  DONE,
  OVERLOADED,
  type PaxosMessage,
  PREEMPTED,
  PREPARE,
  PROPOSE,
} from '../../../src/replication/leaderless/paxos/messages.js'
import { quorum } from '../../../src/replication/leaderless/quorum.js'
import type { QuorumOptions } from '../../../src/replication/leaderless/quorum-options.js'
import { HEADER_BYTES } from '../../../src/replication/message-bytes.js'
import type { Request } from '../../../src/replication/replica.js'
import { Outcome } from '../../../src/replication/replica.js'
import { FakeCluster, type Shape } from '../fake-cluster.js'
import { deliverTwice } from '../unreliable.js'

const SERIAL = { r: 'SERIAL', serial: 'SERIAL' }
const STEPS = new Map([
  [PREPARE, 'prepare'],
  [messages.READ, 'read'],
  [PROPOSE, 'propose'],
  [COMMIT, 'commit'],
])
const ANSWERS = new Map([
  [0, ''],
  [DONE, ' done'],
  [PREEMPTED, ' pre-empted'],
  [OVERLOADED, ' overloaded'],
])

class Serial extends FakeCluster<QuorumOptions> {
  constructor(options: object = {}, shape: Partial<Shape> = {}) {
    super(quorum as never, { ...SERIAL, ...options }, { zones: [3], delay: () => MILLISECOND, ...shape })
  }

  set(expected: OperationId, node: NodeId, given: Partial<Request> = {}): OperationId {
    return this.request({ kind: COMPARE_AND_SET, expected, valueBytes: 100, client: 10 + node, ...given }, node)
  }

  get(node: NodeId, given: Partial<Request> = {}): OperationId {
    return this.request({ kind: READ, valueBytes: 100, client: 20 + node, ...given }, node)
  }

  /** Between nodes, as `from>to step`. */
  story(): readonly string[] {
    return this.sent.splice(0).map(({ from, to, message }) => {
      const { step, answer } = message as PaxosMessage
      return `${from}>${to} ${STEPS.get(step)}${ANSWERS.get(answer)}`
    })
  }

  /** By step, requests and answers apart. */
  counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {}
    for (const line of this.story()) {
      const what = line.slice(line.indexOf(' ') + 1)
      counts[what] = (counts[what] ?? 0) + 1
    }
    return counts
  }
}

describe('alone on a key', () => {
  it('a compare-and-set takes four round trips, and the value is at all replicas', () => {
    const cluster = new Serial()
    const write = cluster.set(INITIAL, 0)
    cluster.settle()
    expect(cluster.value(write)).toBe(write)
    // To itself node 0 sends for nothing; the first answer makes a majority with its own.
    expect(cluster.answeredAt.get(write)).toBe(8 * MILLISECOND)
    expect(cluster.valuesOf(0)).toEqual([write, write, write])
  })

  it.each([
    ['every replica is read', 0, 'all', 4 * 2 * 2, 3 * 2 * 2],
    ['a majority is read', 0, 'quorum', (2 + 1 + 2 + 2) * 2, (2 + 2 + 1) * 2],
    ['every replica is read', 3, 'all', 4 * 3 * 2, 3 * 3 * 2],
    ['a majority is read', 3, 'quorum', (3 + 2 + 3 + 3) * 2, (3 + 3 + 2) * 2],
  ])('costs so many messages: %s, coordinator %i, contact %s', (_, coordinator, contact, ofWrite, ofRead) => {
    const cluster = new Serial({ contact, vnodes: 1 }, { zones: [4] })
    const isCoordinator = (key: number) => cluster.placement.replicas(key).includes(coordinator) === (coordinator === 0)
    const key = Array.from({ length: 100 }, (_, key) => key).find(isCoordinator) as number
    const write = cluster.set(INITIAL, coordinator, { key })
    cluster.settle()
    expect(cluster.value(write)).toBe(write)
    expect(cluster.story().length).toBe(ofWrite)
    const read = cluster.get(coordinator, { key })
    cluster.settle()
    expect(cluster.value(read)).toBe(write)
    expect(cluster.story().length).toBe(ofRead)
  })

  it('one that fails costs three round trips and changes nothing', () => {
    const cluster = new Serial()
    const write = cluster.set(INITIAL, 0)
    cluster.settle()
    cluster.sent.splice(0)
    const failed = cluster.set(INITIAL, 1)
    cluster.settle()
    expect(cluster.answers.get(failed)).toEqual({ reason: 'conflict', applied: 'no' })
    expect(cluster.counts()).toEqual({
      prepare: 2,
      'prepare done': 2,
      read: 2,
      'read done': 2,
      propose: 2,
      'propose done': 2,
    })
    expect(cluster.valuesOf(0)).toEqual([write, write, write])
  })

  it('takes the place of a tombstone, and a plain write takes its', () => {
    const cluster = new Serial()
    const tombstone = cluster.request({ kind: DELETE })
    cluster.settle()
    const write = cluster.set(tombstone, 1)
    cluster.settle()
    expect(cluster.value(write)).toBe(write)
    const update = cluster.update(0)
    cluster.settle()
    expect(cluster.valuesOf(0)).toEqual([update, update, update])
  })

  it('carries its value where one travels', () => {
    const cluster = new Serial()
    cluster.set(INITIAL, 0)
    cluster.settle()
    const weightOf = (kind: number) =>
      new Set(cluster.sent.filter(({ message }) => message.kind === kind).map(({ message }) => message.bytes))
    expect([...weightOf(PROPOSE), ...weightOf(COMMIT)]).toEqual([HEADER_BYTES + 100, HEADER_BYTES + 100])
    expect([...weightOf(PREPARE), ...weightOf(PREPARE + DONE)]).toEqual([HEADER_BYTES, HEADER_BYTES])
    cluster.sent.splice(0)
    cluster.get(0)
    cluster.settle()
    // What was committed last, and what is read.
    expect([...weightOf(PREPARE + DONE), ...weightOf(messages.READ + DONE)]).toEqual([
      HEADER_BYTES + 100,
      HEADER_BYTES + 100,
    ])
  })

  it('is answered by its commit level: at ONE its own copy is enough', () => {
    const cluster = new Serial({ w: 'ONE' })
    const write = cluster.set(INITIAL, 0)
    cluster.settle()
    expect(cluster.answeredAt.get(write)).toBe(6 * MILLISECOND)
  })

  it('at LOCAL_SERIAL asks the zone of the coordinator, and commits everywhere', () => {
    const options = { n: 4, r: 'LOCAL_SERIAL', serial: 'LOCAL_SERIAL', w: 'LOCAL_QUORUM' }
    const cluster = new Serial(options, { zones: [2, 2] })
    const write = cluster.set(INITIAL, 0)
    cluster.settle()
    expect(cluster.value(write)).toBe(write)
    expect(cluster.counts()).toEqual({
      prepare: 1,
      'prepare done': 1,
      read: 1,
      'read done': 1,
      propose: 1,
      'propose done': 1,
      commit: 3,
      'commit done': 3,
    })
    expect(cluster.valuesOf(0)).toEqual([write, write, write, write])
    const far = cluster.get(2)
    cluster.settle()
    expect(cluster.value(far)).toBe(write)
  })
})

describe('finishing for others', () => {
  /** A compare-and-set of node 0 that node `last` alone has accepted, or, with `chosen`, a majority; then its coordinator crashes. */
  const abandoned = (step: number, after: number) => {
    const cluster = new Serial()
    const write = cluster.set(INITIAL, 0, { timeout: SECOND })
    while (cluster.countSent((message) => message.kind === step) === 0) cluster.run(MILLISECOND / 2)
    cluster.run(after * MILLISECOND)
    cluster.nodeAt(0).crash()
    cluster.settle()
    cluster.sent.splice(0)
    return { cluster, write }
  }

  it('a read proposes anew what a majority had accepted and nobody committed', () => {
    const { cluster, write } = abandoned(PROPOSE, 1)
    const read = cluster.get(1)
    cluster.settle()
    expect(cluster.value(read)).toBe(write)
    expect(cluster.story().filter((line) => line.startsWith('1>2'))).toEqual([
      '1>2 prepare',
      '1>2 propose',
      '1>2 commit',
      '1>2 prepare',
      '1>2 propose',
      '1>2 read',
    ])
    cluster.nodeAt(0).start()
    const late = cluster.get(0)
    cluster.settle()
    expect(cluster.value(late)).toBe(write)
  })

  it('keeps its version, whoever finishes it', () => {
    const { cluster, write } = abandoned(PROPOSE, 1)
    const first = cluster.get(1)
    cluster.settle()
    const { order, tie } = cluster.outcome(first)
    // Node 0 began to prepare at 0 and nobody had a clock that was ahead.
    expect([write, order, tie]).toEqual([0, 0, 0])
  })

  it('those who lack the latest commit are sent it, before anything new is proposed', () => {
    const cluster = new Serial()
    const write = cluster.set(INITIAL, 0)
    // Node 2 hears nothing of the commit.
    while (cluster.countSent((message) => message.kind === PROPOSE) === 0) cluster.run(MILLISECOND / 2)
    cluster.run(MILLISECOND)
    cluster.cut(0, 2)
    cluster.settle()
    cluster.heal()
    cluster.sent.splice(0)
    const next = cluster.set(write, 2)
    cluster.settle()
    expect(cluster.value(next)).toBe(next)
    expect(cluster.valuesOf(0)).toEqual([next, next, next])
    // Node 2 sends itself the commit, and finishes nothing again.
    expect(cluster.story().filter((line) => line.startsWith('2>1'))).toEqual([
      '2>1 prepare',
      '2>1 prepare',
      '2>1 read',
      '2>1 propose',
      '2>1 commit',
    ])
  })

  it('an empty proposal buries what a read has not found', () => {
    const cluster = new Serial({}, { zones: [3] })
    const write = cluster.set(INITIAL, 0)
    while (cluster.countSent((message) => message.kind === PROPOSE) === 0) cluster.run(MILLISECOND / 2)
    // Its proposal reaches nobody but node 0 itself.
    cluster.cut(0, 1)
    cluster.cut(0, 2)
    cluster.run(2 * SECOND)
    expect(cluster.answers.get(write)).toEqual({ reason: 'timeout', applied: 'unknown' })
    const early = cluster.get(1)
    cluster.run(SECOND)
    cluster.heal()
    const late = cluster.get(0)
    cluster.settle()
    expect([cluster.value(early), cluster.value(late)]).toEqual([INITIAL, INITIAL])
    expect(cluster.valuesOf(0)).toEqual([INITIAL, INITIAL, INITIAL])
  })

  it('without one it may come up later', () => {
    const cluster = new Serial()
    const write = cluster.set(INITIAL, 0)
    while (cluster.countSent((message) => message.kind === PROPOSE) === 0) cluster.run(MILLISECOND / 2)
    cluster.cut(0, 1)
    cluster.cut(0, 2)
    cluster.run(2 * SECOND)
    cluster.heal()
    const read = cluster.get(0)
    cluster.settle()
    expect(cluster.answers.get(write)).toEqual({ reason: 'timeout', applied: 'unknown' })
    expect(cluster.value(read)).toBe(write)
  })
})

describe('contention', () => {
  it('of several that build on one version at most one is done, and nobody is told a lie', () => {
    const told = { done: 0, conflict: 0, timeout: 0 }
    for (let seed = 1; seed <= 50; seed++) {
      const cluster = new Serial(
        {},
        { seed, delay: (from, to) => (1 + ((7 * from + 3 * to + seed) % 5)) * MILLISECOND },
      )
      const writes = [0, 1, 2].map((node) => cluster.set(INITIAL, node, { timeout: 10 * SECOND }))
      cluster.settle()
      const read = cluster.get(0)
      cluster.settle()
      const found = cluster.value(read)
      for (const write of writes) {
        const answer = cluster.answers.get(write)
        if (answer instanceof Outcome) {
          told.done++
          expect(found).toBe(write)
        } else {
          told[answer?.reason as 'conflict' | 'timeout']++
          if (answer?.applied === 'no') expect(found).not.toBe(write)
        }
      }
    }
    expect(told.done + told.conflict + told.timeout).toBe(150)
    expect(Math.min(told.done, told.conflict, told.timeout)).toBeGreaterThan(0)
  })

  it('who is pre-empted sleeps less than 100 ms and prepares a later ballot', () => {
    // Node 1's clock is ten seconds behind, so its first ballot is too early.
    const cluster = new Serial({}, { clock: (node, now) => (node === 1 ? now - 10 * SECOND : now) })
    cluster.run(5 * SECOND)
    const first = cluster.set(INITIAL, 0)
    cluster.settle()
    cluster.sent.splice(0)
    const begun = cluster.now
    const second = cluster.set(first, 1)
    cluster.settle()
    expect(cluster.value(second)).toBe(second)
    expect(cluster.outcome(second).order).toBeGreaterThan(cluster.outcome(first).order)
    const took = (cluster.answeredAt.get(second) as number) - begun
    expect(took).toBeGreaterThan(8 * MILLISECOND)
    expect(took).toBeLessThan(110 * MILLISECOND)
    expect(cluster.counts()).toMatchObject({ prepare: 4, propose: 2, commit: 2 })
  })

  it('what answers an earlier ballot does not count', () => {
    // Node 2's clock is ahead, and node 1 hears nothing of its ballot, which nodes 0 and 2 promise.
    let slowFrom = Number.POSITIVE_INFINITY
    const cluster: Serial = new Serial(
      { timeouts: { cas: '10s' } },
      {
        clock: (node, now) => (node === 2 ? now + 10 * SECOND : now),
        delay: (from, _to, { kind }): number => {
          if (from === 1 && kind === PREPARE + DONE && cluster.now > slowFrom) return 150 * MILLISECOND
          return (from === 0 && cluster.now > slowFrom ? 300 : 1) * MILLISECOND
        },
      },
    )
    cluster.cut(1, 2)
    cluster.get(2)
    cluster.settle()
    cluster.heal()
    cluster.sent.splice(0)
    slowFrom = cluster.now
    const write = cluster.set(INITIAL, 0, { timeout: 10 * SECOND })
    cluster.settle()
    expect(cluster.value(write)).toBe(write)
    // Node 1 promises the first ballot, which node 0 itself refuses, after 151 ms; the second one takes 300 ms to get anywhere.
    const reads = cluster.sent.filter(({ message }) => message.kind === messages.READ)
    expect((reads[0]?.at as number) - slowFrom).toBeGreaterThan(300 * MILLISECOND)
  })

  it('one that no majority can be had for ends after 1800 ms, certainly not done', () => {
    const cluster = new Serial()
    cluster.nodeAt(1).crash()
    cluster.nodeAt(2).crash()
    const write = cluster.set(INITIAL, 0, { timeout: 5 * SECOND })
    const read = cluster.get(0, { timeout: 5 * SECOND })
    cluster.settle()
    expect(cluster.answers.get(write)).toEqual({ reason: 'timeout', applied: 'no' })
    expect(cluster.answeredAt.get(write)).toBe(1800 * MILLISECOND)
    expect(cluster.answers.get(read)).toEqual({ reason: 'timeout', applied: 'no' })
    const own = new Serial({ timeouts: { cas: '300ms' } })
    own.nodeAt(1).crash()
    own.nodeAt(2).crash()
    const sooner = own.set(INITIAL, 0)
    own.settle()
    expect(own.answeredAt.get(sooner)).toBe(300 * MILLISECOND)
  })

  it('one whose proposal some accept and others refuse is told at once that nobody knows', () => {
    // What node 0 sends takes 10 ms: promises are back at 11 ms, what is read at 22 ms, and its proposal gets to the others at 32 ms.
    const cluster = new Serial({}, { delay: (from) => (from === 0 ? 10 : 1) * MILLISECOND })
    const write = cluster.set(INITIAL, 0)
    cluster.run(23 * MILLISECOND)
    cluster.cut(0, 1)
    const read = cluster.get(1)
    cluster.run(6 * MILLISECOND)
    cluster.heal()
    cluster.settle()
    expect(cluster.value(read)).toBe(INITIAL)
    expect(cluster.answers.get(write)).toEqual({ reason: 'timeout', applied: 'unknown' })
    expect(cluster.answeredAt.get(write)).toBe(33 * MILLISECOND)
    const late = cluster.get(0)
    cluster.settle()
    expect(cluster.value(late)).toBe(INITIAL)
  })

  it('one whose proposal all refuse begins again', () => {
    // As above, but node 0 hears of the later ballot before its own proposal comes to its turn.
    const cluster = new Serial(
      {},
      {
        delay: (from) => (from === 0 ? 10 : 1) * MILLISECOND,
        service: (node, { kind }) => (node === 0 && kind === PROPOSE ? 10 * MILLISECOND : 0),
      },
    )
    const write = cluster.set(INITIAL, 0)
    cluster.run(23 * MILLISECOND)
    const read = cluster.get(1)
    cluster.settle()
    expect(cluster.value(read)).toBe(INITIAL)
    expect(cluster.value(write)).toBe(write)
    expect(cluster.countSent(({ kind }) => kind === PROPOSE + PREEMPTED)).toBe(2)
    expect(cluster.valuesOf(0)).toEqual([write, write, write])
  })
})

describe('requests', () => {
  it('that come twice, and late, are done once', () => {
    const cluster = new Serial()
    deliverTwice(cluster)
    const write = cluster.set(INITIAL, 0)
    cluster.set(INITIAL, 0, { operation: write })
    cluster.settle()
    const next = cluster.set(write, 0)
    cluster.settle()
    cluster.takeTranscript()
    cluster.set(INITIAL, 0, { operation: write })
    cluster.settle()
    expect(cluster.takeTranscript()).toBe('')
    expect([cluster.value(write), cluster.value(next)]).toEqual([write, next])
    expect(cluster.valuesOf(0)).toEqual([next, next, next])
  })

  it('that are tried again elsewhere are answered as what they did', () => {
    const cluster = new Serial()
    const write = cluster.set(INITIAL, 0)
    cluster.settle()
    cluster.takeTranscript()
    cluster.set(INITIAL, 1, { operation: write, attempt: 1 })
    cluster.settle()
    expect(cluster.takeTranscript()).toMatch(/^[\d.]+ms node 1 answers 0$/)
    expect(cluster.valuesOf(0)).toEqual([write, write, write])
  })

  it('to full queues are refused, after a proposal as unknown', () => {
    const cluster = new Serial()
    cluster.nodeAt(1).overloaded = true
    cluster.nodeAt(2).overloaded = true
    const early = cluster.set(INITIAL, 0)
    cluster.settle()
    expect(cluster.answers.get(early)).toEqual({ reason: 'overloaded', applied: 'no' })
    cluster.nodeAt(1).overloaded = false
    cluster.nodeAt(2).overloaded = false
    const late = cluster.set(INITIAL, 0)
    while (cluster.countSent((message) => message.kind === COMMIT) === 0) cluster.run(MILLISECOND / 2)
    cluster.nodeAt(1).overloaded = true
    cluster.nodeAt(2).overloaded = true
    cluster.settle()
    expect(cluster.answers.get(late)).toEqual({ reason: 'overloaded', applied: 'unknown' })
  })

  it('survive a crash of an acceptor, which has kept its promises', () => {
    const cluster = new Serial()
    cluster.set(INITIAL, 0)
    cluster.settle()
    const latest = cluster.request({ kind: UPDATE, valueBytes: 100 }, 1)
    cluster.settle()
    for (const node of cluster.nodes) {
      node.crash()
      node.start()
    }
    const next = cluster.set(latest, 2)
    cluster.settle()
    expect(cluster.value(next)).toBe(next)
  })

  it('are answered by acceptors once their disks have what they say', () => {
    const cluster = new Serial()
    const waiting: (() => void)[] = []
    for (const node of cluster.nodes.slice(1)) {
      node.sync = (kind, argument) => waiting.push(() => node.running.onDurable(kind, argument))
    }
    const write = cluster.set(INITIAL, 0)
    for (const step of [PREPARE, PROPOSE, COMMIT]) {
      cluster.run(200 * MILLISECOND)
      expect(cluster.countSent(({ kind }) => kind === step)).toBe(2)
      expect(cluster.countSent(({ kind }) => kind === step + DONE)).toBe(0)
      for (const flush of waiting.splice(0)) flush()
    }
    cluster.run(MILLISECOND)
    expect(cluster.value(write)).toBe(write)
  })
})
