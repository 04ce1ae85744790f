/**
 * A simulated node: hosts one replica, and is the `ReplicaContext` through which that replica meets the simulated world. Work passes
 * the station and the handler runs when its service ends; messages without work, timers and requests are free. A crash drops the
 * replica, its timers, its queued work and what was sent to it, and takes from the disk what was not durable, or everything. A
 * pause defers all that reaches it.
 */
import { assert } from '../../core/assert.js'
import type { Key, Nanos, NodeId, OperationId, ProcessId, WriterId, ZoneId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import type { Dice, Random } from '../../core/random.js'
import { LARGEST_VALUE } from '../../distributions/law.js'
import type { QuantileTable } from '../../distributions/quantile-table.js'
import { Disk, type Journal, type Undoable } from '../../replication/disk.js'
import type {
  Attempt,
  HintEvent,
  Holdings,
  Message,
  Outcome,
  Purpose,
  Refusal,
  Replica,
  ReplicaContext,
  ScanMessage,
  Timer,
  Work,
} from '../../replication/replica.js'
import { WORK_NONE, WORK_READ, WORK_SCAN } from '../../replication/replica.js'
import type { Clock } from '../../simulation/clock.js'
import type { Receiver } from '../../simulation/network.js'
import type { OperationDice } from '../../simulation/operation-dice.js'
import type { EventHandler, Simulation } from '../../simulation/simulation.js'
import type { Station } from '../../simulation/station.js'
import { REQUEST, type RequestMessage } from './client-messages.js'
import type { Cluster } from './cluster.js'
import { Deferral } from './deferral.js'
import { DiskFlushes } from './disk-flushes.js'

/** Laws of the service times, by kind of work. */
export type ServiceTables = readonly (QuantileTable | null)[]

// Event kinds, in the lowest two bits; the node's incarnation stands above them.
const SERVED = 0
const TIMER = 1
/** A flush of the disk has ended. */
const FLUSHED = 2
/** A flush of the disk begins. */
const FLUSH = 3
const KIND_BITS = 2
const KIND_MASK = (1 << KIND_BITS) - 1

export class SimulatedNode implements ReplicaContext<Message>, Receiver, EventHandler {
  incarnation = 0
  identity: WriterId
  readonly disk: Disk
  /** Null where writes are durable at once, as is the journal. */
  private readonly flushes: DiskFlushes | null
  private readonly journal: Journal | null
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
    /** Of a flush of the disk; null where writes are durable at once. */
    fsync: QuantileTable | null,
    readonly localClock: Clock,
    readonly random: Random,
  ) {
    this.identity = id
    this.simulation = cluster.simulation
    this.operationDice = cluster.operationDice
    this.handler = this.simulation.register(this)
    this.flushes = fsync === null ? null : this.flushesOf(fsync)
    this.journal = this.flushes?.journal ?? null
    this.disk = new Disk(this.journal, cluster.nodesHoldFewKeys)
    this.serviceDice = cluster.random.dice('service')
    this.backgroundDice = cluster.random.dice(`background service/${id}`)
  }

  get up(): boolean {
    return this.replica !== null
  }

  start(replica: Replica<Message>): void {
    assert(this.replica === null, 'a node starts only while it is down.')
    this.replica = replica
    this.flushes?.onProcessStarted()
    replica.onStart()
  }

  /**
   * The process ends, if it has not before, and what was not durable is lost, unless its host has it and keeps its power; with `lose` the
   * whole disk is.
   */
  crash(disk: 'keep' | 'lose', losesPower: boolean): void {
    if (this.replica !== null) this.end()
    if (disk === 'lose') this.loseDisk()
    else if (!this.disk.isDurable && this.flushes?.outlives(losesPower) === false) this.loseTail()
  }

  private flushesOf(fsync: QuantileTable): DiskFlushes {
    const { random, flushPeriod } = this.cluster
    return new DiskFlushes(fsync, random.dice(`fsync/${this.id}`), flushPeriod, {
      onDurable: (kind, argument) => this.running.onDurable(kind, argument),
      beginFlushAfter: (wait) => this.schedule(FLUSH, this.simulation.now + wait),
      endFlushAfter: (wait) => this.schedule(FLUSHED, this.simulation.now + wait),
    })
  }

  private end(): void {
    this.replica = null
    this.pauses = 0
    this.deferral = null
    this.incarnation++
    this.station.clear(this.simulation.now)
    this.flushes?.onProcessEnded()
  }

  private loseDisk(): void {
    this.disk.clear()
    this.identity = this.cluster.onDiskLost(this.id)
  }

  private loseTail(): void {
    const undone: OperationId[] = []
    this.undone = undone
    this.journal?.undo()
    this.identity = this.cluster.onTailLost(this.id, undone)
  }
  /** The receipts that a crash undoes. */
  private undone: OperationId[] = []
  private readonly receipts: Undoable = { undo: (operation) => this.undone.push(operation) }

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
    return this.station.busy === 0 && (this.flushes?.waiting ?? 0) === 0 && (this.running.isIdle?.() ?? true)
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

  onConnectionRefused(to: ProcessId, message: Message): void {
    // A paused process has given up the connection by the time that it runs again.
    if (this.deferral === null) this.replica?.onConnectionRefused?.(to, message)
  }

  onEvent(kind: number, a: number, b: number, payload: unknown): void {
    if (this.replica === null || kind >> KIND_BITS !== this.incarnation) return
    if (this.deferral !== null) {
      this.deferred++
      this.deferral.event(kind, a, b, payload, (kind & KIND_MASK) === TIMER ? this.simulation.firedTimer() : 0)
      return
    }
    switch (kind & KIND_MASK) {
      case TIMER:
        this.replica.onTimer(a, b)
        return
      case FLUSHED:
        this.flushes?.end()
        return
      case FLUSH:
        this.flushes?.begin()
        return
      case SERVED:
        this.onServed(a, payload as Message)
        return
    }
  }

  private onServed(from: ProcessId, message: Message): void {
    if (this.station.depart(this.simulation.now)) {
      this.serve(this.station.nextFrom, this.station.nextMessage as Message)
    }
    this.running.onMessage(from, message)
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

  private schedule(kind: number, at: Nanos): void {
    this.simulation.schedule(at, this.handler, kind | (this.incarnation << KIND_BITS), 0, 0, null)
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
    const { work } = message
    return work === WORK_SCAN ? this.scanTime(message as ScanMessage) : this.workTime(work, message)
  }

  /** A read, and once more for each record the time that one takes, which is drawn once. */
  private scanTime(message: ScanMessage): Nanos {
    const time = this.workTime(WORK_READ, message) + message.rows * this.workTime(WORK_SCAN, message)
    return Math.min(LARGEST_VALUE, time)
  }

  private workTime(work: Work, message: Message): Nanos {
    const table = this.services[work] as QuantileTable
    if (table.constant !== undefined) return table.constant
    if (message.operation === NO_OPERATION) return table.at(this.backgroundDice.roll(this.backgroundCount++, 0))
    const name = this.operationDice.get(message.operation)
    return table.at(this.serviceDice.roll(name, (this.id << 11) | (work << 8) | (message.attempt & 0xff)))
  }

  // --- ReplicaContext -------------------------------------------------------------------------------------------------

  clock(): Nanos {
    return this.localClock.read(this.simulation.now)
  }

  send(to: ProcessId, message: Message): void {
    if (to !== this.id) this.cluster.network.send(this.id, to, message)
    else this.receive(to, message)
  }

  sendPeriodic(purpose: Purpose, to: ProcessId, message: Message): void {
    this.account(purpose, message.bytes)
    if (to !== this.id) this.cluster.network.send(this.id, to, message, true)
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
    if (this.flushes === null || this.disk.isDurable) this.running.onDurable(kind, argument)
    else this.flushes.sync(kind, argument)
  }

  newIdentity(): WriterId {
    return this.cluster.nextIdentity()
  }

  reply(operation: OperationId, outcome: Outcome): void {
    this.cluster.clients.reply(this.id, operation, outcome)
  }

  refuse(attempt: Attempt, refusal: Refusal): void {
    this.cluster.clients.refuse(this.id, attempt, refusal)
  }

  applied(operation: OperationId): void {
    const isNews = this.cluster.onApplied(this.id, operation)
    if (isNews) this.journal?.note(this.receipts, operation, null)
  }

  witness(operation: OperationId, node: NodeId): void {
    this.cluster.onWitness(node, operation)
  }

  account(purpose: Purpose, bytes: number): void {
    this.cluster.account(purpose, bytes)
  }

  hints(event: HintEvent, kept: number): void {
    this.cluster.hints.on(event, this.id, kept)
  }

  holdings(contains: (key: Key) => boolean): Holdings {
    return this.cluster.holdingsOf(this.id, contains)
  }

  appliedHoldings(holdings: Holdings, insteadOf?: (key: Key) => boolean): void {
    const { operations } = holdings
    if (insteadOf !== undefined) this.cluster.onReplaced(this.id, holdings, insteadOf)
    for (let i = 0; i < operations.length; i++) this.applied(operations[i] as OperationId)
  }
}

/** Computed anew, so that nothing is left when all are taken back. */
function productOf(factors: readonly number[]): number {
  let product = 1
  for (const factor of factors) product *= factor
  return product
}
