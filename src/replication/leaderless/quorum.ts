/**
 * Leaderless replication with N, W and R (Gifford 1979; DeCandia et al. 2007): every replica takes reads and writes, a coordinator waits
 * for enough of them. If R + W > N, every read meets the last acknowledged write. Left out for now: read repair, hinted
 * handoff, anti-entropy, siblings and sloppy quorums.
 */
import { z } from 'zod'
import type { Key, ProcessId } from '../../core/ids.js'
import type { World } from '../../core/world.js'
import { OPERATION_NAMES } from '../../history/operation-kinds.js'
import type { Value } from '../../history/values.js'
import type { Replica, ReplicaContext, Request, Strategy } from '../replica.js'
import { commitments } from '../replica.js'
import { Coordinator } from './coordinator.js'
import { QuorumMessage, READ, WRITE } from './messages.js'
import { type QuorumOptions, QuorumPlacement } from './quorum-placement.js'
import { VersionedStore } from './store.js'

class QuorumReplica implements Replica<QuorumMessage> {
  private readonly store: VersionedStore
  private readonly coordinator: Coordinator

  constructor(
    private readonly context: ReplicaContext<QuorumMessage>,
    options: QuorumOptions,
    placement: QuorumPlacement,
  ) {
    this.store = new VersionedStore(context.disk)
    this.coordinator = new Coordinator(context, options, placement)
  }

  onStart(): void {}

  onRequest(request: Request): void {
    this.coordinator.onRequest(request)
  }

  onMessage(from: ProcessId, message: QuorumMessage): void {
    if (message.kind === WRITE) this.onWrite(from, message)
    else if (message.kind === READ) this.onRead(from, message)
    else this.coordinator.onAnswer(message)
  }

  onTimer(): void {}

  onDurable(): void {}

  onOverload(from: ProcessId, message: QuorumMessage): void {
    this.context.send(from, QuorumMessage.refused(message))
  }

  valueOf(key: Key): Value {
    return this.store.value(key)
  }

  private onWrite(from: ProcessId, message: QuorumMessage): void {
    this.store.put(message.key, message.value, message.order, message.tie)
    this.context.applied(message.operation)
    this.context.send(from, QuorumMessage.writeAck(message))
  }

  private onRead(from: ProcessId, message: QuorumMessage): void {
    const { key } = message
    const reply = QuorumMessage.readReply(message, this.store.value(key), this.store.order(key), this.store.tie(key))
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

  onMessage(_from: ProcessId, message: QuorumMessage): void {
    this.coordinator.onAnswer(message)
  }

  valueOf(): Value {
    throw new Error('A client holds no values.')
  }
}

const wholeNumber = (least: number) => z.int().min(least)

export const quorum: Strategy<QuorumOptions, QuorumMessage> = {
  name: 'quorum',
  summary:
    'Every replica takes reads and writes; a write waits for W of N replicas, a read for R, and the last write wins.',
  limits:
    'No read repair, hinted handoff or anti-entropy yet: a replica that missed a write stays behind; increments, adds and removes are read-modify-writes and can lose updates.',
  options: z.strictObject({
    n: wholeNumber(1).default(3),
    r: wholeNumber(1).default(2),
    w: wholeNumber(1).default(2),
    contact: z.enum(['all', 'quorum']).default('all'),
    coordinator: z.enum(['node', 'client']).default('node'),
    vnodes: wholeNumber(1).max(1024).default(16),
  }),
  operations: OPERATION_NAMES,
  check: ({ n, r, w }: QuorumOptions, world: World) => {
    const nodes = world.zoneOf.length
    if (n > nodes) return `n: ${n} exceeds the ${nodes} nodes of the topology`
    if (r > n) return `r: ${r} exceeds n: ${n}`
    if (w > n) return `w: ${w} exceeds n: ${n}`
    return undefined
  },
  promises: ({ n, r, w }) => (r + w > n ? commitments('fair weather', 'no-stale-reads') : []),
  copies: (options) => options.n,
  readAnswers: (options) => options.r,
  repairPeriod: () => 0,
  place: (options, world, random) => new QuorumPlacement(options, world, random),
  create: (context, options, placement) => new QuorumReplica(context, options, placement as QuorumPlacement),
  createClient: (context, options, placement) =>
    options.coordinator === 'client' ? new QuorumClient(context, options, placement as QuorumPlacement) : undefined,
}
