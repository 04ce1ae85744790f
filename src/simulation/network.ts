/**
 * The network: a message's delay is fixed when it is sent, from the law of its link and leg at the quantile that its name
 * gives (random.ts, `Dice`), so a link is no pipe that holds one message at a time and an extra message moves nobody else's delay.
 * Cuts are checked at sending and at delivery.
 *
 * Over `tcp` a connection keeps order; a lost segment is sent again after 200 ms, doubling, and holds up what follows (RFC
 * 6298, without its estimate of the round trip); after 30 s without success the connection is reset and what it held is gone.
 * Over `datagram` delays are independent and loss is loss. Congestion control and handshakes are not modelled.
 *
 * Conservation: sent = delivered + lost + cut + arrived at a dead process + refused + in flight.
 */
import { assert } from '../core/assert.js'
import type { Nanos, ProcessId, ZoneId } from '../core/ids.js'
import { NO_OPERATION } from '../core/ids.js'
import type { Dice, RandomStream } from '../core/random.js'
import { MILLISECOND, SECOND } from '../core/units.js'
import type { QuantileTable } from '../distributions/quantile-table.js'
import type { Message } from '../replication/replica.js'
import type { OperationDice } from './operation-dice.js'
import type { EventHandler, Simulation } from './simulation.js'

const FIRST_RETRANSMISSION: Nanos = 200 * MILLISECOND
const RESET_AFTER: Nanos = 30 * SECOND
/** 200 ms doubled this often is the last wait within the 30 s; a segment lost more often resets its connection. */
const MAXIMUM_LOSSES = 7
/** Pairs of processes must fit beside leg and attempt in 32 bits. */
const MAXIMUM_PAIRS = 1 << 21

export interface LinkModel {
  /** Delay tables by leg. */
  readonly delays: readonly QuantileTable[]
  readonly loss: number
  /** Bytes per nanosecond; Infinity without limit. */
  readonly bandwidth: number
  readonly ordered: boolean
}

/** Whoever can be sent to: a node or a client. */
export interface Receiver {
  readonly zone: ZoneId
  /** False while the process is down. */
  readonly up: boolean
  /** Counts its lives: what was sent to an earlier one does not arrive. */
  readonly incarnation: number
  /** Takes a message in; false if it is turned away for want of room. */
  receive(from: ProcessId, message: Message): boolean
  /** A message could not be delivered because the process at `to` is down and its host said so. */
  onConnectionRefused(to: ProcessId, message: Message): void
}

export interface NetworkCounters {
  sent: number
  delivered: number
  lost: number
  cut: number
  dead: number
  refused: number
  bytes: number
  wanBytes: number
  /** Segments sent again by tcp; not messages. */
  retransmissions: number
}

/** A connection that waits for a lost segment: what it holds arrives, in order, once a retransmission gets through. */
interface Stall {
  readonly from: ProcessId
  readonly to: ProcessId
  readonly since: Nanos
  wait: Nanos
  flushing: boolean
  readonly held: { readonly message: Message; readonly incarnation: number }[]
}

// Event kinds; the receiver's incarnation is packed above them.
const DELIVER = 0
const DELIVER_LOST = 1
const RETRANSMIT = 2
const FLUSH = 3
const CONNECTION_REFUSED = 4
const KINDS = 8

export class Network implements EventHandler {
  readonly counters: NetworkCounters = {
    sent: 0,
    delivered: 0,
    lost: 0,
    cut: 0,
    dead: 0,
    refused: 0,
    bytes: 0,
    wanBytes: 0,
    retransmissions: 0,
  }
  inFlight = 0
  private readonly handler: number
  private readonly receivers: Receiver[] = []
  private readonly delayDice: Dice
  private readonly lossDice: Dice
  private readonly backgroundDice: Dice
  /** Messages sent so far between each pair of processes without an operation, which name their delays. */
  private readonly backgroundCounts: Int32Array
  private readonly processes: number
  /** Cuts in force from zone to zone; more than one fault may cut the same pair. */
  private readonly cuts: Int32Array
  private readonly freeAt: Float64Array
  private lastDelivery: Float64Array
  private readonly stalls = new Map<number, Stall>()

  constructor(
    private readonly simulation: Simulation,
    private readonly links: readonly (readonly LinkModel[])[],
    private readonly nodes: number,
    private readonly operationDice: OperationDice,
    random: RandomStream,
  ) {
    this.handler = simulation.register(this)
    this.delayDice = random.dice('delay')
    this.lossDice = random.dice('loss')
    this.backgroundDice = random.dice('background delay')
    this.processes = nodes + links.length
    assert(this.processes * this.processes <= MAXIMUM_PAIRS, 'nodes and zones number at most 1,448 together.')
    this.backgroundCounts = new Int32Array(this.processes * this.processes)
    this.cuts = new Int32Array(links.length * links.length)
    this.freeAt = new Float64Array(links.length * links.length)
    this.lastDelivery = new Float64Array(nodes * nodes + 2 * nodes * 64)
  }

  /** Processes join in the order of their ids: all nodes, then clients as they open. */
  join(receiver: Receiver): ProcessId {
    this.receivers.push(receiver)
    return this.receivers.length - 1
  }

  send(from: ProcessId, to: ProcessId, message: Message): void {
    const fromZone = (this.receivers[from] as Receiver).zone
    const receiver = this.receivers[to] as Receiver
    const pair = fromZone * this.links.length + receiver.zone
    const link = (this.links[fromZone] as readonly LinkModel[])[receiver.zone] as LinkModel
    this.counters.sent++
    this.counters.bytes += message.bytes
    if (fromZone !== receiver.zone) this.counters.wanBytes += message.bytes
    const isCut = this.cuts[pair] !== 0
    if (isCut && !link.ordered) {
      this.counters.cut++
      return
    }
    const name = this.nameOf(from, to, message)
    let at = this.simulation.now + this.delayOf(link, message, name, from, to) + this.transmission(link, pair, message)
    if (link.loss > 0) {
      const losses = this.segmentsLost(link, name, from, to, message)
      if (losses > (link.ordered ? MAXIMUM_LOSSES : 0)) {
        this.counters.lost++
        return
      }
      this.counters.retransmissions += losses
      at += FIRST_RETRANSMISSION * ((1 << losses) - 1)
    }
    if (link.ordered) at = this.inOrder(from, to, at)
    this.inFlight++
    const kind = isCut ? DELIVER_LOST : DELIVER
    this.simulation.schedule(at, this.handler, kind + KINDS * receiver.incarnation, from, to, message)
  }

  onEvent(kind: number, from: number, to: number, payload: unknown): void {
    switch (kind % KINDS) {
      case DELIVER:
        this.arrive(from, to, payload as Message, Math.floor(kind / KINDS), false)
        return
      case DELIVER_LOST:
        this.arrive(from, to, payload as Message, Math.floor(kind / KINDS), true)
        return
      case RETRANSMIT:
        this.retransmit(payload as Stall)
        return
      case FLUSH:
        this.flush(payload as Stall)
        return
      case CONNECTION_REFUSED:
        ;(this.receivers[to] as Receiver).onConnectionRefused(from, payload as Message)
        return
    }
  }

  cut(fromZone: ZoneId, toZone: ZoneId): void {
    this.addCut(fromZone, toZone, 1)
  }

  heal(fromZone: ZoneId, toZone: ZoneId): void {
    this.addCut(fromZone, toZone, -1)
  }

  private addCut(fromZone: ZoneId, toZone: ZoneId, change: number): void {
    const pair = fromZone * this.links.length + toZone
    this.cuts[pair] = (this.cuts[pair] as number) + change
    assert((this.cuts[pair] as number) >= 0, 'a link is healed as often as it was cut.')
  }

  private isCut(from: ProcessId, to: ProcessId): boolean {
    const pair = (this.receivers[from] as Receiver).zone * this.links.length + (this.receivers[to] as Receiver).zone
    return this.cuts[pair] !== 0
  }

  private arrive(from: ProcessId, to: ProcessId, message: Message, incarnation: number, wasLost: boolean): void {
    if (this.stalls.size > 0 || wasLost || this.isCut(from, to)) {
      if (this.holdUp(from, to, message, incarnation, wasLost)) return
    }
    this.deliver(from, to, message, incarnation)
  }

  private deliver(from: ProcessId, to: ProcessId, message: Message, incarnation: number): void {
    this.inFlight--
    const receiver = this.receivers[to] as Receiver
    if (!receiver.up || receiver.incarnation !== incarnation) {
      this.counters.dead++
      this.answerForDead(from, to, message)
    } else if (receiver.receive(from, message)) {
      this.counters.delivered++
    } else {
      this.counters.refused++
    }
  }

  /** The host of a crashed process answers for it, after the delay back. */
  private answerForDead(from: ProcessId, to: ProcessId, message: Message): void {
    const sender = this.receivers[from] as Receiver
    if (!sender.up || this.isCut(to, from)) return
    const link = (this.links[(this.receivers[to] as Receiver).zone] as readonly LinkModel[])[sender.zone] as LinkModel
    const delay = (link.delays[message.leg] as QuantileTable).median
    this.simulation.schedule(this.simulation.now + delay, this.handler, CONNECTION_REFUSED, to, from, message)
  }

  /** What becomes of a message that meets a cut or a stalled connection; false if neither concerns it. */
  private holdUp(from: ProcessId, to: ProcessId, message: Message, incarnation: number, wasLost: boolean): boolean {
    const connection = this.connectionOf(from, to)
    const stall = this.stalls.get(connection)
    const isCut = wasLost || this.isCut(from, to)
    if (stall === undefined && !isCut) return false
    const link = this.linkOf(from, to)
    if (!link.ordered) {
      this.inFlight--
      this.counters.cut++
      return true
    }
    if (stall !== undefined) {
      stall.held.push({ message, incarnation })
      return true
    }
    const fresh: Stall = {
      from,
      to,
      since: this.simulation.now,
      wait: FIRST_RETRANSMISSION,
      flushing: false,
      held: [{ message, incarnation }],
    }
    this.stalls.set(connection, fresh)
    this.scheduleStall(fresh, RETRANSMIT, fresh.wait)
    return true
  }

  private retransmit(stall: Stall): void {
    this.counters.retransmissions++
    if (!this.isCut(stall.from, stall.to)) {
      const delay = (this.linkOf(stall.from, stall.to).delays[0] as QuantileTable).median
      this.scheduleStall(stall, FLUSH, delay)
      return
    }
    if (this.simulation.now - stall.since >= RESET_AFTER) {
      this.stalls.delete(this.connectionOf(stall.from, stall.to))
      this.inFlight -= stall.held.length
      this.counters.cut += stall.held.length
      return
    }
    stall.wait *= 2
    this.scheduleStall(stall, RETRANSMIT, stall.wait)
  }

  private flush(stall: Stall): void {
    if (this.isCut(stall.from, stall.to)) {
      this.scheduleStall(stall, RETRANSMIT, stall.wait)
      return
    }
    this.stalls.delete(this.connectionOf(stall.from, stall.to))
    for (const { message, incarnation } of stall.held) this.deliver(stall.from, stall.to, message, incarnation)
  }

  private scheduleStall(stall: Stall, kind: number, after: Nanos): void {
    this.simulation.schedule(this.simulation.now + after, this.handler, kind, stall.from, stall.to, stall)
  }

  private linkOf(from: ProcessId, to: ProcessId): LinkModel {
    const row = this.links[(this.receivers[from] as Receiver).zone] as readonly LinkModel[]
    return row[(this.receivers[to] as Receiver).zone] as LinkModel
  }

  /** The first word of a message's name: its operation's, or its number among the background messages of its pair. */
  private nameOf(from: ProcessId, to: ProcessId, message: Message): number {
    if (message.operation !== NO_OPERATION) return this.operationDice.get(message.operation)
    const pair = this.pairOf(from, to)
    const count = this.backgroundCounts[pair] as number
    this.backgroundCounts[pair] = count + 1
    return count
  }

  private delayOf(link: LinkModel, message: Message, name: number, from: ProcessId, to: ProcessId): Nanos {
    const table = link.delays[message.leg] as QuantileTable
    if (table.constant !== undefined) return table.constant
    const dice = message.operation === NO_OPERATION ? this.backgroundDice : this.delayDice
    return table.at(dice.roll(name, this.secondWord(from, to, message)))
  }

  /** Pair, leg and attempt; a client counts as its zone. */
  private secondWord(from: ProcessId, to: ProcessId, message: Message): number {
    return (this.pairOf(from, to) << 11) | (message.leg << 8) | (message.attempt & 0xff)
  }

  private pairOf(from: ProcessId, to: ProcessId): number {
    const sender = from < this.nodes ? from : this.nodes + (this.receivers[from] as Receiver).zone
    const receiver = to < this.nodes ? to : this.nodes + (this.receivers[to] as Receiver).zone
    return sender * this.processes + receiver
  }

  /** How often in a row the segment is lost. */
  private segmentsLost(link: LinkModel, name: number, from: ProcessId, to: ProcessId, message: Message): number {
    const word = this.secondWord(from, to, message)
    const bound = link.loss * 0x100000000
    let losses = 0
    while (losses <= MAXIMUM_LOSSES && this.lossDice.roll(name + Math.imul(losses, 0x61c88647), word) < bound) losses++
    return losses
  }

  /** Time until the message is on the wire, where the link has a bandwidth. */
  private transmission(link: LinkModel, pair: number, message: Message): Nanos {
    if (link.bandwidth === Number.POSITIVE_INFINITY) return 0
    const begin = Math.max(this.simulation.now, this.freeAt[pair] as number)
    const end = begin + Math.ceil(message.bytes / link.bandwidth)
    this.freeAt[pair] = end
    return end - this.simulation.now
  }

  private inOrder(from: ProcessId, to: ProcessId, at: Nanos): Nanos {
    const connection = this.connectionOf(from, to)
    if (connection >= this.lastDelivery.length) {
      const larger = new Float64Array(2 * connection)
      larger.set(this.lastDelivery)
      this.lastDelivery = larger
    }
    const earliest = this.lastDelivery[connection] as number
    const inOrder = at < earliest ? earliest : at
    this.lastDelivery[connection] = inOrder
    return inOrder
  }

  private connectionOf(from: ProcessId, to: ProcessId): number {
    const nodes = this.nodes
    if (from < nodes && to < nodes) return from * nodes + to
    return from < nodes
      ? nodes * nodes + 2 * ((to - nodes) * nodes + from)
      : nodes * nodes + 2 * ((from - nodes) * nodes + to) + 1
  }
}
