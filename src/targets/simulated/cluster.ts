/**
 * A cell's world put together and run through its phases: warm-up, measured, then load stops and faults heal, then everything settles, and only
 * then are final values read off the replicas. At the end the conservation laws are asserted: every operation has
 * ended, and every message sent or duplicated was delivered, lost, cut, refused, met a dead process, or is in flight.
 */
import { assert } from '../../core/assert.js'
import type { Key, Nanos, NodeId, OperationId, WriterId } from '../../core/ids.js'
import { RandomStream } from '../../core/random.js'
import type { World } from '../../core/world.js'
import { compile } from '../../distributions/index.js'
import type { Cell, CellLink } from '../../experiment/cell.js'
import type { ScheduledStrike } from '../../faults/schedule.js'
import type { History } from '../../history/history.js'
import { isWrite, type OperationKind } from '../../history/operation-kinds.js'
import { PENDING } from '../../history/outcomes.js'
import type { FinalValues, HintUse, Probes, StationUse } from '../../history/probes.js'
import type { Holdings, Placement, Purpose, Strategy } from '../../replication/replica.js'
import { Clock } from '../../simulation/clock.js'
import type { LinkModel } from '../../simulation/link.js'
import { Network } from '../../simulation/network.js'
import { OperationDice } from '../../simulation/operation-dice.js'
import { Simulation, type SimulationOptions } from '../../simulation/simulation.js'
import { Station, type StationIntegrals } from '../../simulation/station.js'
import type { ArrivalProcess } from '../../workload/arrivals/arrival-process.js'
import type { WorkloadDraws } from '../../workload/draws.js'
import { type BackgroundSums, BackgroundTraffic, trafficBetween } from './background-traffic.js'
import { Clients } from './clients.js'
import { HintCounts } from './hint-counts.js'
import { Losses, replicaOf } from './losses.js'
import { SimulatedNode } from './node.js'
import { Weather } from './weather.js'

/** As far back as one looks for the node that was asked last. */
const LATEST_OPERATIONS = 1000

export interface ClusterParts {
  readonly cell: Cell
  readonly world: World
  readonly strategy: Strategy
  readonly history: History
  readonly draws: WorkloadDraws
  /** Null in a closed loop. */
  readonly arrivals: ArrivalProcess | null
  /** Times count from the start of the measured phase. */
  readonly strikes: readonly ScheduledStrike[]
  readonly simulation: SimulationOptions
}

/** A node holds few of all keys where it holds less than one in so many. */
const FEW = 8

/** The history keeps who wrote a version in 16 bits. */
const MOST_IDENTITIES = 32_000

export class Cluster {
  readonly simulation: Simulation
  readonly random: RandomStream
  readonly network: Network
  readonly operationDice = new OperationDice()
  private readonly background = new BackgroundTraffic()
  readonly hints = new HintCounts()
  readonly history: History
  readonly clients: Clients
  readonly placement: Placement
  readonly nodesHoldFewKeys: boolean
  readonly flushPeriod: Nanos | null
  private readonly nodes: SimulatedNode[] = []
  private readonly weather: Weather
  private lastApplied: Nanos = 0
  private readonly losses: Losses
  /** Identities that have been given out; a node's first is its own number. */
  private identities: number

  constructor(private readonly parts: ClusterParts) {
    const { cell, world, strategy } = parts
    this.history = parts.history
    this.simulation = new Simulation(parts.simulation)
    this.random = RandomStream.ofSeed(cell.seed)
    const { options } = cell.strategy
    this.placement = strategy.place(options, world, this.random.fork('placement'))
    this.flushPeriod = strategy.flushPeriod?.(options) ?? null
    this.nodesHoldFewKeys = FEW * strategy.copies(options) < world.zoneOf.length
    this.identities = world.zoneOf.length
    const isPartial = (kind: OperationKind) => strategy.isPartiallyOrdered?.(options, kind) ?? false
    this.losses = new Losses(this.history, this.placement, isPartial)
    const links = cell.links.map((row) => row.map(linkModel))
    this.network = new Network(this.simulation, links, world.zoneOf.length, this.operationDice, this.random)
    for (let node = 0; node < world.zoneOf.length; node++) this.addNode(node)
    this.clients = new Clients({
      cell,
      simulation: this.simulation,
      network: this.network,
      history: this.history,
      operationDice: this.operationDice,
      placement: this.placement,
      draws: parts.draws,
      arrivals: parts.arrivals,
      random: this.random.fork('clients'),
      contexts: strategy.contexts?.(options),
      isPartiallyOrdered: isPartial,
      createReplica: (context) => strategy.createClient?.(context, options, this.placement, world),
      witness: (operation, node) => this.onWitness(node, operation),
      account: (purpose, bytes) => this.account(purpose, bytes),
    })
    this.weather = new Weather(parts.strikes, {
      simulation: this.simulation,
      network: this.network,
      nodes: this.nodes,
      load: this.clients.load,
      random: this.random,
      world,
      placement: this.placement,
      startNode: (node) => this.startNode(node),
      lastAsked: () => this.lastAsked(),
    })
  }

  /** Runs all phases and gives what an insider knows; the history is filled on the way. */
  run(): { readonly probes: Probes; readonly finals: FinalValues } {
    const { warmup } = this.parts.cell.phases
    this.weather.start(warmup)
    for (const node of this.nodes) this.startNode(node)
    this.clients.load.start()
    this.simulation.runUntil(warmup)
    const before = this.observe()
    this.hints.begin()
    this.simulation.runUntil(this.clients.load.end)
    const after = this.observe()
    this.clients.load.close()
    this.weather.clear()
    this.settle()
    this.assertConservation()
    const finals = this.finalValues()
    return { probes: this.probes(before, after, finals), finals }
  }

  /** Called by nodes: `node` holds the write, or something newer. Returns whether that is news. */
  onApplied(node: NodeId, operation: OperationId): boolean {
    const replica = this.replicaOf(node, operation)
    assert(replica >= 0, 'a node applies only writes of keys that it holds.')
    const isNews = this.history.received(operation, replica, this.simulation.now)
    if (isNews) this.lastApplied = this.simulation.now
    return isNews
  }

  /** All that the node held is gone; returns the identity of its next life. */
  onDiskLost(node: NodeId): WriterId {
    this.losses.onLost(node, this.holdingsOf(node, () => true).operations)
    return this.nextIdentity()
  }

  /** The node has lost the writes that were not durable; returns the identity of its next life. */
  onTailLost(node: NodeId, operations: readonly OperationId[]): WriterId {
    this.losses.onLost(node, operations)
    return this.nextIdentity()
  }

  /** The node now holds `holdings` in place of all that it held of some keys. */
  onReplaced(node: NodeId, holdings: Holdings, contains: (key: Key) => boolean): void {
    const kept = new Set(Array.from(holdings.operations))
    const { operations } = this.holdingsOf(node, contains)
    this.losses.onLost(
      node,
      Array.from(operations).filter((operation) => !kept.has(operation)),
    )
  }

  /** A name that nobody has had. */
  nextIdentity(): WriterId {
    assert(
      this.identities < MOST_IDENTITIES,
      'a cell has room for 32,000 names, which go to nodes, disks that lost something, and stand-ins.',
    )
    return this.identities++
  }

  /** `node` was a witness of the write. */
  onWitness(node: NodeId, operation: OperationId): void {
    const replica = this.replicaOf(node, operation)
    assert(replica >= 0, 'a witness of a write holds its key.')
    this.history.witness(operation, replica)
  }

  /** Somebody has sent a message of so many bytes that no client waits for. */
  account(purpose: Purpose, bytes: number): void {
    this.background.add(purpose, bytes)
  }

  /** The writes that the node has received by now of some keys. */
  holdingsOf(node: NodeId, contains: (key: Key) => boolean): Holdings {
    const { history } = this
    const operations: OperationId[] = []
    for (let id = 0; id < history.count; id++) {
      if (!isWrite(history.kind[id] as number) || !contains(history.key[id] as number)) continue
      const replica = this.replicaOf(node, id)
      if (replica >= 0 && history.hasReceived(id, replica)) operations.push(id)
    }
    return { operations }
  }

  private replicaOf(node: NodeId, operation: OperationId): number {
    return replicaOf(this.placement, this.history.key[operation] as number, node)
  }

  /** The node that got the youngest of the latest operations; clients that coordinate themselves ask none. */
  private lastAsked(): NodeId | undefined {
    const { count, node } = this.history
    for (let id = count - 1; id >= 0 && id > count - LATEST_OPERATIONS; id--)
      if ((node[id] as NodeId) >= 0) return node[id]
    return undefined
  }

  private addNode(id: NodeId): void {
    const { cell, world } = this.parts
    const zone = world.zoneOf[id] as number
    const settings = (cell.zones[zone] as Cell['zones'][number]).node
    const services = [
      null,
      compile(settings.read, 'time'),
      compile(settings.write, 'time'),
      compile(settings.scan, 'time'),
    ]
    const dice = this.random.fork(`clock/${id}`)
    const offset = compile(settings.clock.offset, 'offset').at(dice.next())
    const drift = (2 * dice.float() - 1) * settings.clock.driftPpm * 1e-6
    const station = new Station(settings.concurrency, settings.queue)
    const clock = new Clock(offset, drift)
    const fsync = settings.disk.fsync === null ? null : compile(settings.disk.fsync, 'time')
    const node = new SimulatedNode(id, zone, this, station, services, fsync, clock, this.random.fork(`node/${id}`))
    this.nodes.push(node)
    this.network.join(node)
  }

  private startNode(node: SimulatedNode): void {
    const { strategy, cell, world } = this.parts
    node.start(strategy.create(node, cell.strategy.options, this.placement, world))
  }

  /** Clients first end what they have begun; then replication has until `settle` is over. */
  private settle(): void {
    while (this.clients.inFlight > 0) assert(this.simulation.step(), 'an operation that goes on has an event ahead.')
    const silence = 2 * this.parts.strategy.repairPeriod(this.parts.cell.strategy.options)
    const end = this.simulation.now + this.parts.cell.phases.settle
    const silentFrom = this.simulation.now
    while (this.simulation.peekTime() <= end) {
      const silentFor = this.simulation.peekTime() - Math.max(silentFrom, this.lastApplied)
      if (silentFor > silence && this.isQuiet()) return
      this.simulation.step()
    }
  }

  /** Nobody has anything to do, and nothing is in flight but what always is. */
  private isQuiet(): boolean {
    const { inFlight, periodicInFlight } = this.network
    return inFlight === periodicInFlight && this.nodes.every((node) => node.isIdle)
  }

  private assertConservation(): void {
    const { sent, duplicated, delivered, lost, cut, dead, refused } = this.network.counters
    const begun = sent + duplicated
    const ended = delivered + lost + cut + dead + refused + this.network.inFlight
    assert(begun === ended, `messages are conserved: ${begun} were sent or duplicated and ${ended} accounted for.`)
    for (let id = 0; id < this.history.count; id++) {
      assert(this.history.outcome[id] !== PENDING, 'every operation has ended.')
    }
  }

  private observe(): Observation {
    const { now } = this.simulation
    return {
      at: now,
      messages: this.network.counters.sent,
      bytes: this.network.counters.bytes,
      wanBytes: this.network.counters.wanBytes,
      background: this.background.soFar(),
      hints: this.hints.use(),
      stations: this.nodes.map((node) => node.station.integrals(now)),
    }
  }

  private finalValues(): FinalValues {
    return {
      writtenKeys: writtenKeys(this.history),
      values: (key) => this.placement.replicas(key).map((node) => this.nodes[node]?.running.valueOf(key) as never),
      empty: (key) =>
        this.placement.replicas(key).map((node) => this.nodes[node]?.running.holdsNothing?.(key) ?? false),
      metadata: (key) => this.placement.replicas(key).map((node) => this.nodes[node]?.running.metadataBytes?.(key)),
    }
  }

  private probes(before: Observation, after: Observation, finals: FinalValues): Probes {
    const { cell, world, strategy } = this.parts
    const { warmup } = cell.phases
    const { arrivals, overload } = cell.workload
    return {
      clientZone: this.clients.sessions.map((session) => session.zone),
      zoneNames: world.zones.map((zone) => zone.name),
      zoneOfNode: world.zoneOf,
      loadedKeys: world.keys,
      keysPerRecord: world.keysPerRecord,
      replicas: (key) => this.placement.replicas(key),
      readers: {
        needed: strategy.readAnswers?.(cell.strategy.options) ?? 1,
        of: (key) => this.placement.readable?.(key) ?? this.placement.replicas(key),
      },
      isPartiallyOrdered: (kind) => strategy.isPartiallyOrdered?.(cell.strategy.options, kind) ?? false,
      phases: { measuredFrom: warmup, measuredTo: this.clients.load.end, end: this.simulation.now },
      closedLoop: arrivals.kind === 'closed' && arrivals.perSecond === null,
      mayDrop: overload !== null || (arrivals.kind === 'closed' && arrivals.perSecond !== null),
      faults: this.weather.windows(),
      timeout: cell.client.timeout,
      traffic: {
        messages: after.messages - before.messages,
        bytes: after.bytes - before.bytes,
        wanBytes: after.wanBytes - before.wanBytes,
        background: trafficBetween(before.background, after.background),
      },
      stations: this.nodes.map((node, i) => stationUse(node, before, after, i)),
      hints: after.hints,
      finals,
    }
  }
}

/** Ascending. */
function writtenKeys({ key, kind, count }: History): readonly Key[] {
  let keys = 0
  for (let id = 0; id < count; id++) keys = Math.max(keys, (key[id] as number) + 1)
  const isWritten = new Uint8Array(keys)
  for (let id = 0; id < count; id++) if (isWrite(kind[id] as number)) isWritten[key[id] as number] = 1
  const written: Key[] = []
  for (let at = 0; at < keys; at++) if (isWritten[at] === 1) written.push(at)
  return written
}

interface Observation {
  readonly at: Nanos
  readonly messages: number
  readonly bytes: number
  readonly wanBytes: number
  readonly background: BackgroundSums
  readonly hints: HintUse | undefined
  readonly stations: readonly StationIntegrals[]
}

function stationUse(node: SimulatedNode, before: Observation, after: Observation, place: number): StationUse {
  const first = before.stations[place] as StationIntegrals
  const last = after.stations[place] as StationIntegrals
  const length = Math.max(1, after.at - before.at)
  return {
    node: node.id,
    utilization: (last.busy - first.busy) / (length * node.station.concurrency),
    meanInSystem: (last.inSystem - first.inSystem) / length,
    completions: last.completions - first.completions,
  }
}

function linkModel(link: CellLink): LinkModel {
  return {
    delays: [link.write, link.writeAck, link.read, link.readReply].map((law) => compile(law, 'time')),
    loss: link.loss,
    bandwidth: link.bandwidth === null ? Number.POSITIVE_INFINITY : link.bandwidth / 1e9,
    ordered: link.transport === 'tcp',
  }
}
