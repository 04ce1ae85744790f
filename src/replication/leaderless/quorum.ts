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
import { SIMPLE_OPERATIONS } from '../../history/operation-kinds.js'
import type { Value } from '../../history/values.js'
import type { Replica, ReplicaContext, Request, Strategy } from '../replica.js'
import { commitments } from '../replica.js'
import { Coordinator } from './coordinator.js'
import { valueIn, writerOf } from './held.js'
import { QuorumMessage, READ, REPAIR, WRITE } from './messages.js'
import { MAXIMUM_REPLICAS } from './pending.js'
import { type QuorumOptions, QuorumPlacement } from './quorum-placement.js'
import { VersionedStore } from './store.js'
import { Unacknowledged } from './unacknowledged.js'

/** All that has been written to the disk is durable; the argument is a slot of `Unacknowledged`. */
const STORED = 0

class QuorumReplica implements Replica<QuorumMessage> {
  private readonly store: VersionedStore
  private readonly unacknowledged = new Unacknowledged()
  private readonly coordinator: Coordinator

  constructor(
    private readonly context: ReplicaContext<QuorumMessage>,
    private readonly options: QuorumOptions,
    placement: QuorumPlacement,
  ) {
    this.store = new VersionedStore(context.disk)
    this.coordinator = new Coordinator(context, options, placement)
  }

  onStart(): void {}

  onRequest(request: Request): void {
    assert(this.options.coordinator === 'node', 'nodes coordinate, or clients do, and never both.')
    this.coordinator.onRequest(request)
  }

  onMessage(from: ProcessId, message: QuorumMessage): void {
    if (message.kind === WRITE || message.kind === REPAIR) this.onWrite(from, message)
    else if (message.kind === READ) this.onRead(from, message)
    else this.coordinator.onAnswer(from, message)
  }

  onTimer(): void {}

  onDurable(_kind: number, slot: number): void {
    const sender = this.unacknowledged.senderAt(slot)
    this.context.send(sender, QuorumMessage.acknowledgement(this.unacknowledged.take(slot)))
  }

  onOverload(from: ProcessId, message: QuorumMessage): void {
    this.context.send(from, QuorumMessage.refusal(message))
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
class QuorumClient implements Replica<QuorumMessage> {
  private readonly coordinator: Coordinator

  constructor(context: ReplicaContext<QuorumMessage>, options: QuorumOptions, placement: QuorumPlacement) {
    this.coordinator = new Coordinator(context, options, placement)
  }

  onStart(): void {}
  onTimer(): void {}
  onDurable(): void {}
  onOverload(): void {}

  onRequest(request: Request): void {
    this.coordinator.onRequest(request)
  }

  onMessage(from: ProcessId, message: QuorumMessage): void {
    this.coordinator.onAnswer(from, message)
  }

  valueOf(): Value {
    throw new Error('A client holds no values.')
  }
}

const wholeNumber = (least: number) => z.int().min(least)

export const quorum: Strategy<QuorumOptions, QuorumMessage> = {
  name: 'quorum',
  summary:
    'Every replica takes reads and writes; a write waits for W of N replicas, a read for R and repairs those behind, and the last write wins.',
  limits:
    'No hinted handoff or anti-entropy: a replica that missed a write stays behind until the key is written again or read through repair; increments, adds and removes are read-modify-writes, can lose updates and are done twice when retried.',
  options: z.strictObject({
    n: wholeNumber(1).max(MAXIMUM_REPLICAS).default(3),
    r: wholeNumber(1).default(2),
    w: wholeNumber(1).default(2),
    contact: z.enum(['all', 'quorum']).default('all'),
    repair: z.enum(['none', 'asynchronous', 'blocking']).default('asynchronous'),
    coordinator: z.enum(['node', 'client']).default('node'),
    vnodes: wholeNumber(1).max(1024).default(16),
  }),
  operations: SIMPLE_OPERATIONS,
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
