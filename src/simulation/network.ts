/**
 * The network: a message's delay is fixed when it is sent, from the law of its link and leg at the quantile that its name
 * gives (random.ts, `Dice`), so a link is no pipe that holds one message at a time and an extra message moves nobody else's delay.
 * Cuts are checked at sending and at delivery.
 *
 * Over `tcp` a connection keeps order; a lost segment is sent again after 200 ms, doubling, and holds up what follows; one that meets a
 * cut stalls its connection (stalls.ts) until it gets through or one end closes it. Over `datagram` delays are independent and loss is loss.
 * Congestion control and handshakes are not modelled.
 *
 * Conservation: sent = delivered + lost + cut + arrived at a dead process + refused + in flight.
 */
import { assert } from '../core/assert.js'
import type { Nanos, ProcessId, ZoneId } from '../core/ids.js'
import { NO_OPERATION } from '../core/ids.js'
import type { Dice, RandomStream } from '../core/random.js'
import type { QuantileTable } from '../distributions/quantile-table.js'
import type { Message } from '../replication/replica.js'
import { Link, type LinkModel } from './link.js'
import type { OperationDice } from './operation-dice.js'
import type { EventHandler, Simulation } from './simulation.js'
import { FIRST_RETRANSMISSION, type StalledNetwork, Stalls } from './stalls.js'

/** 200 ms doubled this often is the last wait within the 30 s; a segment lost more often resets its connection. */
const MAXIMUM_LOSSES = 7
/** Pairs of processes must fit beside leg and attempt in 32 bits. */
const MAXIMUM_PAIRS = 1 << 21

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

// Event kinds, in the low two bits; the receiver's incarnation stands above them.
const DELIVER = 0
/** The link was cut when the message was sent. */
const DELIVER_CUT = 1
const CONNECTION_REFUSED = 2
const KIND_BITS = 2
const KIND_MASK = (1 << KIND_BITS) - 1

export class Network implements EventHandler, StalledNetwork {
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
  private readonly zones: number
  /** Nodes and, for all clients of it, zones. */
  private readonly names: number
  /** From zone i to zone j at [i * zones + j]. */
  private readonly links: readonly Link[]
  /** Cuts in force on all links. */
  private cuts = 0
  private readonly stalls: Stalls
  /** By connection: when its latest message arrives, or arrived. */
  private lastDelivery: Float64Array

  constructor(
    private readonly simulation: Simulation,
    models: readonly (readonly LinkModel[])[],
    private readonly nodes: number,
    private readonly operationDice: OperationDice,
    random: RandomStream,
  ) {
    this.handler = simulation.register(this)
    this.stalls = new Stalls(simulation, this)
    this.delayDice = random.dice('delay')
    this.lossDice = random.dice('loss')
    this.backgroundDice = random.dice('background delay')
    this.zones = models.length
    this.names = nodes + models.length
    assert(this.names * this.names <= MAXIMUM_PAIRS, 'nodes and zones number at most 1,448 together.')
    this.backgroundCounts = new Int32Array(this.names * this.names)
    this.links = models.flatMap((row, from) => row.map((model, to) => new Link(model, from !== to)))
    this.lastDelivery = new Float64Array(nodes * nodes + 2 * nodes * 64)
  }

  /** Processes join in the order of their ids: all nodes, then clients as they open. */
  join(receiver: Receiver): ProcessId {
    this.receivers.push(receiver)
    return this.receivers.length - 1
  }

  send(from: ProcessId, to: ProcessId, message: Message): void {
    const { counters } = this
    const { bytes } = message
    const fromZone = (this.receivers[from] as Receiver).zone
    const receiver = this.receivers[to] as Receiver
    const toZone = receiver.zone
    const link = this.links[fromZone * this.zones + toZone] as Link
    counters.sent++
    counters.bytes += bytes
    if (link.isWan) counters.wanBytes += bytes
    const kind = link.isCut ? DELIVER_CUT : DELIVER
    if (kind === DELIVER_CUT && !link.ordered) {
      counters.cut++
      return
    }
    const sender = from < this.nodes ? from : this.nodes + fromZone
    const pair = sender * this.names + (to < this.nodes ? to : this.nodes + toZone)
    let at = this.simulation.now + this.delayOf(link, message, pair)
    if (link.isImpaired) {
      const extra = this.impairment(link, message, pair)
      if (extra === Number.POSITIVE_INFINITY) {
        counters.lost++
        return
      }
      at += extra
    }
    if (link.ordered) at = this.inOrder(from, to, at)
    this.inFlight++
    this.simulation.schedule(at, this.handler, kind | (receiver.incarnation << KIND_BITS), from, to, message)
  }

  onEvent(kind: number, from: number, to: number, payload: unknown): void {
    const message = payload as Message
    const incarnation = kind >> KIND_BITS
    switch (kind & KIND_MASK) {
      case DELIVER:
        if (this.cuts === 0 && this.stalls.count === 0) this.deliver(from, to, message, incarnation)
        else this.arriveInTrouble(from, to, message, incarnation, false)
        return
      case DELIVER_CUT:
        this.arriveInTrouble(from, to, message, incarnation, true)
        return
      case CONNECTION_REFUSED:
        ;(this.receivers[to] as Receiver).onConnectionRefused(from, message)
        return
    }
  }

  /** A client gives up its stalled connections: what they hold is gone, and its next message to such a node opens another. */
  abandonStalled(client: ProcessId): void {
    if (this.stalls.count === 0) return
    for (let node = 0; node < this.nodes; node++) {
      for (const connection of [this.connectionOf(client, node), this.connectionOf(node, client)]) {
        if (this.stalls.close(connection)) this.lastDelivery[connection] = 0
      }
    }
  }

  cut(fromZone: ZoneId, toZone: ZoneId): void {
    ;(this.links[fromZone * this.zones + toZone] as Link).cut()
    this.cuts++
  }

  heal(fromZone: ZoneId, toZone: ZoneId): void {
    ;(this.links[fromZone * this.zones + toZone] as Link).heal()
    this.cuts--
  }

  // --- StalledNetwork -------------------------------------------------------------------------------------------------

  isCut(from: ProcessId, to: ProcessId): boolean {
    return this.linkOf(from, to).isCut
  }

  typicalDelay(from: ProcessId, to: ProcessId): Nanos {
    return (this.linkOf(from, to).delays[0] as QuantileTable).median
  }

  deliver(from: ProcessId, to: ProcessId, message: Message, incarnation: number): void {
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

  onRetransmission(): void {
    this.counters.retransmissions++
  }

  onReset(messages: number): void {
    this.inFlight -= messages
    this.counters.cut += messages
  }

  // --------------------------------------------------------------------------------------------------------------------

  /** A message arrives while links are cut or connections stalled, or was sent over a link that was cut. */
  private arriveInTrouble(
    from: ProcessId,
    to: ProcessId,
    message: Message,
    incarnation: number,
    wasCut: boolean,
  ): void {
    const connection = this.connectionOf(from, to)
    const link = this.linkOf(from, to)
    if (!wasCut && !link.isCut && !this.stalls.has(connection)) {
      this.deliver(from, to, message, incarnation)
    } else if (link.ordered) {
      this.stalls.hold(connection, from, to, message, incarnation)
    } else {
      this.inFlight--
      this.counters.cut++
    }
  }

  /** The host of a crashed process answers for it, after the delay back. */
  private answerForDead(from: ProcessId, to: ProcessId, message: Message): void {
    if (!(this.receivers[from] as Receiver).up || this.isCut(to, from)) return
    const delay = (this.linkOf(to, from).delays[message.leg] as QuantileTable).median
    this.simulation.schedule(this.simulation.now + delay, this.handler, CONNECTION_REFUSED, to, from, message)
  }

  private linkOf(from: ProcessId, to: ProcessId): Link {
    const fromZone = (this.receivers[from] as Receiver).zone
    return this.links[fromZone * this.zones + (this.receivers[to] as Receiver).zone] as Link
  }

  /**
   * At the quantile named by the operation, or by the number of the message among the background messages of its pair; the
   * pair, the leg and the attempt complete the name.
   */
  private delayOf(link: Link, message: Message, pair: number): Nanos {
    const { operation, leg } = message
    const table = link.delays[leg] as QuantileTable
    if (operation === NO_OPERATION) {
      const count = this.backgroundCounts[pair] as number
      this.backgroundCounts[pair] = count + 1
      return table.at(this.backgroundDice.roll(count, secondWord(pair, leg, message.attempt)))
    }
    if (table.constant !== undefined) return table.constant
    return table.at(this.delayDice.roll(this.operationDice.get(operation), secondWord(pair, leg, message.attempt)))
  }

  /** What loss and bandwidth add to the delay; Infinity if the message is lost. */
  private impairment(link: Link, message: Message, pair: number): Nanos {
    const transmission = link.transmission(this.simulation.now, message.bytes)
    const losses = link.loss > 0 ? this.segmentsLost(link, message, pair) : 0
    if (losses > (link.ordered ? MAXIMUM_LOSSES : 0)) return Number.POSITIVE_INFINITY
    this.counters.retransmissions += losses
    return transmission + FIRST_RETRANSMISSION * ((1 << losses) - 1)
  }

  /** How often in a row the segment is lost. */
  private segmentsLost(link: Link, { operation, leg, attempt }: Message, pair: number): number {
    const isBackground = operation === NO_OPERATION
    // Its delay has been drawn, and counted, already.
    const name = isBackground ? (this.backgroundCounts[pair] as number) - 1 : this.operationDice.get(operation)
    const word = secondWord(pair, leg, attempt)
    const bound = link.loss * 0x100000000
    let losses = 0
    while (losses <= MAXIMUM_LOSSES && this.lossDice.roll(name + Math.imul(losses, 0x61c88647), word) >>> 0 < bound) {
      losses++
    }
    return losses
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
    const { nodes } = this
    if (from < nodes) return to < nodes ? from * nodes + to : nodes * nodes + 2 * ((to - nodes) * nodes + from)
    return nodes * nodes + 2 * ((from - nodes) * nodes + to) + 1
  }
}

/** Pair, leg and attempt of a message. */
function secondWord(pair: number, leg: number, attempt: number): number {
  return (pair << 11) | (leg << 8) | (attempt & 0xff)
}
