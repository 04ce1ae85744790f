/**
 * Log shipping by itself, under a replica that does nothing else: node 0 ships a log of operation ids, everybody else writes down
 * what it applies. Exactly once, in order, whatever is cut, crashes or is overloaded on the way.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { NodeId, OperationId } from '../../src/core/ids.js'
import { INITIAL, NO_OPERATION } from '../../src/core/ids.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { Log } from '../../src/replication/log-shipping/log.js'
import { RESEND_AFTER } from '../../src/replication/log-shipping/log-sender.js'
import { LogShipping } from '../../src/replication/log-shipping/log-shipping.js'
import type { BatchMessage, LogEntry, ShippingMessage, Snapshot } from '../../src/replication/log-shipping/messages.js'
import { ACKNOWLEDGEMENT, BATCH, ENTRY } from '../../src/replication/log-shipping/messages.js'
import type { OutgoingLog } from '../../src/replication/log-shipping/outgoing-log.js'
import { HEADER_BYTES } from '../../src/replication/message-bytes.js'
import type { Replica, ReplicaContext, Request, Strategy } from '../../src/replication/replica.js'
import { LEG_WRITE, LEG_WRITE_ACK, Outcome } from '../../src/replication/replica.js'
import type { Shape } from './fake-cluster.js'
import { FakeCluster } from './fake-cluster.js'

const LOG = 7

interface AppliedState extends Snapshot {
  readonly operations: readonly OperationId[]
}

/** Node 0 appends each request at once; the others keep what they apply in a disk cell, in the order of applying. */
class Shipper implements Replica<ShippingMessage<LogEntry, AppliedState>> {
  private readonly shipping: LogShipping<LogEntry, AppliedState>
  private readonly log: OutgoingLog<LogEntry, AppliedState> | null = null

  constructor(
    private readonly context: ReplicaContext<ShippingMessage<LogEntry, AppliedState>>,
    receivers: readonly NodeId[],
  ) {
    const applied = appliedBy(context)
    this.shipping = new LogShipping<LogEntry, AppliedState>(context, {
      onEntry: (_log, entry) => applied.push(entry.operation),
      onProgress: () => {},
      takeState: () => ({ operations: [...applied], keys: applied.length, bytes: 36 * applied.length }),
      onSnapshot: (_log, _origin, { operations }) => applied.splice(0, applied.length, ...operations) !== undefined,
    })
    if (context.id === 0) this.log = this.shipping.open(LOG, receivers)
    else this.shipping.follow(0, LOG)
  }

  onDurable(kind: number, argument: number): void {
    this.shipping.onDurable(kind, argument)
  }

  onStart(): void {
    this.shipping.onStart()
  }

  onRequest({ operation, attempt }: Request): void {
    const order = this.log?.append({ operation, attempt, bytes: 36 }) ?? 0
    this.context.reply(operation, new Outcome(operation, order, this.context.id))
  }

  onMessage(from: NodeId, message: ShippingMessage<LogEntry, AppliedState>): void {
    this.shipping.onMessage(from, message)
  }

  onTimer(kind: number, argument: number): void {
    this.shipping.onTimer(kind, argument)
  }

  onOverload(_from: NodeId, message: ShippingMessage<LogEntry, AppliedState>): void {
    this.shipping.onOverload(message)
  }

  valueOf(): number {
    return INITIAL
  }
}

const appliedBy = (context: Pick<ReplicaContext<never>, 'disk'>): OperationId[] =>
  context.disk.cell<OperationId[]>('applied', []).value

const shipper: Strategy<object, ShippingMessage<LogEntry, AppliedState>> = {
  name: 'shipper',
  summary: '',
  limits: '',
  options: z.strictObject({}),
  operations: [],
  promises: () => [],
  copies: () => 1,
  repairPeriod: () => RESEND_AFTER,
  place: (_options, world) => ({ replicas: () => world.zoneOf.map((_, node) => node), route: () => 0 }),
  create: (context, _options, placement) => new Shipper(context, placement.replicas(0).slice(1)),
}

const start = (shape: Shape) => new FakeCluster<object>(shipper as Strategy<object>, {}, shape)

/** 10 ms from node to node. */
const constant: Shape = { zones: [1, 1, 1], delay: () => 10 * MILLISECOND }

function append(cluster: FakeCluster<object>, count: number): void {
  for (let i = 0; i < count; i++) cluster.request({})
}

function appendEvery(cluster: FakeCluster<object>, period: number, count: number): void {
  for (let i = 0; i < count; i++) cluster.at(cluster.now + i * period, () => cluster.request({}))
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)
const batchesTo = (cluster: FakeCluster<object>, node: NodeId) =>
  cluster.sent.filter(({ message, to }) => message.kind === BATCH && to === node)

describe('a log', () => {
  it('gives back what was appended and not trimmed', () => {
    const command = fc.oneof(
      fc.record({ append: fc.integer({ min: 1, max: 200 }) }),
      fc.record({ trimTo: fc.double({ min: 0, max: 1, noNaN: true }) }),
    )
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
        const log = new Log<number>()
        const model: number[] = []
        let trimmed = 0
        for (const step of commands) {
          if ('append' in step) {
            for (let i = 0; i < step.append; i++) {
              model.push(1000 + model.length)
              expect(log.append(1000 + model.length - 1)).toBe(model.length)
            }
          } else {
            trimmed = Math.max(trimmed, Math.floor(step.trimTo * model.length))
            log.trim(trimmed)
          }
          expect(log.last).toBe(model.length)
          expect(log.from(trimmed + 1, 70)).toEqual(model.slice(trimmed, trimmed + 70))
          if (trimmed < model.length) expect(log.at(trimmed + 1)).toBe(model[trimmed])
          expect(() => log.at(trimmed)).toThrow('should always hold')
        }
      }),
      { seed: 1, numRuns: 100 },
    )
  })
})

describe('live', () => {
  it('sends each entry once, at once, on behalf of its operation, and acknowledges it likewise', () => {
    const cluster = start(constant)
    append(cluster, 3)
    cluster.run(10 * MILLISECOND)
    expect(cluster.nodeAt(0).timersSet).toBe(2)
    cluster.run(10 * MILLISECOND)
    expect(cluster.nodeAt(0).timersSet).toBe(0)
    cluster.settle()
    const toNode1 = cluster.sent.filter(({ to }) => to === 1).map(({ message }) => message)
    expect(toNode1.map(({ kind, operation, leg, bytes }) => [kind, operation, leg, bytes])).toEqual(
      [0, 1, 2].map((operation) => [ENTRY, operation, LEG_WRITE, HEADER_BYTES + 36]),
    )
    const fromNode1 = cluster.sent.filter(({ from }) => from === 1).map(({ message }) => message)
    expect(fromNode1.map(({ kind, operation, leg }) => [kind, operation, leg])).toEqual(
      [0, 1, 2].map((operation) => [ACKNOWLEDGEMENT, operation, LEG_WRITE_ACK]),
    )
    expect(cluster.sent).toHaveLength(12)
  })

  it('applies in the order of the log what arrives in another', () => {
    const delays = [50, 30, 40, 10, 20]
    const cluster = start({ zones: [2], delay: (_from, _to, { operation }) => (delays[operation] ?? 0) * MILLISECOND })
    append(cluster, 5)
    cluster.run(49 * MILLISECOND)
    expect(appliedBy(cluster.nodeAt(1))).toEqual([])
    cluster.run(1 * MILLISECOND)
    expect(appliedBy(cluster.nodeAt(1))).toEqual([0, 1, 2, 3, 4])
    cluster.settle()
    expect(batchesTo(cluster, 1)).toEqual([])
  })

  it('goes on over an overload: the gap is filled by one batch, and what had come early is not worked on again', () => {
    const cluster = start(constant)
    const receiver = cluster.nodeAt(1)
    append(cluster, 10)
    receiver.overloaded = true
    cluster.run(15 * MILLISECOND)
    receiver.overloaded = false
    append(cluster, 10)
    cluster.settle()
    expect(appliedBy(receiver)).toEqual(upTo(20))
    expect(batchesTo(cluster, 1)).toHaveLength(1)
    expect(receiver.workDone).toBe(20)
  })
})

describe('catching up', () => {
  it('costs one batch a period while the receiver is cut off, and nothing to the others', () => {
    const cluster = start(constant)
    cluster.cut(0, 1)
    appendEvery(cluster, 10 * MILLISECOND, 500)
    cluster.run(10 * SECOND + MILLISECOND)
    const batches = batchesTo(cluster, 1)
    expect(batches.map(({ at }) => at)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((second) => second * SECOND))
    expect(batches.every(({ message }) => message.operation === NO_OPERATION)).toBe(true)
    // Live for the first second, both ends included, then only batches.
    expect(cluster.countSent((message, _from, to) => message.kind === ENTRY && to === 1)).toBe(101)
    expect(appliedBy(cluster.nodeAt(2))).toEqual(upTo(500))
    expect(batchesTo(cluster, 2)).toEqual([])
    cluster.heal()
    cluster.settle()
    expect(appliedBy(cluster.nodeAt(1))).toEqual(upTo(500))
    expect(cluster.nodeAt(1).workDone).toBe(500)
  })

  it('doubles the batch with each acknowledgement', () => {
    const cluster = start(constant)
    cluster.cut(0, 1)
    append(cluster, 1000)
    cluster.run(500 * MILLISECOND)
    cluster.heal()
    cluster.settle()
    const sizes = batchesTo(cluster, 1).map(({ message }) => (message as BatchMessage<LogEntry>).entries.length)
    expect(sizes).toEqual([64, 128, 256, 512, 40])
    expect(batchesTo(cluster, 1)[0]?.message.bytes).toBe(64 * (HEADER_BYTES + 36))
  })

  it('is live again under a steady load', () => {
    const cluster = start(constant)
    cluster.cut(0, 1)
    appendEvery(cluster, MILLISECOND, 10_000)
    cluster.run(5 * SECOND)
    cluster.heal()
    cluster.run(2 * SECOND)
    const batchesSoFar = batchesTo(cluster, 1).length
    cluster.run(2 * SECOND)
    expect(batchesTo(cluster, 1)).toHaveLength(batchesSoFar)
    // What was appended up to 10 ms ago has arrived; entries are appended at whole milliseconds from 0.
    expect(appliedBy(cluster.nodeAt(1))).toHaveLength(9000 - 10 + 1)
    cluster.settle()
    expect(appliedBy(cluster.nodeAt(1))).toEqual(upTo(10_000))
  })

  it('needs no work where only acknowledgements were lost', () => {
    const cluster = start(constant)
    append(cluster, 5)
    cluster.run(10 * MILLISECOND)
    cluster.cut(0, 1)
    cluster.run(100 * MILLISECOND)
    cluster.heal()
    cluster.settle()
    expect(batchesTo(cluster, 1)).toHaveLength(1)
    expect(cluster.nodeAt(1).workDone).toBe(5)
    expect(appliedBy(cluster.nodeAt(1))).toEqual(upTo(5))
  })

  it('keeps entries until every receiver has acknowledged them', () => {
    const cluster = start(constant)
    const log = cluster.nodeAt(0).disk.part(`log ${LOG}`, () => new Log<LogEntry>())
    cluster.cut(0, 1)
    append(cluster, 200)
    cluster.run(SECOND)
    expect(log.at(1).operation).toBe(0)
    cluster.heal()
    cluster.run(SECOND + 20 * MILLISECOND)
    expect(() => log.at(64)).toThrow('should always hold')
    expect(log.at(65).operation).toBe(64)
    cluster.settle()
    expect(() => log.at(200)).toThrow('should always hold')
  })

  it('resumes from the acknowledged position after a crash of the origin', () => {
    const cluster = start(constant)
    append(cluster, 5)
    cluster.run(20 * MILLISECOND)
    append(cluster, 3)
    cluster.nodeAt(0).crash()
    cluster.run(SECOND)
    cluster.nodeAt(0).start()
    cluster.settle()
    const batches = batchesTo(cluster, 1).map(({ message }) => message as BatchMessage<LogEntry>)
    expect(batches.map(({ first, entries }) => [first, entries.length])).toEqual([[6, 3]])
    expect(appliedBy(cluster.nodeAt(1))).toEqual(upTo(8))
  })

  it('applies everything exactly once, in order, through cuts, crashes, overload and reordering', () => {
    const node = fc.nat({ max: 2 })
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ verb: fc.constant('append' as const), count: fc.integer({ min: 1, max: 90 }) }),
      },
      {
        weight: 4,
        arbitrary: fc.record({ verb: fc.constant('run' as const), milliseconds: fc.integer({ min: 1, max: 1500 }) }),
      },
      { weight: 2, arbitrary: fc.record({ verb: fc.constantFrom('cut' as const, 'overload' as const), node }) },
      { weight: 2, arbitrary: fc.record({ verb: fc.constantFrom('crash' as const, 'recover' as const), node }) },
    )
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 30 }), fc.integer(), (steps, seed) => {
        const delays = start(constant).random.fork(`delays ${seed}`)
        const cluster = start({
          zones: [3],
          delay: () => (1 + delays.below(100)) * MILLISECOND,
          service: () => delays.below(10) * MILLISECOND,
        })
        const recover = (of: NodeId) => {
          const subject = cluster.nodeAt(of)
          subject.overloaded = false
          if (subject.replica === null) subject.start()
        }
        for (const action of steps) {
          if (action.verb === 'append') append(cluster, action.count)
          else if (action.verb === 'run') cluster.run(action.milliseconds * MILLISECOND)
          else if (action.verb === 'cut') cluster.cut(0, action.node)
          else if (action.verb === 'overload') cluster.nodeAt(action.node).overloaded = true
          else if (action.verb === 'crash') cluster.nodeAt(action.node).crash()
          else recover(action.node)
          if (action.verb === 'recover') cluster.heal()
        }
        for (const of of [0, 1, 2]) recover(of)
        cluster.heal()
        cluster.settle()
        // Requests made while node 0 was down were never answered and are not in the log.
        const logged = [...cluster.answers.keys()]
        expect(appliedBy(cluster.nodeAt(1))).toEqual(logged)
        expect(appliedBy(cluster.nodeAt(2))).toEqual(logged)
      }),
      { seed: 2, numRuns: 60 },
    )
  })
})
