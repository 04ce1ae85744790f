/**
 * A node of a leaderless store: it keeps a copy of its keys, coordinates what clients ask of it, and hosts the mechanisms that its options
 * name. A write is acknowledged once it is durable. Whose a message or a timer is, its kind says (service.ts).
 */
import { assert } from '../../core/assert.js'
import type { Key, ProcessId } from '../../core/ids.js'
import type { Value } from '../../history/values.js'
import type { Message, Replica, ReplicaContext, Request } from '../replica.js'
import { Coordinators } from './coordinators.js'
import { valueIn } from './held.js'
import { LocalCopy } from './local-copy.js'
import { QuorumMessage, READ, REPAIR, WRITE } from './messages.js'
import type { QuorumOptions } from './quorum-options.js'
import type { QuorumPlacement } from './quorum-placement.js'
import { RANGE_SCAN, RangeMessage } from './range-messages.js'
import { FAMILY_BITS, RELAY, type Service } from './service.js'
import { VersionedStore } from './store.js'
import { Unacknowledged } from './unacknowledged.js'

/** All that has been written to the disk is durable; the argument is a slot of `Unacknowledged`. */
const STORED = 0

export class LeaderlessNode implements Replica<Message> {
  private readonly copy: LocalCopy
  private readonly unacknowledged = new Unacknowledged()
  private readonly coordinators: Coordinators
  /** By family; none where the options name none. */
  private readonly services: readonly (Service | undefined)[]

  constructor(
    private readonly context: ReplicaContext<Message>,
    private readonly options: QuorumOptions,
    placement: QuorumPlacement,
  ) {
    this.copy = new LocalCopy(context, new VersionedStore(context.disk))
    this.coordinators = new Coordinators(context, options, placement)
    this.services = []
  }

  onStart(): void {
    for (const service of this.services) service?.onStart()
  }

  onRequest(request: Request): void {
    assert(this.options.coordinator === 'node', 'nodes coordinate, or clients do, and never both.')
    this.coordinators.onRequest(request)
  }

  onMessage(from: ProcessId, message: Message): void {
    const { kind } = message
    if (kind === WRITE || kind === REPAIR) this.onWrite(from, message as QuorumMessage)
    else if (kind === READ) this.onRead(from, message as QuorumMessage)
    else if (kind >> FAMILY_BITS >= RELAY) this.serviceOf(kind).onMessage(from, message)
    else if (kind === RANGE_SCAN) this.context.send(from, RangeMessage.reply(message as RangeMessage))
    else this.coordinators.onAnswer(from, message as QuorumMessage)
  }

  onTimer(kind: number, argument: number): void {
    this.serviceOf(kind).onTimer(kind, argument)
  }

  onDurable(kind: number, argument: number): void {
    if (kind !== STORED) {
      this.serviceOf(kind).onDurable?.(kind, argument)
      return
    }
    const sender = this.unacknowledged.senderAt(argument)
    this.context.send(sender, QuorumMessage.acknowledgement(this.unacknowledged.take(argument)))
  }

  onOverload(from: ProcessId, message: Message): void {
    const { kind } = message
    if (kind === RANGE_SCAN) this.context.send(from, RangeMessage.refusal(message as RangeMessage))
    else if (kind >> FAMILY_BITS >= RELAY) this.serviceOf(kind).onOverload?.(from, message)
    else this.context.send(from, QuorumMessage.refusal(message as QuorumMessage))
  }

  isIdle(): boolean {
    return this.services.every((service) => service?.isIdle?.() ?? true)
  }

  valueOf(key: Key): Value {
    return valueIn(this.copy.store.held(key))
  }

  private serviceOf(kind: number): Service {
    const service = this.services[kind >> FAMILY_BITS]
    assert(service !== undefined, `messages and timers of kind ${kind} are of a mechanism that is on.`)
    return service
  }

  private onWrite(from: ProcessId, message: QuorumMessage): void {
    this.copy.apply(message.key, message, message.valueBytes)
    this.context.sync(STORED, this.unacknowledged.add(from, message))
  }

  private onRead(from: ProcessId, message: QuorumMessage): void {
    const { key } = message
    const { store } = this.copy
    this.context.send(from, QuorumMessage.readReply(message, store.held(key), store.order(key), store.tie(key)))
  }
}
