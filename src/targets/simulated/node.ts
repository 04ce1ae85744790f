/**
 * A simulated node: hosts one replica, and is the `ReplicaContext` through which that replica meets the simulated world. Work passes
 * the station and the handler runs when its service ends; messages without work, timers and requests are free. A crash drops the
 * replica, its timers, its queued work and what was sent to it; the disk survives.
 */
import { assert } from '../../core/assert.js'
import type { Key, Nanos, NodeId, OperationId, ProcessId, WriterId, ZoneId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import type { Dice, Random } from '../../core/random.js'
import type { QuantileTable } from '../../distributions/quantile-table.js'
import { Disk } from '../../replication/disk.js'
import type {
  Attempt,
  Holdings,
  Message,
  Outcome,
  Refusal,
  Replica,
  ReplicaContext,
  Timer,
} from '../../replication/replica.js'
import { WORK_NONE } from '../../replication/replica.js'
import type { Clock } from '../../simulation/clock.js'
import type { Receiver } from '../../simulation/network.js'
import type { OperationDice } from '../../simulation/operation-dice.js'
import type { EventHandler, Simulation } from '../../simulation/simulation.js'
import type { Station } from '../../simulation/station.js'
import { REQUEST, type RequestMessage } from './client-messages.js'
import type { Cluster } from './cluster.js'

/** Laws of the service times, by kind of work. */
export type ServiceTables = readonly (QuantileTable | null)[]

// Event kinds, in the lowest bit; the node's incarnation stands above it.
const SERVED = 0
const TIMER = 1
const KIND_BITS = 1

export class SimulatedNode implements ReplicaContext<Message>, Receiver, EventHandler {
  incarnation = 0
  identity: WriterId
  readonly disk = new Disk()
  /** Null while the node is down. */
  private replica: Replica<Message> | null = null
  private readonly handler: number
  private readonly simulation: Simulation
  private readonly operationDice: OperationDice
  private readonly serviceDice: Dice
  private readonly backgroundDice: Dice
  private backgroundCount = 0

  constructor(
    readonly id: ProcessId,
    readonly zone: ZoneId,
    private readonly cluster: Cluster,
    readonly station: Station,
    private readonly services: ServiceTables,
    private readonly localClock: Clock,
    readonly random: Random,
  ) {
    this.identity = id
    this.simulation = cluster.simulation
    this.operationDice = cluster.operationDice
    this.handler = this.simulation.register(this)
    this.serviceDice = cluster.random.dice('service')
    this.backgroundDice = cluster.random.dice(`background service/${id}`)
  }

  get up(): boolean {
    return this.replica !== null
  }

  start(replica: Replica<Message>): void {
    assert(this.replica === null, 'a node starts only while it is down.')
    this.replica = replica
    replica.onStart()
  }

  /** The process ends; `lose` empties its disk too. */
  crash(_disk: 'keep' | 'lose'): void {
    assert(this.replica !== null, 'a node crashes only while it is up.')
    this.replica = null
    this.incarnation++
    this.station.clear(this.simulation.now)
  }

  /** The running replica, for reading final values. */
  get running(): Replica<Message> {
    assert(this.replica !== null, 'a node that is asked for its replica is up.')
    return this.replica
  }

  /** Neither its station nor its replica has anything to do. */
  get isIdle(): boolean {
    return this.station.busy === 0 && (this.running.isIdle?.() ?? true)
  }

  // --- What arrives -------------------------------------------------------------------------------------------------

  receive(from: ProcessId, message: Message): boolean {
    if (message.work !== WORK_NONE) return this.admit(from, message)
    if (message.kind === REQUEST) this.running.onRequest((message as RequestMessage).request)
    else this.running.onMessage(from, message)
    return true
  }

  onConnectionRefused(): void {
    // Replicas find out by their own timers; only clients are told.
  }

  onEvent(kind: number, a: number, b: number, payload: unknown): void {
    if (this.replica === null || kind >> KIND_BITS !== this.incarnation) return
    if ((kind & TIMER) === TIMER) {
      this.replica.onTimer(a, b)
      return
    }
    if (this.station.depart(this.simulation.now)) {
      this.serve(this.station.nextFrom, this.station.nextMessage as Message)
    }
    this.replica.onMessage(a, payload as Message)
  }

  private admit(from: ProcessId, message: Message): boolean {
    switch (this.station.arrive(this.simulation.now, from, message)) {
      case 'serve':
        this.serve(from, message)
        return true
      case 'wait':
        return true
      case 'refuse':
        this.running.onOverload(from, message)
        return false
    }
  }

  private serve(from: ProcessId, message: Message): void {
    const at = this.simulation.now + this.serviceTime(message)
    this.simulation.schedule(at, this.handler, SERVED | (this.incarnation << KIND_BITS), from, 0, message)
  }

  private serviceTime(message: Message): Nanos {
    const table = this.services[message.work] as QuantileTable
    if (table.constant !== undefined) return table.constant
    if (message.operation === NO_OPERATION) return table.at(this.backgroundDice.roll(this.backgroundCount++, 0))
    const name = this.operationDice.get(message.operation)
    return table.at(this.serviceDice.roll(name, (this.id << 11) | (message.work << 8) | (message.attempt & 0xff)))
  }

  // --- ReplicaContext -------------------------------------------------------------------------------------------------

  clock(): Nanos {
    return this.localClock.read(this.simulation.now)
  }

  send(to: ProcessId, message: Message): void {
    if (to !== this.id) this.cluster.network.send(this.id, to, message)
    else this.receive(to, message)
  }

  setTimer(kind: number, argument: number, after: Nanos): Timer {
    const duration = this.localClock.trueDuration(after)
    return this.simulation.setTimer(duration, this.handler, TIMER | (this.incarnation << KIND_BITS), kind, argument)
  }

  cancelTimer(timer: Timer): void {
    this.simulation.cancelTimer(timer)
  }

  sync(kind: number, argument: number): void {
    this.running.onDurable(kind, argument)
  }

  reply(operation: OperationId, outcome: Outcome): void {
    this.cluster.clients.reply(this.id, operation, outcome)
  }

  refuse(attempt: Attempt, refusal: Refusal): void {
    this.cluster.clients.refuse(this.id, attempt, refusal)
  }

  applied(operation: OperationId): void {
    this.cluster.onApplied(this.id, operation)
  }

  witness(operation: OperationId, node: NodeId): void {
    this.cluster.onWitness(node, operation)
  }

  holdings(contains: (key: Key) => boolean): Holdings {
    return this.cluster.holdingsOf(this.id, contains)
  }

  appliedHoldings({ operations }: Holdings): void {
    for (let i = 0; i < operations.length; i++) this.cluster.onApplied(this.id, operations[i] as OperationId)
  }
}
