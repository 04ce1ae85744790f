/**
 * Leaderless replication with N, W and R (Gifford 1979; DeCandia et al. 2007): every replica takes reads and writes, a coordinator waits
 * for enough of them, and reads repair replicas that have fallen behind. If R + W > N, every read meets the last
 * acknowledged write, whatever the weather, as long as disks keep what was acknowledged: a replica acknowledges once it is durable.
 *
 * What it promises of convergence. In fair weather every write reaches all its replicas. Under faults, a key is equal
 * everywhere once it is read, by a read that asks all replicas, after what the last fault held up has arrived: what anybody holds
 * of the key is then known to the coordinator or on its way to all. A key that is only written is not, for a write stamped by
 * a slow clock loses against a version that one replica alone holds. Both need that nothing is lost afterwards: no full
 * queue, no lossy datagrams, no answer later than the client's timeout. A replica that lost its disk comes back empty and
 * is refilled by reads. Left out: hinted handoff, anti-entropy, siblings and sloppy quorums.
 */
import { z } from 'zod'
import { assert } from '../../core/assert.js'
import type { Key, ProcessId } from '../../core/ids.js'
import type { World } from '../../core/world.js'
import { SCAN, UNCONDITIONAL_OPERATIONS } from '../../history/operation-kinds.js'
import type { Value } from '../../history/values.js'
import type { Replica, ReplicaContext, Request, Strategy } from '../replica.js'
import { commitments } from '../replica.js'
import { Coordinator } from './coordinator.js'
import { valueIn, writerOf } from './held.js'
import { QuorumMessage, READ, REPAIR, WRITE } from './messages.js'
import { MAXIMUM_REPLICAS } from './pending.js'
import { type QuorumOptions, QuorumPlacement } from './quorum-placement.js'
import { RANGE_SCAN, RangeMessage } from './range-messages.js'
import { ScanCoordinator } from './scan-coordinator.js'
import { VersionedStore } from './store.js'
import { Unacknowledged } from './unacknowledged.js'

/** All that has been written to the disk is durable; the argument is a slot of `Unacknowledged`. */
const STORED = 0

type LeaderlessMessage = QuorumMessage | RangeMessage

/** What coordinates, on a node or in a client's process. */
class Coordinators {
  private readonly ofKeys: Coordinator
  private readonly ofScans: ScanCoordinator

  constructor(context: ReplicaContext<LeaderlessMessage>, options: QuorumOptions, placement: QuorumPlacement) {
    this.ofKeys = new Coordinator(context, options, placement)
    this.ofScans = new ScanCoordinator(context, options, placement)
  }

  onRequest(request: Request): void {
    if (request.kind === SCAN) this.ofScans.onRequest(request)
    else this.ofKeys.onRequest(request)
  }

  onAnswer(from: ProcessId, message: LeaderlessMessage): void {
    if (message.kind >= RANGE_SCAN) this.ofScans.onAnswer(from, message as RangeMessage)
    else this.ofKeys.onAnswer(from, message as QuorumMessage)
  }
}

class QuorumReplica implements Replica<LeaderlessMessage> {
  private readonly store: VersionedStore
  private readonly unacknowledged = new Unacknowledged()
  private readonly coordinators: Coordinators

  constructor(
    private readonly context: ReplicaContext<LeaderlessMessage>,
    private readonly options: QuorumOptions,
    placement: QuorumPlacement,
  ) {
    this.store = new VersionedStore(context.disk)
    this.coordinators = new Coordinators(context, options, placement)
  }

  onStart(): void {}

  onRequest(request: Request): void {
    assert(this.options.coordinator === 'node', 'nodes coordinate, or clients do, and never both.')
    this.coordinators.onRequest(request)
  }

  onMessage(from: ProcessId, message: LeaderlessMessage): void {
    const { kind } = message
    if (kind === WRITE || kind === REPAIR) this.onWrite(from, message as QuorumMessage)
    else if (kind === READ) this.onRead(from, message as QuorumMessage)
    else if (kind === RANGE_SCAN) this.context.send(from, RangeMessage.reply(message as RangeMessage))
    else this.coordinators.onAnswer(from, message)
  }

  onTimer(): void {}

  onDurable(_kind: number, slot: number): void {
    const sender = this.unacknowledged.senderAt(slot)
    this.context.send(sender, QuorumMessage.acknowledgement(this.unacknowledged.take(slot)))
  }

  onOverload(from: ProcessId, message: LeaderlessMessage): void {
    const isRange = message.kind === RANGE_SCAN
    const refusal = isRange
      ? RangeMessage.refusal(message as RangeMessage)
      : QuorumMessage.refusal(message as QuorumMessage)
    this.context.send(from, refusal)
  }

  valueOf(key: Key): Value {
    return valueIn(this.store.held(key))
  }

  private onWrite(from: ProcessId, message: QuorumMessage): void {
    this.store.put(message.key, message.held, message.order, message.tie)
    this.context.applied(writerOf(message.held))
    this.context.sync(STORED, this.unacknowledged.add(from, message))
  }

  private onRead(from: ProcessId, message: QuorumMessage): void {
    const { key } = message
    const reply = QuorumMessage.readReply(message, this.store.held(key), this.store.order(key), this.store.tie(key))
    this.context.send(from, reply)
  }
}

/** The coordinator alone, in the client's process. */
class QuorumClient implements Replica<LeaderlessMessage> {
  private readonly coordinators: Coordinators

  constructor(context: ReplicaContext<LeaderlessMessage>, options: QuorumOptions, placement: QuorumPlacement) {
    this.coordinators = new Coordinators(context, options, placement)
  }

  onStart(): void {}
  onTimer(): void {}
  onDurable(): void {}
  onOverload(): void {}

  onRequest(request: Request): void {
    this.coordinators.onRequest(request)
  }

  onMessage(from: ProcessId, message: LeaderlessMessage): void {
    this.coordinators.onAnswer(from, message)
  }

  valueOf(): Value {
    throw new Error('A client holds no values.')
  }
}

const wholeNumber = (least: number) => z.int().min(least)

export const quorum: Strategy<QuorumOptions, LeaderlessMessage> = {
  name: 'quorum',
  summary:
    'Every replica takes reads and writes; a write waits for W of N replicas, a read for R and repairs those behind, and the last write wins.',
  limits:
    'No hinted handoff or anti-entropy: a replica that missed a write stays behind until the key is written again or read through repair; increments, adds and removes are read-modify-writes, can lose updates and are done twice when retried; fields that are written one by one have versions of their own, and a delete removes only the field by which it is judged; scans repair nobody.',
  options: z.strictObject({
    n: wholeNumber(1).max(MAXIMUM_REPLICAS).default(3),
    r: wholeNumber(1).default(2),
    w: wholeNumber(1).default(2),
    contact: z.enum(['all', 'quorum']).default('all'),
    repair: z.enum(['none', 'asynchronous', 'blocking']).default('asynchronous'),
    coordinator: z.enum(['node', 'client']).default('node'),
    vnodes: wholeNumber(1).max(1024).default(16),
  }),
  operations: UNCONDITIONAL_OPERATIONS,
  isCellWise: () => true,
  check: ({ n, r, w }: QuorumOptions, world: World) => {
    const nodes = world.zoneOf.length
    if (n > nodes) return `n: ${n} exceeds the ${nodes} nodes of the topology`
    const excessive = [...(r > n ? [`r: ${r}`] : []), ...(w > n ? [`w: ${w}`] : [])]
    if (excessive.length === 0) return undefined
    return `${excessive.join(' and ')} ${excessive.length > 1 ? 'exceed' : 'exceeds'} n: ${n}`
  },
  promises: ({ n, r, w, contact, repair }) => [
    ...commitments('fair weather', 'converges'),
    ...(r + w > n ? commitments('faults that keep disks', 'no-stale-reads') : []),
    ...(contact === 'all' && repair !== 'none'
      ? commitments('faults that spare one disk of each key', 'converges-when-used')
      : []),
  ],
  copies: (options) => options.n,
  readAnswers: (options) => options.r,
  repairPeriod: () => 0,
  place: (options, world, random) => new QuorumPlacement(options, world, random),
  create: (context, options, placement) => new QuorumReplica(context, options, placement as QuorumPlacement),
  createClient: (context, options, placement) =>
    options.coordinator === 'client' ? new QuorumClient(context, options, placement as QuorumPlacement) : undefined,
}
