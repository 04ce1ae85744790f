/**
 * A network between fake processes for tests: nodes, then clients, each in a zone, that write down what reaches them and when. All links
 * are alike but for what a test overrides; times are milliseconds, because that is what tests are written in.
 */
import type { PartyId } from '../../src/core/flow.js'
import type { ProcessId, ZoneId } from '../../src/core/ids.js'
import { NO_OPERATION } from '../../src/core/ids.js'
import { RandomStream } from '../../src/core/random.js'
import { MILLISECOND } from '../../src/core/units.js'
import { compile } from '../../src/distributions/index.js'
import type { Message } from '../../src/replication/replica.js'
import type { Cut } from '../../src/simulation/cuts.js'
import type { LinkModel } from '../../src/simulation/link.js'
import { Network, type Receiver } from '../../src/simulation/network.js'
import { OperationDice } from '../../src/simulation/operation-dice.js'
import { Simulation } from '../../src/simulation/simulation.js'

/** The name of a message, when it arrived in milliseconds, and where. */
export type Arrival = readonly [name: number, at: number, to: ProcessId]

export class FakeProcess implements Receiver {
  up = true
  incarnation = 0
  /** Whether it has room for what arrives. */
  hasRoom = true

  constructor(
    readonly zone: ZoneId,
    private readonly net: SmallNetwork,
    private readonly id: ProcessId,
  ) {}

  receive(_from: ProcessId, message: Message): boolean {
    if (this.hasRoom) this.net.arrivals.push([message.kind, this.net.now, this.id])
    return this.hasRoom
  }

  onConnectionRefused(to: ProcessId, message: Message): void {
    this.net.refusals.push([message.kind, this.net.now, to])
  }

  crash(): void {
    this.up = false
    this.incarnation++
  }
}

export interface Shape {
  /** Zone of every node. */
  readonly nodes: readonly ZoneId[]
  /** Zone of every client. */
  readonly clients?: readonly ZoneId[]
  readonly delay?: string
  readonly loss?: number
  /** Bytes per millisecond. */
  readonly bandwidth?: number
  readonly transport?: 'tcp' | 'datagram'
  readonly seed?: number
}

/** Kind is the test's name for the message. */
export type Sent = Partial<Omit<Message, 'kind'>>

export class SmallNetwork {
  readonly simulation = new Simulation()
  readonly arrivals: Arrival[] = []
  /** By whom the connection was refused stands in the place of the receiver. */
  readonly refusals: Arrival[] = []
  readonly operationDice = new OperationDice()
  readonly network: Network
  readonly processes: FakeProcess[]
  private readonly nodeZones: readonly ZoneId[]
  private readonly cuts: { readonly from: ZoneId; readonly to: ZoneId; readonly cut: Cut }[] = []

  constructor(shape: Shape) {
    this.nodeZones = shape.nodes
    const zones = [...shape.nodes, ...(shape.clients ?? [])]
    const count = Math.max(...zones) + 1
    const link: LinkModel = {
      delays: Array.from({ length: 4 }, () => compile(shape.delay ?? '10ms', 'time')),
      loss: shape.loss ?? 0,
      bandwidth: (shape.bandwidth ?? Number.POSITIVE_INFINITY) / MILLISECOND,
      ordered: (shape.transport ?? 'tcp') === 'tcp',
    }
    const links = Array.from({ length: count }, () => Array.from({ length: count }, () => link))
    const random = RandomStream.ofSeed(shape.seed ?? 1)
    this.network = new Network(this.simulation, links, shape.nodes.length, this.operationDice, random)
    this.processes = zones.map((zone, id) => new FakeProcess(zone, this, id))
    for (const process of this.processes) this.network.join(process)
  }

  get now(): number {
    return this.simulation.now / MILLISECOND
  }

  get counters() {
    return this.network.counters
  }

  process(id: ProcessId): FakeProcess {
    return this.processes[id] as FakeProcess
  }

  /** Both nodes and clients of the zone. */
  partiesOf(zone: ZoneId): readonly PartyId[] {
    return [...this.nodeZones.flatMap((other, node) => (other === zone ? [node] : [])), this.nodeZones.length + zone]
  }

  cut(from: ZoneId, to: ZoneId): Cut {
    const cut = this.network.cut([{ from: this.partiesOf(from), to: this.partiesOf(to) }])
    this.cuts.push({ from, to, cut })
    return cut
  }

  /** Takes back the latest cut of these zones that is in force. */
  heal(from: ZoneId, to: ZoneId): void {
    const place = this.cuts.findLastIndex((one) => one.from === from && one.to === to)
    const [healed] = this.cuts.splice(place, 1)
    this.network.heal((healed as (typeof this.cuts)[number]).cut)
  }

  send(from: ProcessId, to: ProcessId, name: number, sent: Sent = {}): void {
    const message = { work: 0, leg: 0, operation: NO_OPERATION, attempt: 0, bytes: 0, ...sent, kind: name }
    this.network.send(from, to, message)
  }

  /** A message of an operation, whose name for the dice is its number. */
  sendFor(operation: number, from: ProcessId, to: ProcessId, sent: Sent = {}): void {
    this.operationDice.set(operation, operation)
    this.send(from, to, operation, { ...sent, operation })
  }

  runUntil(milliseconds: number): void {
    this.simulation.runUntil(milliseconds * MILLISECOND)
  }

  runToTheEnd(): void {
    while (this.simulation.step());
  }

  /** When the message of this name arrived, in milliseconds; NaN if it did not. */
  arrivalOf(name: number): number {
    return this.arrivals.find(([arrived]) => arrived === name)?.[1] ?? Number.NaN
  }
}
