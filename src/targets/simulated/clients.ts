/**
 * All clients of a cell and the life of an operation: attempts, time-outs, retries, the outcome. An operation ends with the first outcome, whichever
 * attempt it answers, with a refusal of its last attempt, or when the client gives up. A conflict is never tried again: that is
 * for the application, which must read first. When operations begin is for the load to say (load.ts).
 *
 * A timed-out write may have happened: it ends as unknown, even if a later attempt was refused for certain. A refused connection
 * leaves no doubt: the request met no process.
 */
import type { Key, Nanos, NodeId, OperationId, ZoneId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import type { RandomStream } from '../../core/random.js'
import type { Cell } from '../../experiment/cell.js'
import { type History, LIST_COUNT, LIST_ELEMENTS, LIST_SIBLINGS } from '../../history/history.js'
import { DELETE, isQuery, isRead, isWrite, type OperationKind, SCAN } from '../../history/operation-kinds.js'
import { CONFLICT, DROPPED, OK, type OutcomeCode, OVERLOADED, UNAVAILABLE, UNKNOWN } from '../../history/outcomes.js'
import type { Value } from '../../history/values.js'
import type {
  Attempt,
  Context,
  ContextUse,
  IsDown,
  Message,
  Outcome,
  Placement,
  Purpose,
  Refusal,
  Replica,
  ReplicaContext,
  Request,
} from '../../replication/replica.js'
import { scanBytes } from '../../replication/scan.js'
import { valueBytesOf } from '../../replication/whole-value.js'
import type { Network } from '../../simulation/network.js'
import type { OperationDice } from '../../simulation/operation-dice.js'
import type { EventHandler, Simulation, Timer } from '../../simulation/simulation.js'
import type { ArrivalProcess } from '../../workload/arrivals/arrival-process.js'
import type { WorkloadDraws } from '../../workload/draws.js'
import { backOffAfter } from './back-off.js'
import { ReplyMessage, RequestMessage } from './client-messages.js'
import { DownNodes } from './down-nodes.js'
import { KnownContexts } from './known-contexts.js'
import { Load } from './load.js'
import { RetryBudget } from './retry-budget.js'
import { Session } from './session.js'

const TIMEOUT = 0
const RETRY = 1
const REPLICA_TIMER = 2
// Event kinds, in the low two bits; the kind of a replica's own timer stands above them.
const KIND_BITS = 2
const KIND_MASK = (1 << KIND_BITS) - 1

const CODES: Readonly<Record<Refusal['reason'], OutcomeCode>> = {
  unavailable: UNAVAILABLE,
  overloaded: OVERLOADED,
  conflict: CONFLICT,
  timeout: UNKNOWN,
}
const CONNECTION_REFUSED: Refusal = { reason: 'unavailable', applied: 'no' }

/** An operation to begin. */
export interface Asked
  extends Pick<Request, 'kind' | 'key' | 'element' | 'expected' | 'length' | 'valueBytes' | 'turn'> {
  readonly base: OperationId
  /** When it was meant to start; not after now. */
  readonly intended: Nanos
  /** What its dice are rolled by. */
  readonly name: number
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
  /** Null in a closed loop. */
  readonly arrivals: ArrivalProcess | null
  readonly random: RandomStream
  /** Which writes carry contexts; absent if none do. */
  readonly contexts: ContextUse | undefined
  isPartiallyOrdered(kind: OperationKind): boolean
  createReplica(context: ReplicaContext<Message>): Replica<Message> | undefined
  witness(operation: OperationId, node: NodeId): void
  account(purpose: Purpose, bytes: number): void
}

export class Clients implements EventHandler {
  readonly simulation: Simulation
  readonly network: Network
  readonly sessions: Session[] = []
  readonly load: Load
  /** Operations that have begun and not ended. */
  inFlight = 0
  private readonly history: History
  private readonly operationDice: OperationDice
  private readonly handler: number
  /** Of each attempt. */
  private readonly timeout: Nanos
  /** By zone, as the budgets are. */
  private readonly downNodes: readonly DownNodes[]
  private readonly budgets: readonly RetryBudget[]

  constructor(private readonly world: ClientsWorld) {
    this.simulation = world.simulation
    this.network = world.network
    this.history = world.history
    this.operationDice = world.operationDice
    const { timeout, markDown, budget } = world.cell.client
    this.timeout = timeout
    const nodes = world.cell.zones.reduce((count, zone) => count + zone.nodes, 0)
    this.downNodes = world.cell.zones.map(() => new DownNodes(world.simulation, nodes, markDown))
    this.budgets = world.cell.zones.map(() => new RetryBudget(budget))
    this.handler = this.simulation.register(this)
    this.load = new Load(world.cell, world.simulation, world.draws, this, world.random, world.arrivals)
  }

  open(zone: ZoneId, readsBack: boolean): Session {
    const client = this.sessions.length
    const session = new Session(client, zone, readsBack, this.world.random.fork(`session/${client}`), this)
    this.sessions.push(session)
    session.id = this.network.join(session)
    if (this.world.contexts !== undefined) session.contexts = new KnownContexts(this.world.contexts)
    session.replica = this.world.createReplica(session) ?? null
    session.replica?.onStart()
    return session
  }

  /** Begins an operation in a session that is idle. */
  begin(session: Session, asked: Asked): void {
    const { kind, key, element, expected, length, valueBytes, base, intended, name, turn } = asked
    const operation = this.history.begin(kind, key, session.client, intended, base)
    if (intended < this.simulation.now) this.history.invokeLate(operation, this.simulation.now)
    this.operationDice.set(operation, name)
    this.inFlight++
    session.operation = operation
    session.name = name
    session.uncertain = false
    const context = session.contexts === null ? null : this.contextOf(operation, kind, key, session.contexts)
    session.request = {
      operation,
      kind,
      key,
      element,
      expected,
      length,
      valueBytes,
      client: session.client,
      zone: session.zone,
      attempt: 0,
      turn,
      timeout: this.timeout,
      context,
    }
    this.attempt(session)
  }

  /** What a write carries; the history notes it where that says what the write replaces. */
  private contextOf(operation: OperationId, kind: OperationKind, key: Key, known: KnownContexts): Context | null {
    if (!isWrite(kind)) return null
    const context = known.carriedBy(kind, key)
    if (this.world.isPartiallyOrdered(kind)) this.history.contexts.set(operation, context?.frontier ?? [])
    return context
  }

  /** An operation that is never begun, so certainly not applied: its row is made when it is given up. */
  drop(session: Session, { kind, key, intended, base }: Asked): void {
    const operation = this.history.begin(kind, key, session.client, intended, base)
    this.history.finish(operation, DROPPED, this.simulation.now, Number.NaN, -1)
  }

  keyOf(operation: OperationId): Key {
    return this.history.key[operation] as number
  }

  /** The write that a read of a register returned, or `INITIAL`. */
  returnedBy(read: OperationId): OperationId {
    return this.history.observed[read] as number
  }

  /** A client's replica has counted the acknowledgement of a node. */
  witness(operation: OperationId, node: NodeId): void {
    this.world.witness(operation, node)
  }

  account(purpose: Purpose, bytes: number): void {
    this.world.account(purpose, bytes)
  }

  /** A node answers a client, over the network. Replicas do not say which attempt an outcome answers: it shares the luck of the latest. */
  reply(node: NodeId, operation: OperationId, outcome: Outcome): void {
    this.answer(node, operation, (this.history.attempts[operation] as number) - 1, outcome, null)
  }

  /** A node turns down an attempt, over the network. */
  refuse(node: NodeId, { operation, attempt }: Attempt, refusal: Refusal): void {
    this.answer(node, operation, attempt, null, refusal)
  }

  onReply(session: Session, from: NodeId, reply: ReplyMessage): void {
    if (reply.outcome === null) {
      this.onRefusal(session, reply, reply.refusal as Refusal)
      return
    }
    if (session.operation === reply.operation && session.asked === from) this.downNodesOf(session).unmark(from)
    this.onOutcome(session, reply.operation, reply.outcome)
  }

  onOutcome(session: Session, operation: OperationId, outcome: Outcome): void {
    if (session.operation !== operation) return
    this.simulation.cancelTimer(session.timer)
    this.budgetOf(session).onAttemptEnded(this.simulation.now)
    this.finish(session, OK, outcome)
  }

  /** Of an attempt before the one under way it says only whether that one may have taken effect. */
  onRefusal(session: Session, { operation, attempt }: Attempt, { reason, applied }: Refusal): void {
    if (session.operation !== operation) return
    session.uncertain ||= applied === 'unknown'
    if ((session.request as Request).attempt === attempt) this.onFailure(session, CODES[reason])
  }

  onConnectionRefused(session: Session, node: NodeId, attempt: Attempt): void {
    this.downNodesOf(session).mark(node)
    this.onRefusal(session, attempt, CONNECTION_REFUSED)
  }

  setReplicaTimer(session: Session, kind: number, argument: number, after: Nanos): Timer {
    return this.simulation.setTimer(after, this.handler, REPLICA_TIMER | (kind << KIND_BITS), session.client, argument)
  }

  onEvent(kind: number, client: number, b: number): void {
    const session = this.sessions[client] as Session
    switch (kind & KIND_MASK) {
      case TIMEOUT:
        if (session.operation === b) this.onTimeout(session)
        return
      case RETRY:
        if (session.operation === b) this.attempt(session)
        return
      case REPLICA_TIMER:
        session.replica?.onTimer(kind >> KIND_BITS, b)
        return
    }
  }

  private attempt(session: Session): void {
    const request = session.request as Request
    const { history } = this
    history.attempts[request.operation] = Math.min(255, request.attempt + 1)
    session.timer = this.simulation.setTimer(this.timeout, this.handler, TIMEOUT, session.client, request.operation)
    if (session.replica !== null) {
      session.replica.onRequest(request)
      return
    }
    const node = this.nodeFor(request, this.downNodesOf(session).test)
    session.asked = node
    history.node[request.operation] = node
    this.network.send(session.id, node, new RequestMessage(request))
  }

  /** Where its context says or, again or if that node is held for down, where any such request goes. */
  private nodeFor(request: Request, isDown: IsDown | undefined): NodeId {
    const preferred = request.attempt === 0 ? request.context?.coordinator : undefined
    if (typeof preferred === 'number' && !isDown?.(preferred)) return preferred
    return this.world.placement.route(request, isDown)
  }

  private answer(
    node: NodeId,
    operation: OperationId,
    attempt: number,
    outcome: Outcome | null,
    refusal: Refusal | null,
  ): void {
    const session = this.sessions[this.history.client[operation] as number] as Session
    const kind = this.history.kind[operation] as OperationKind
    const isAwaited = outcome !== null && isQuery(kind) && session.operation === operation
    const valueBytes = isAwaited ? this.answerBytes(session.request as Request, outcome) : 0
    const bytes = valueBytes + (outcome?.context?.bytes ?? 0)
    this.network.send(node, session.id, new ReplyMessage(operation, attempt, kind, bytes, outcome, refusal))
  }

  /** Of what a read or a scan returns, as the store sends it: all that it keeps side by side. */
  private answerBytes({ kind, length, valueBytes }: Request, { value, siblings }: Outcome): number {
    if (kind === SCAN) return scanBytes(length, valueBytes)
    if (siblings === null) return this.bytesOf(value, valueBytes)
    return siblings.reduce<number>((sum, sibling) => sum + this.bytesOf(sibling, valueBytes), 0)
  }

  /** A tombstone weighs nothing. */
  private bytesOf(value: Value, registerBytes: number): number {
    if (typeof value === 'number') return this.isTombstone(value) ? 0 : registerBytes
    if ('ids' in value) return value.ids.filter((id) => !this.isTombstone(id)).length * registerBytes
    return valueBytesOf(value, 0)
  }

  private isTombstone(id: OperationId): boolean {
    return this.history.kind[id] === DELETE
  }

  private onTimeout(session: Session): void {
    this.network.abandonStalled(session.id)
    if (session.asked !== null) this.downNodesOf(session).mark(session.asked)
    session.uncertain = true
    this.onFailure(session, UNKNOWN)
  }

  /** The attempt under way has failed: another follows after a while, or the operation ends. */
  private onFailure(session: Session, code: OutcomeCode): void {
    this.simulation.cancelTimer(session.timer)
    session.asked = null
    const budget = this.budgetOf(session)
    budget.onAttemptEnded(this.simulation.now)
    const request = session.request as Request
    const mayRetry = request.attempt < this.world.cell.client.retries && code !== CONFLICT
    if (mayRetry && budget.spend(this.simulation.now)) this.backOff(session, request)
    else this.finish(session, session.uncertain ? UNKNOWN : code, null)
  }

  private backOff(session: Session, request: Request): void {
    const at = this.simulation.now + backOffAfter(request.attempt, session.name, this.world.cell.client)
    session.request = { ...request, attempt: request.attempt + 1, turn: request.turn + 1 }
    this.simulation.schedule(at, this.handler, RETRY, session.client, request.operation, null)
  }

  private downNodesOf(session: Session): DownNodes {
    return this.downNodes[session.zone] as DownNodes
  }

  private budgetOf(session: Session): RetryBudget {
    return this.budgets[session.zone] as RetryBudget
  }

  private finish(session: Session, code: OutcomeCode, outcome: Outcome | null): void {
    const { operation } = session
    const { history } = this
    const request = session.request as Request
    history.finish(operation, code, this.simulation.now, outcome?.order ?? Number.NaN, outcome?.tie ?? -1)
    if (outcome !== null) this.note(session, request, outcome)
    this.inFlight--
    session.operation = NO_OPERATION
    session.request = null
    this.load.onEnded(session, request, code === OK)
  }

  private note(session: Session, { operation, kind, key }: Request, outcome: Outcome): void {
    if (isRead(kind)) this.observe(operation, outcome)
    else if (outcome.frontier !== null) this.history.contexts.set(operation, outcome.frontier)
    session.contexts?.note(key, outcome.context)
  }

  private observe(operation: OperationId, { value, frontier, siblings }: Outcome): void {
    const { history } = this
    if (typeof value === 'number') history.observed[operation] = value
    else if ('count' in value) history.observeList(operation, LIST_COUNT, [value.count])
    else if ('ids' in value) history.observeList(operation, LIST_SIBLINGS, value.ids)
    else history.observeList(operation, LIST_ELEMENTS, value.elements)
    if (frontier !== null) history.frontiers.set(operation, frontier)
    if (siblings !== null) history.siblings.set(operation, siblings.length)
  }
}
