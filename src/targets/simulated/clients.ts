/**
 * All clients of a cell. Open loop: an arrival takes an idle session of its zone or opens one, so operations of a session never
 * overlap and an arrival never waits for a session. Closed loop: all sessions begin at time 0 and think after each outcome. A
 * request ends with the first answer, with a refusal after its retries, or when the client gives up.
 *
 * A timed-out write may have happened: it ends as unknown, even if a later attempt was refused for certain.
 */
import { assert } from '../../core/assert.js'
import type { Nanos, NodeId, OperationId, ZoneId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import { mix32, type RandomStream } from '../../core/random.js'
import { compile } from '../../distributions/index.js'
import type { QuantileTable } from '../../distributions/quantile-table.js'
import type { Cell } from '../../experiment/cell.js'
import { type History, LIST_COUNT, LIST_ELEMENTS } from '../../history/history.js'
import { ADD, isRead, MODIFY, type OperationKind, READ_BACK, READ_FOR_MODIFY } from '../../history/operation-kinds.js'
import { CONFLICT, OK, type OutcomeCode, OVERLOADED, UNAVAILABLE, UNKNOWN } from '../../history/outcomes.js'
import type {
  Message,
  Outcome,
  Placement,
  Refusal,
  Replica,
  ReplicaContext,
  Request,
} from '../../replication/replica.js'
import type { Network } from '../../simulation/network.js'
import type { OperationDice } from '../../simulation/operation-dice.js'
import type { EventHandler, Simulation, Timer } from '../../simulation/simulation.js'
import type { Draw, WorkloadDraws } from '../../workload/draws.js'
import { ReplyMessage, RequestMessage } from './client-messages.js'
import { type Sequel, Session } from './session.js'

const ARRIVAL = 0
const TIMEOUT = 1
const THINK_OVER = 2
const READ_BACK_DUE = 3
const RETRY = 4
const REPLICA_TIMER = 5
const KIND_BITS = 3
const KIND_MASK = (1 << KIND_BITS) - 1

const NO_SEQUEL: Sequel = { modify: false, readBacks: [], valueBytes: 0 }
const CODES: Readonly<Record<Refusal['reason'], OutcomeCode>> = {
  unavailable: UNAVAILABLE,
  overloaded: OVERLOADED,
  conflict: CONFLICT,
  timeout: UNKNOWN,
}

/** A read-back on its way, as an event's payload. */
interface DueReadBack {
  readonly write: OperationId
  readonly zone: ZoneId
  readonly name: number
  readonly valueBytes: number
}

/** What the clients need of the cell around them. */
export interface ClientsWorld {
  readonly cell: Cell
  readonly simulation: Simulation
  readonly network: Network
  readonly history: History
  readonly operationDice: OperationDice
  readonly placement: Placement
  readonly draws: WorkloadDraws
  readonly random: RandomStream
  createReplica(context: ReplicaContext<Message>): Replica<Message> | undefined
}

export class Clients implements EventHandler {
  readonly simulation: Simulation
  readonly network: Network
  private readonly history: History
  private readonly operationDice: OperationDice
  /** Of each attempt. */
  private readonly timeout: Nanos
  readonly sessions: Session[] = []
  inFlight = 0
  /** When the load ends: by time, or earlier by count. */
  loadEnd: Nanos
  private readonly handler: number
  private readonly idle: Session[][]
  private readonly idleReaders: Session[][]
  private readonly arrivalsStream: RandomStream
  private readonly operationsStream: RandomStream
  private readonly closedStreams: RandomStream[] = []
  private readonly between: QuantileTable
  private readonly readBackLaw: QuantileTable | null
  private arrivals = 0
  private measuredArrivals = 0
  private requests = 0
  private retries = 0

  constructor(private readonly world: ClientsWorld) {
    this.simulation = world.simulation
    this.network = world.network
    this.history = world.history
    this.operationDice = world.operationDice
    this.timeout = world.cell.client.timeout
    this.handler = this.simulation.register(this)
    const { cell, random } = world
    this.loadEnd = cell.phases.warmup + cell.phases.duration
    this.idle = cell.zones.map(() => [])
    this.idleReaders = cell.zones.map(() => [])
    this.arrivalsStream = random.fork('arrivals')
    this.operationsStream = random.fork('operations')
    const { arrivals, readBack } = cell.workload
    this.between = compile(
      arrivals.kind === 'poisson' ? `exponential(${1e9 / arrivals.perSecond}ns)` : arrivals.think,
      'time',
    )
    this.readBackLaw = typeof readBack?.after === 'string' ? compile(readBack.after, 'time') : null
  }

  /** Puts the first operations on the calendar. */
  start(): void {
    const { cell } = this.world
    const { arrivals } = cell.workload
    if (arrivals.kind === 'poisson') {
      this.scheduleArrival()
      return
    }
    const counts = cell.zones.map(() => 0)
    for (let client = 0; client < arrivals.sessions; client++) {
      const zone = mostBehind(
        cell.zones.map((z) => z.clients),
        counts,
        client + 1,
      )
      counts[zone] = (counts[zone] as number) + 1
      this.open(zone, false)
      this.closedStreams.push(this.world.random.fork(`client/${client}`))
      this.simulation.schedule(0, this.handler, THINK_OVER, client, 0, null)
    }
  }

  /** A node answers a client, over the network. */
  answer(node: NodeId, operation: OperationId, outcome: Outcome | null, refusal: Refusal | null): void {
    const session = this.sessions[this.history.client[operation] as number] as Session
    const kind = this.history.kind[operation] as OperationKind
    const bytes = isRead(kind) && session.operation === operation ? (session.request as Request).valueBytes : 0
    this.network.send(node, session.id, new ReplyMessage(operation, kind, bytes, outcome, refusal))
  }

  onAnswer(session: Session, operation: OperationId, outcome: Outcome | null, refusal: Refusal | null): void {
    if (session.operation !== operation) return
    this.simulation.cancelTimer(session.timer)
    if (outcome !== null) {
      this.finish(session, OK, outcome)
      return
    }
    assert(refusal !== null, 'an answer is an outcome or a refusal.')
    this.onFailure(session, CODES[refusal.reason], refusal.applied === 'unknown')
  }

  setReplicaTimer(session: Session, kind: number, argument: number, after: Nanos): Timer {
    return this.simulation.setTimer(after, this.handler, REPLICA_TIMER | (kind << KIND_BITS), session.client, argument)
  }

  onEvent(kind: number, a: number, b: number, payload: unknown): void {
    switch (kind & KIND_MASK) {
      case ARRIVAL:
        this.onArrival()
        return
      case TIMEOUT:
        this.onTimeout(this.sessions[a] as Session, b)
        return
      case THINK_OVER:
        this.onThinkOver(this.sessions[a] as Session)
        return
      case READ_BACK_DUE:
        this.onReadBackDue(payload as DueReadBack)
        return
      case RETRY:
        if ((this.sessions[a] as Session).operation === b) this.attempt(this.sessions[a] as Session)
        return
      case REPLICA_TIMER:
        this.sessions[a]?.replica?.onTimer(kind >> KIND_BITS, b)
        return
    }
  }

  // --- Load -----------------------------------------------------------------------------------------------------------

  private scheduleArrival(): void {
    const at = this.simulation.now + this.between.at(this.arrivalsStream.next())
    if (at < this.loadEnd) this.simulation.schedule(at, this.handler, ARRIVAL, 0, 0, null)
  }

  private onArrival(): void {
    const stream = this.operationsStream
    const zone = this.world.draws.zone(stream)
    const draw = this.world.draws.next(stream)
    const session = this.idle[zone]?.pop() ?? this.open(zone, false)
    this.beginDrawn(session, draw, mix32(this.arrivals))
    if (this.isLoading()) this.scheduleArrival()
  }

  private onThinkOver(session: Session): void {
    if (!this.isLoading()) return
    const draw = this.world.draws.next(this.closedStreams[session.client] as RandomStream)
    this.beginDrawn(session, draw, mix32(Math.imul(session.client + 1, 0x9e3779b1) + session.turn))
  }

  private isLoading(): boolean {
    return this.simulation.now < this.loadEnd
  }

  private beginDrawn(session: Session, draw: Draw, name: number): void {
    this.arrivals++
    if (this.simulation.now >= this.world.cell.phases.warmup) this.measuredArrivals++
    // The arrival that reaches the count is the last; the nanosecond keeps it inside the measured phase.
    if (this.measuredArrivals === this.world.cell.workload.count) {
      this.loadEnd = this.simulation.now + 1
      this.simulation.endBy(this.loadEnd)
    }
    const modify = draw.kind === READ_FOR_MODIFY
    session.sequel = modify || draw.readBacks.length > 0 ? this.sequelOf(draw, modify) : null
    this.begin(session, draw.kind, draw.key, draw.element, draw.valueBytes, draw.element, name)
    if (draw.kind === ADD) this.world.draws.onAdd(draw.key, session.operation)
  }

  private sequelOf({ readBacks, valueBytes }: Draw, modify: boolean): Sequel {
    const due = readBacks.map(({ zone, quantile }, i) => ({ zone, after: this.readBackDelay(i, quantile) }))
    return { modify, readBacks: due, valueBytes }
  }

  private readBackDelay(i: number, quantile: number): Nanos {
    const after = this.world.cell.workload.readBack?.after
    return this.readBackLaw !== null ? this.readBackLaw.at(quantile) : ((after as readonly Nanos[])[i] as Nanos)
  }

  private open(zone: ZoneId, readsBack: boolean): Session {
    const client = this.sessions.length
    const session = new Session(client, zone, readsBack, this.world.random.fork(`session/${client}`), this)
    this.sessions.push(session)
    session.id = this.network.join(session)
    session.replica = this.world.createReplica(session) ?? null
    session.replica?.onStart()
    return session
  }

  // --- One operation ----------------------------------------------------------------------------------------------------

  private begin(
    session: Session,
    kind: OperationKind,
    key: number,
    element: OperationId,
    valueBytes: number,
    base: OperationId,
    name: number,
  ): void {
    const operation = this.history.begin(kind, key, session.client, this.simulation.now, base)
    this.operationDice.set(operation, name)
    this.inFlight++
    session.operation = operation
    session.name = name
    session.uncertain = false
    session.request = {
      operation,
      kind,
      key,
      element,
      valueBytes,
      client: session.client,
      zone: session.zone,
      attempt: 0,
      turn: session.turn++,
      timeout: this.timeout,
    }
    this.attempt(session)
  }

  private attempt(session: Session): void {
    const request = session.request as Request
    const { history } = this
    this.requests++
    history.attempts[request.operation] = Math.min(255, request.attempt + 1)
    session.timer = this.simulation.setTimer(this.timeout, this.handler, TIMEOUT, session.client, request.operation)
    if (session.replica !== null) {
      session.replica.onRequest(request)
      return
    }
    const node = this.world.placement.route(request)
    history.node[request.operation] = node
    this.network.send(session.id, node, new RequestMessage(request))
  }

  private onTimeout(session: Session, operation: OperationId): void {
    if (session.operation === operation) this.onFailure(session, UNKNOWN, true)
  }

  private onFailure(session: Session, code: OutcomeCode, mayHaveHappened: boolean): void {
    session.uncertain ||= mayHaveHappened
    const request = session.request as Request
    const { retries, budget, backoff, jitter } = this.world.cell.client
    if (request.attempt < retries && this.retries < budget * this.requests) {
      this.retries++
      const luck = mix32(session.name ^ Math.imul(request.attempt + 1, 0x85ebca6b)) / 0x100000000
      const wait = Math.round(backoff * (1 << Math.min(request.attempt, 20)) * (1 - jitter * luck))
      session.request = { ...request, attempt: request.attempt + 1, turn: session.turn++ }
      this.simulation.schedule(this.simulation.now + wait, this.handler, RETRY, session.client, request.operation, null)
      return
    }
    this.finish(session, session.uncertain ? UNKNOWN : code, null)
  }

  private finish(session: Session, code: OutcomeCode, outcome: Outcome | null): void {
    const { operation } = session
    const { history } = this
    history.finish(operation, code, this.simulation.now, outcome?.order ?? Number.NaN, outcome?.tie ?? -1)
    const kind = history.kind[operation] as OperationKind
    if (outcome !== null && isRead(kind)) this.observe(operation, outcome)
    this.inFlight--
    const request = session.request as Request
    const sequel = session.sequel ?? NO_SEQUEL
    session.operation = NO_OPERATION
    session.request = null
    if (code === OK && sequel.modify) {
      session.sequel = { ...sequel, modify: false }
      this.begin(session, MODIFY, request.key, NO_OPERATION, sequel.valueBytes, operation, mix32(session.name ^ 0x4d))
      return
    }
    session.sequel = null
    if (code === OK && !isRead(kind)) this.scheduleReadBacks(operation, session.name, sequel)
    this.release(session)
  }

  private observe(operation: OperationId, { value, frontier }: Outcome): void {
    const { history } = this
    if (typeof value === 'number') history.observed[operation] = value
    else if ('count' in value) history.observeList(operation, LIST_COUNT, [value.count])
    else history.observeList(operation, LIST_ELEMENTS, value.elements)
    if (frontier !== null) history.frontiers.set(operation, frontier)
  }

  private release(session: Session): void {
    if (session.readsBack) {
      this.idleReaders[session.zone]?.push(session)
    } else if (this.world.cell.workload.arrivals.kind === 'poisson') {
      this.idle[session.zone]?.push(session)
    } else {
      const stream = this.closedStreams[session.client] as RandomStream
      const at = this.simulation.now + this.between.at(stream.next())
      if (at < this.loadEnd) this.simulation.schedule(at, this.handler, THINK_OVER, session.client, 0, null)
    }
  }

  private scheduleReadBacks(write: OperationId, name: number, { readBacks, valueBytes }: Sequel): void {
    readBacks.forEach(({ after, zone }, i) => {
      const due: DueReadBack = { write, zone, valueBytes, name: mix32(name + Math.imul(i + 1, 0x27d4eb2f)) }
      const at = this.simulation.now + after
      if (at < this.loadEnd) this.simulation.schedule(at, this.handler, READ_BACK_DUE, 0, 0, due)
    })
  }

  private onReadBackDue({ write, zone, name, valueBytes }: DueReadBack): void {
    const session = this.idleReaders[zone]?.pop() ?? this.open(zone, true)
    const key = this.history.key[write] as number
    this.begin(session, READ_BACK, key, NO_OPERATION, valueBytes, write, name)
  }
}

/** The zone whose count is furthest below its share of `total`. */
function mostBehind(shares: readonly number[], counts: readonly number[], total: number): ZoneId {
  const deficits = shares.map((share, zone) => share * total - (counts[zone] as number))
  return deficits.indexOf(Math.max(...deficits))
}
