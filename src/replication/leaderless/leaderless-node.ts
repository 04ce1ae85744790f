/**
 * A node of a leaderless store: it keeps a copy of its keys, coordinates what clients ask of it, and hosts the mechanisms that its options
 * name. A write is acknowledged once it is durable, or with `flush` once it is written. Whose a message or a timer is, its kind says (service.ts).
 */
import { assert } from '../../core/assert.js'
import type { Key, ProcessId } from '../../core/ids.js'
import type { World } from '../../core/world.js'
import type { Value } from '../../history/values.js'
import type { Message, Replica, ReplicaContext, Request } from '../replica.js'
import { Coordinators } from './coordinators.js'
import { Forwarding } from './forwarding.js'
import { clockBytesOf, valueIn } from './held.js'
import { type Mechanisms, mechanismsOf } from './mechanisms.js'
import { LOCAL_TURN, QuorumMessage, READ, READ_REPLY, READ_VERSION, REPAIR, WRITE, WRITE_ACK } from './messages.js'
import { Paxos } from './paxos/paxos.js'
import { usesPaxos } from './paxos/serial-options.js'
import type { QuorumOptions } from './quorum-options.js'
import type { QuorumPlacement } from './quorum-placement.js'
import { RANGE_SCAN, RangeMessage } from './range-messages.js'
import { Relay } from './relay.js'
import { COORDINATION, FAMILY_BITS, FORWARDING, PAXOS, RELAY, type Service } from './service.js'
import { Unacknowledged } from './unacknowledged.js'
import { isNothing, NOTHING_HELD } from './versioned.js'

/** All that has been written to the disk is durable; the argument is a slot of `Unacknowledged`. */
const STORED = 0
/** The same of a coordinator's turn at its own copy; the argument is the operation. */
const TURN_STORED = 1

export class LeaderlessNode implements Replica<Message> {
  private readonly parts: Mechanisms
  private readonly unacknowledged = new Unacknowledged<QuorumMessage>()
  private readonly coordinators: Coordinators
  private readonly forwarding: Forwarding | null
  /** By family; none where the options name none. */
  private readonly services: readonly (Service | undefined)[]

  constructor(
    private readonly context: ReplicaContext<Message>,
    private readonly options: QuorumOptions,
    private readonly placement: QuorumPlacement,
    world: World,
  ) {
    this.parts = mechanismsOf(context, options, placement, world)
    const { versions, maker, copy, detector, hints, services } = this.parts
    const coordination = { context, options, placement, versions, maker, detector, hints, copy }
    const paxos = usesPaxos(options) ? new Paxos(coordination, copy) : null
    if (paxos !== null) services[PAXOS] = paxos
    this.coordinators = new Coordinators(coordination, paxos)
    if (options.relay === true) services[RELAY] = new Relay(context, (from, write) => this.onWrite(from, write))
    this.forwarding =
      options.forward === undefined && !maker.needsCopy
        ? null
        : new Forwarding({ context, options, placement, detector }, (request, from) =>
            this.coordinators.onRequest(request, from),
          )
    if (this.forwarding !== null) services[FORWARDING] = this.forwarding
    this.services = services
  }

  onStart(): void {
    for (const service of this.services) service?.onStart()
  }

  onRequest(request: Request): void {
    assert(this.options.coordinator === 'node', 'nodes coordinate, or clients do, and never both.')
    if (this.forwarding === null || !this.forwarding.handsOn(request)) this.coordinators.onRequest(request)
  }

  onMessage(from: ProcessId, message: Message): void {
    const { kind } = message
    if (kind === WRITE_ACK || kind === READ_REPLY) this.coordinators.ofKeys.onAnswer(from, message as QuorumMessage)
    else if (kind === WRITE || kind === REPAIR) this.onWrite(from, message as QuorumMessage)
    else if (kind === READ || kind === READ_VERSION) this.onRead(from, message as QuorumMessage)
    else if (kind === LOCAL_TURN) this.onLocalTurn(message as QuorumMessage)
    else if (kind >> FAMILY_BITS >= RELAY) this.serviceOf(kind).onMessage(from, message)
    else if (kind === RANGE_SCAN) this.context.send(from, RangeMessage.reply(message as RangeMessage))
    else this.coordinators.onAnswer(from, message as QuorumMessage)
  }

  onTimer(kind: number, argument: number): void {
    if (kind >> FAMILY_BITS === COORDINATION) this.coordinators.ofKeys.onTimer(kind, argument)
    else this.serviceOf(kind).onTimer(kind, argument)
  }

  onDurable(kind: number, argument: number): void {
    if (kind === STORED) {
      const sender = this.unacknowledged.senderAt(argument)
      this.context.send(sender, QuorumMessage.acknowledgement(this.unacknowledged.take(argument)))
    } else if (kind === TURN_STORED) this.coordinators.ofKeys.onStored(argument)
    else this.serviceOf(kind).onDurable?.(kind, argument)
  }

  onOverload(from: ProcessId, message: Message): void {
    const { kind } = message
    if (kind === RANGE_SCAN) this.context.send(from, RangeMessage.refusal(message as RangeMessage))
    else if (kind >> FAMILY_BITS >= RELAY) this.serviceOf(kind).onOverload?.(from, message)
    else this.context.send(from, QuorumMessage.refusal(message as QuorumMessage))
  }

  onConnectionRefused(to: ProcessId, message: Message): void {
    this.parts.detector.missed(to)
    if (message.kind >> FAMILY_BITS === FORWARDING) this.forwarding?.onConnectionRefused(message)
  }

  isIdle(): boolean {
    return this.services.every((service) => service?.isIdle?.() ?? true)
  }

  valueOf(key: Key): Value {
    return valueIn(this.parts.copy.store.held(key))
  }

  holdsNothing(key: Key): boolean {
    const { store } = this.parts.copy
    return isNothing(store.held(key), store.order(key), this.placement.isLoaded(key))
  }

  metadataBytes(key: Key): number | undefined {
    return clockBytesOf(this.parts.copy.store.held(key))
  }

  private serviceOf(kind: number): Service {
    const service = this.services[kind >> FAMILY_BITS]
    assert(service !== undefined, `messages and timers of kind ${kind} are of a mechanism that is on.`)
    return service
  }

  private onWrite(from: ProcessId, message: QuorumMessage): void {
    this.parts.copy.apply(message.key, message, message.valueBytes)
    this.context.sync(STORED, this.unacknowledged.add(from, message))
  }

  private onLocalTurn(message: QuorumMessage): void {
    if (this.coordinators.ofKeys.onLocalTurn(message)) this.context.sync(TURN_STORED, message.operation)
  }

  private onRead(from: ProcessId, message: QuorumMessage): void {
    const { key } = message
    const { hints, copy } = this.parts
    // A node that stands in for a replica answers with what it keeps for it.
    if (hints !== null && !this.placement.holds(this.context.id, key)) {
      const { held, order, tie } = hints.versionOf(key) ?? NOTHING_HELD
      this.context.send(from, QuorumMessage.readReply(message, held, order, tie))
      return
    }
    const { store } = copy
    this.context.send(from, QuorumMessage.readReply(message, store.held(key), store.order(key), store.tie(key)))
  }
}
