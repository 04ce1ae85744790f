/**
 * A simulated node: hosts one replica, and is the `ReplicaContext` through which that replica meets the simulated world. Work passes
 * the station and the handler runs when its service ends; messages without work, timers and requests are free. A crash drops the
 * replica, its timers, its queued work and what was sent to it; the disk survives. A pause defers all that reaches it.
 */
import { assert } from '../../core/assert.js'
import type { Key, Nanos, NodeId, OperationId, ProcessId, WriterId, ZoneId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import type { Dice, Random } from '../../core/random.js'
import { LARGEST_VALUE } from '../../distributions/law.js'
import type { QuantileTable } from '../../distributions/quantile-table.js'
import { Disk } from '../../replication/disk.js'
import type { Holdings, Message, Outcome, Refusal, Replica, ReplicaContext, Timer } from '../../replication/replica.js'
import { WORK_NONE } from '../../replication/replica.js'
import type { Clock } from '../../simulation/clock.js'
import type { Receiver } from '../../simulation/network.js'
import type { OperationDice } from '../../simulation/operation-dice.js'
import type { EventHandler, Simulation } from '../../simulation/simulation.js'
import type { Station } from '../../simulation/station.js'
import { REQUEST, type RequestMessage } from './client-messages.js'
import type { Cluster } from './cluster.js'
import { Deferral } from './deferral.js'

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
  private pauses = 0
  /** What a paused process has missed; null while it runs. */
  private deferral: Deferral | null = null
  /** What is being done of it, at the end of a pause. */
  private resuming: Deferral | null = null
  /** Deliveries, ends of services and timers that pauses have put off so far. */
  deferred = 0
  private readonly slowdowns: number[] = []
  /** The product of the slowdowns. */
  private slowdown = 1
  /** Services that began slowly so far. */
  slowed = 0

  constructor(
    readonly id: ProcessId,
    readonly zone: ZoneId,
    private readonly cluster: Cluster,
    readonly station: Station,
    private readonly services: ServiceTables,
    readonly localClock: Clock,
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

  /** The process ends, if it has not before; `lose` empties its disk too. */
  crash(_disk: 'keep' | 'lose'): void {
    if (this.replica === null) return
    this.replica = null
    this.pauses = 0
    this.deferral = null
    this.incarnation++
    this.station.clear(this.simulation.now)
  }

  /** The process stops until as many pauses have ended as have begun; false if it is down. */
  pause(): boolean {
    if (this.replica === null) return false
    this.pauses++
    this.deferral ??= new Deferral()
    return true
  }

  /** A pause of this process, which has not crashed since, ends; with the last, what it has missed is done now. */
  resume(): void {
    const missed = this.deferral
    assert(missed !== null, 'only a paused process goes on.')
    if (--this.pauses > 0) return
    this.deferral = null
    this.resuming = missed
    missed.doAll(this)
    this.resuming = null
  }

  /** Services that begin take so many times as long. */
  slow(factor: number): void {
    this.slowdowns.push(factor)
    this.slowdown = productOf(this.slowdowns)
  }

  unslow(factor: number): void {
    this.slowdowns.splice(this.slowdowns.indexOf(factor), 1)
    this.slowdown = productOf(this.slowdowns)
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
    if (this.deferral !== null) {
      this.deferred++
      this.deferral.arrival(from, message)
      return true
    }
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
    if (this.deferral !== null) {
      this.deferred++
      this.deferral.event(kind, a, b, payload, (kind & TIMER) === TIMER ? this.simulation.firedTimer() : 0)
      return
    }
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
    const time = this.slowdown === 1 ? this.serviceTime(message) : this.slowTime(message)
    const at = this.simulation.now + time
    this.simulation.schedule(at, this.handler, SERVED | (this.incarnation << KIND_BITS), from, 0, message)
  }

  /** Never longer than any drawn time may be, however many factors meet. */
  private slowTime(message: Message): Nanos {
    this.slowed++
    return Math.min(LARGEST_VALUE, Math.round(this.serviceTime(message) * this.slowdown))
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
    if (this.resuming !== null) this.resuming.cancel(timer)
    this.simulation.cancelTimer(timer)
  }

  sync(kind: number, argument: number): void {
    this.running.onDurable(kind, argument)
  }

  reply(operation: OperationId, outcome: Outcome): void {
    this.cluster.clients.answer(this.id, operation, outcome, null)
  }

  refuse(operation: OperationId, refusal: Refusal): void {
    this.cluster.clients.answer(this.id, operation, null, refusal)
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

/** Computed anew, so that nothing is left when all are taken back. */
function productOf(factors: readonly number[]): number {
  let product = 1
  for (const factor of factors) product *= factor
  return product
}
