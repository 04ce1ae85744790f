/**
 * The network: a message's delay is fixed when it is sent, from the law of its link and leg at the quantile that its name
 * gives (random.ts, `Dice`), so a link is no pipe that holds one message at a time and an extra message moves nobody else's delay.
 * Cuts are checked at sending and at delivery.
 *
 * Over `tcp` a connection keeps order; a lost segment is sent again after 200 ms, doubling, and holds up what follows; one that meets a
 * cut stalls its connection (stalls.ts) until it gets through or one end closes it. Over `datagram` delays are independent and loss is loss.
 * Congestion control and handshakes are not modelled.
 *
 * Conservation: sent + duplicated = delivered + lost + cut + arrived at a dead process + refused + in flight.
 */
import { assert } from '../core/assert.js'
import type { Flow } from '../core/flow.js'
import type { Nanos, NodeId, ProcessId, ZoneId } from '../core/ids.js'
import type { RandomStream } from '../core/random.js'
import type { QuantileTable } from '../distributions/quantile-table.js'
import type { Message } from '../replication/replica.js'
import { Connections } from './connections.js'
import { type Cut, Cuts } from './cuts.js'
import { type Impairment, type ImpairmentModel, Impairments } from './impairments.js'
import { Link, type LinkModel } from './link.js'
import { MessageDice } from './message-dice.js'
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
  /** Second copies of datagrams, by a fault. */
  duplicated: number
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
/** Its way was cut when the message was sent. */
const DELIVER_CUT = 1
const CONNECTION_REFUSED = 2
/** As `DELIVER`, of a message that the end of a cell does not wait for. */
const DELIVER_PERIODIC = 3
const KIND_BITS = 2
const KIND_MASK = (1 << KIND_BITS) - 1

export class Network implements EventHandler, StalledNetwork {
  readonly counters: NetworkCounters = {
    sent: 0,
    duplicated: 0,
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
  /** Of those the ones of periodic series that are on their way and neither cut nor held up. */
  periodicInFlight = 0
  /** Messages that found the node down, by node. */
  readonly missed: Float64Array
  private readonly handler: number
  private readonly receivers: Receiver[] = []
  private readonly dice: MessageDice
  private readonly zones: number
  /** Nodes and, for all clients of it, zones: see core/flow.ts. */
  private readonly parties: number
  /** From zone i to zone j at [i * zones + j]. */
  private readonly links: readonly Link[]
  private readonly cuts: Cuts
  private readonly impairments: Impairments
  private readonly stalls: Stalls
  /** 1 for each node whose host answers nobody while the node is down. */
  private readonly silent: Uint8Array
  private readonly connections: Connections

  constructor(
    private readonly simulation: Simulation,
    models: readonly (readonly LinkModel[])[],
    private readonly nodes: number,
    operationDice: OperationDice,
    random: RandomStream,
  ) {
    this.handler = simulation.register(this)
    this.stalls = new Stalls(simulation, this)
    this.zones = models.length
    this.parties = nodes + models.length
    assert(this.parties * this.parties <= MAXIMUM_PAIRS, 'nodes and zones number at most 1,448 together.')
    this.dice = new MessageDice(operationDice, random, this.parties * this.parties)
    this.cuts = new Cuts(this.parties)
    this.impairments = new Impairments(this.parties)
    this.missed = new Float64Array(nodes)
    this.silent = new Uint8Array(nodes)
    this.links = models.flatMap((row, from) => row.map((model, to) => new Link(model, from !== to)))
    this.connections = new Connections(nodes)
  }

  /** Processes join in the order of their ids: all nodes, then clients as they open. */
  join(receiver: Receiver): ProcessId {
    this.receivers.push(receiver)
    return this.receivers.length - 1
  }

  send(from: ProcessId, to: ProcessId, message: Message, isPeriodic = false): void {
    const { counters } = this
    const { bytes } = message
    const fromZone = (this.receivers[from] as Receiver).zone
    const receiver = this.receivers[to] as Receiver
    const toZone = receiver.zone
    const link = this.links[fromZone * this.zones + toZone] as Link
    counters.sent++
    counters.bytes += bytes
    if (link.isWan) counters.wanBytes += bytes
    const sender = from < this.nodes ? from : this.nodes + fromZone
    const pair = sender * this.parties + (to < this.nodes ? to : this.nodes + toZone)
    let kind = this.cuts.count !== 0 && this.meetsCut(pair) ? DELIVER_CUT : DELIVER
    if (kind === DELIVER_CUT && !link.ordered) {
      counters.cut++
      return
    }
    let delay = this.dice.delay(link.delays[message.leg] as QuantileTable, message, pair)
    if (link.isImpaired || this.impairments.count !== 0) {
      delay = this.impaired(link, message, pair, delay)
      if (delay === Number.POSITIVE_INFINITY) {
        counters.lost++
        return
      }
      if (this.impairments.count !== 0) this.sendCopy(link, from, to, message, pair)
    }
    let at = this.simulation.now + delay
    if (link.ordered) at = this.connections.inOrder(from, to, at)
    this.inFlight++
    if (isPeriodic && kind === DELIVER) {
      this.periodicInFlight++
      kind = DELIVER_PERIODIC
    }
    this.simulation.schedule(at, this.handler, kind | (receiver.incarnation << KIND_BITS), from, to, message)
  }

  onEvent(kind: number, from: number, to: number, payload: unknown): void {
    const message = payload as Message
    const incarnation = kind >> KIND_BITS
    switch (kind & KIND_MASK) {
      case DELIVER:
        if (this.cuts.count === 0 && this.stalls.count === 0) this.deliver(from, to, message, incarnation)
        else this.arriveInTrouble(from, to, message, incarnation, false)
        return
      case DELIVER_CUT:
        this.arriveInTrouble(from, to, message, incarnation, true)
        return
      case DELIVER_PERIODIC:
        this.periodicInFlight--
        this.onEvent(DELIVER | (incarnation << KIND_BITS), from, to, payload)
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
      for (const connection of [this.connections.of(client, node), this.connections.of(node, client)]) {
        if (this.stalls.close(connection)) this.connections.reopen(connection)
      }
    }
  }

  // --- What faults do -------------------------------------------------------------------------------------------------

  cut(flows: readonly Flow[]): Cut {
    return this.cuts.begin(flows)
  }

  heal(cut: Cut): void {
    this.cuts.end(cut)
  }

  impair(model: ImpairmentModel): Impairment {
    return this.impairments.begin(model)
  }

  repair(impairment: Impairment): void {
    this.impairments.end(impairment)
  }

  /** Whether the host of the node, while the node is down, leaves everyone without an answer, and sends nothing again. */
  silence(node: NodeId, isSilent: boolean): void {
    this.silent[node] = isSilent ? 1 : 0
    if (isSilent) this.stalls.closeFrom(node)
  }

  // --- StalledNetwork -------------------------------------------------------------------------------------------------

  isCut(from: ProcessId, to: ProcessId): boolean {
    return this.cuts.isCut(this.pairOf(from, to))
  }

  typicalDelay(from: ProcessId, to: ProcessId): Nanos {
    return this.medianDelay(from, to, 0)
  }

  deliver(from: ProcessId, to: ProcessId, message: Message, incarnation: number): void {
    this.inFlight--
    const receiver = this.receivers[to] as Receiver
    if (!receiver.up || receiver.incarnation !== incarnation) {
      this.counters.dead++
      if (to < this.nodes) this.missed[to] = (this.missed[to] as number) + 1
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

  /** A message arrives while ways are cut or connections stalled, or was sent into a cut. */
  private arriveInTrouble(
    from: ProcessId,
    to: ProcessId,
    message: Message,
    incarnation: number,
    wasCut: boolean,
  ): void {
    const connection = this.connections.of(from, to)
    const isCut = wasCut || (this.cuts.count !== 0 && this.meetsCut(this.pairOf(from, to)))
    if (!isCut && !this.stalls.has(connection)) {
      this.deliver(from, to, message, incarnation)
    } else if (this.linkOf(from, to).ordered && !this.isSilent(from)) {
      this.stalls.hold(connection, from, to, message, incarnation)
    } else {
      this.inFlight--
      this.counters.cut++
    }
  }

  /** The host of a crashed process answers for it, after the delay back. */
  private answerForDead(from: ProcessId, to: ProcessId, message: Message): void {
    if (this.isSilent(to)) return
    if (!(this.receivers[from] as Receiver).up || this.isCut(to, from)) return
    const at = this.simulation.now + this.medianDelay(to, from, message.leg)
    this.simulation.schedule(at, this.handler, CONNECTION_REFUSED, to, from, message)
  }

  /** Whether it is a node whose host has gone with it. */
  private isSilent(process: ProcessId): boolean {
    return process < this.nodes && this.silent[process] === 1
  }

  /** True if the pair is cut; the message counts as touched. */
  private meetsCut(pair: number): boolean {
    if (!this.cuts.isCut(pair)) return false
    this.cuts.touch(pair)
    return true
  }

  private medianDelay(from: ProcessId, to: ProcessId, leg: number): Nanos {
    const { median } = this.linkOf(from, to).delays[leg] as QuantileTable
    return this.impairments.count === 0 ? median : this.impairments.typicalDelayOf(this.pairOf(from, to), median)
  }

  private pairOf(from: ProcessId, to: ProcessId): number {
    return this.partyOf(from) * this.parties + this.partyOf(to)
  }

  private partyOf(process: ProcessId): number {
    return process < this.nodes ? process : this.nodes + (this.receivers[process] as Receiver).zone
  }

  private linkOf(from: ProcessId, to: ProcessId): Link {
    const fromZone = (this.receivers[from] as Receiver).zone
    return this.links[fromZone * this.zones + (this.receivers[to] as Receiver).zone] as Link
  }

  /** The delay with what bandwidth, loss and faults add; Infinity if the message is lost. */
  private impaired(link: Link, message: Message, pair: number, delay: Nanos): Nanos {
    const transmission = link.transmission(this.simulation.now, message.bytes)
    const mostLosses = link.ordered ? MAXIMUM_LOSSES : 0
    const losses = this.segmentsLost(link.loss, mostLosses, message, pair)
    if (losses > mostLosses) return Number.POSITIVE_INFINITY
    this.counters.retransmissions += losses
    return this.slowed(delay, message, pair) + transmission + FIRST_RETRANSMISSION * ((1 << losses) - 1)
  }

  private slowed(delay: Nanos, message: Message, pair: number): Nanos {
    return this.impairments.count === 0 ? delay : this.impairments.delayOf(pair, delay, message, this.dice)
  }

  /** How often in a row the segment is lost, up to one more than `most`, where its link alone loses it with `loss`. */
  private segmentsLost(loss: number, most: number, message: Message, pair: number): number {
    const { dice, impairments } = this
    const losses = dice.lossesInARow(loss, most, message, pair)
    if (impairments.count === 0) return losses
    const withFaults = dice.lossesInARow(impairments.lossOf(pair, loss), most, message, pair)
    if (withFaults > losses) impairments.touchLosses(pair)
    return withFaults
  }

  /** Over datagrams another copy may go the same way, with a delay of its own; over tcp the receiver's kernel drops what comes twice. */
  private sendCopy(link: Link, from: ProcessId, to: ProcessId, message: Message, pair: number): void {
    const { dice, impairments } = this
    if (link.ordered || !dice.isDuplicated(impairments.duplicationOf(pair), message, pair)) return
    const delay = dice.copyDelay(link.delays[message.leg] as QuantileTable, message, pair)
    const at = this.simulation.now + impairments.delayOf(pair, delay, message, dice)
    const { incarnation } = this.receivers[to] as Receiver
    impairments.touchDuplications(pair)
    this.counters.duplicated++
    this.inFlight++
    this.simulation.schedule(at, this.handler, DELIVER | (incarnation << KIND_BITS), from, to, message)
  }
}
