/**
 * A node that is asked for a write of a key that it does not hold hands the request on to the first node of the preference list that it
 * holds for up (DeCandia et al. 2007, section 4.5; Riak KV's put FSM), which coordinates it; the answer comes back the same way. If it
 * holds all of them for down, versions carry clocks and others stand in, one of those coordinates: this node if it stands in, else the first that does, which
 * hands on once more to a replica that it holds for up itself. Reads
 * are coordinated by any node. If that node turns out to be down the client is refused, at once where its host refuses the connection,
 * else after a while (3 s, as in Riak), and may try again. If nobody is left it is coordinated here.
 */
import { assert } from '../../core/assert.js'
import type { Key, NodeId, OperationId, ProcessId } from '../../core/ids.js'
import { SECOND } from '../../core/units.js'
import { isQuery } from '../../history/operation-kinds.js'
import { HEADER_BYTES } from '../message-bytes.js'
import type { Attempt, Leg, Message, Outcome, Refusal, ReplicaContext, Request, Timer, Work } from '../replica.js'
import { LEG_WRITE, LEG_WRITE_ACK, WORK_NONE } from '../replica.js'
import type { FailureDetector } from './failure-detector.js'
import { nodesAt } from './places.js'
import type { QuorumOptions } from './quorum-options.js'
import type { QuorumPlacement } from './quorum-placement.js'
import { FORWARDING, firstKindOf, type Service } from './service.js'
import { Standings } from './standing.js'
import { haveClocks } from './versions/clocked-versions.js'

const FORWARDED_REQUEST = firstKindOf(FORWARDING)
const FORWARDED_ANSWER = FORWARDED_REQUEST + 1

/** Something handed on has not been answered; the argument is the operation. */
const UNANSWERED = firstKindOf(FORWARDING)
const FORWARD_PATIENCE = 3 * SECOND

class ForwardedRequest implements Message {
  constructor(readonly request: Request) {}

  get kind(): number {
    return FORWARDED_REQUEST
  }

  get work(): Work {
    return WORK_NONE
  }

  get leg(): Leg {
    return LEG_WRITE
  }

  get operation(): OperationId {
    return this.request.operation
  }

  get attempt(): number {
    return this.request.attempt
  }

  get bytes(): number {
    const { valueBytes, context } = this.request
    return HEADER_BYTES + valueBytes + (context?.bytes ?? 0)
  }
}

/** An outcome or a refusal; exactly one of them is not null. */
class ForwardedAnswer implements Message {
  readonly operation: OperationId
  readonly attempt: number

  constructor(
    asked: Attempt,
    readonly outcome: Outcome | null,
    readonly refusal: Refusal | null,
  ) {
    this.operation = asked.operation
    this.attempt = asked.attempt
  }

  get kind(): number {
    return FORWARDED_ANSWER
  }

  get work(): Work {
    return WORK_NONE
  }

  get leg(): Leg {
    return LEG_WRITE_ACK
  }

  get bytes(): number {
    return HEADER_BYTES + (this.outcome?.context?.bytes ?? 0)
  }
}

/** Answers whoever has asked: the client, or the node `via` that has handed its request on. */
export function answer(context: ReplicaContext<Message>, asked: Attempt, via: NodeId | null, outcome: Outcome): void {
  if (via === null) context.reply(asked.operation, outcome)
  else context.send(via, new ForwardedAnswer(asked, outcome, null))
}

/** The same of a refusal. */
export function refuse(context: ReplicaContext<Message>, asked: Attempt, via: NodeId | null, refusal: Refusal): void {
  if (via === null) context.refuse(asked, refusal)
  else context.send(via, new ForwardedAnswer(asked, null, refusal))
}

interface HandedOn {
  readonly request: Request
  readonly to: NodeId
  /** Who has handed it to this node; null where the client asked it. */
  readonly via: NodeId | null
  /** Until then its answer is waited for. */
  readonly patience: Timer
}

interface Parts {
  readonly context: ReplicaContext<Message>
  readonly options: QuorumOptions
  readonly placement: QuorumPlacement
  readonly detector: FailureDetector
}

export class Forwarding implements Service {
  /** What has been handed on and is not answered. */
  private readonly underWay = new Map<OperationId, HandedOn>()
  /** Null where nobody coordinates in place of a replica. */
  private readonly standings: Standings | null

  constructor(
    private readonly parts: Parts,
    /** Coordinates a request here, on behalf of the node that has handed it on, if one has. */
    private readonly coordinate: (request: Request, via: NodeId | null) => void,
  ) {
    const { placement, detector, options } = parts
    const doStandIns = options.sloppy === true && haveClocks(options)
    this.standings = doStandIns ? new Standings(placement, detector, true) : null
  }

  onStart(): void {}

  /** Whether the request is for another node, which has been sent it. */
  handsOn(request: Request): boolean {
    const { key, kind } = request
    if (isQuery(kind) || this.parts.placement.holds(this.parts.context.id, key)) return false
    const to = this.replicaUp(key) ?? this.standInFor(key)
    if (to !== undefined) this.handOn(request, to, null)
    return to !== undefined
  }

  onMessage(from: ProcessId, message: Message): void {
    if (message.kind === FORWARDED_REQUEST) this.onHandedOn(from, (message as ForwardedRequest).request)
    else this.onAnswer(from, message as ForwardedAnswer)
  }

  /** The node that it was handed on to is down, or too slow. */
  onTimer(_kind: number, operation: OperationId): void {
    const waiting = this.underWay.get(operation)
    if (waiting === undefined) return
    this.parts.detector.missed(waiting.to)
    this.giveUp(waiting)
  }

  /** The same, and known at once. */
  onConnectionRefused({ kind, operation, attempt }: Message): void {
    const waiting = this.underWay.get(operation)
    if (kind === FORWARDED_REQUEST && waiting?.request.attempt === attempt) this.giveUp(waiting)
  }

  /** Of a key that it does not hold, as one that stands in; but it may know of a replica that is up. */
  private onHandedOn(from: NodeId, request: Request): void {
    const isHeld = this.parts.placement.holds(this.parts.context.id, request.key)
    const to = isHeld ? undefined : this.replicaUp(request.key)
    if (to === undefined) this.coordinate(request, from)
    else this.handOn(request, to, from)
  }

  private replicaUp(key: Key): NodeId | undefined {
    return this.parts.placement.replicas(key).find((node) => this.parts.detector.isUp(node))
  }

  /** The first of those that stand in, unless this node is one of them. */
  private standInFor(key: Key): NodeId | undefined {
    const standing = this.standings?.of(key, this.parts.placement.partitionOf(key))
    if (standing === undefined || standing.nodes.includes(this.parts.context.id)) return undefined
    return nodesAt(standing.nodes, standing.fallbacks)[0]
  }

  private handOn(request: Request, to: NodeId, via: NodeId | null): void {
    const { context, options } = this.parts
    this.forget(request.operation)
    context.send(to, new ForwardedRequest(request))
    const after = Math.min(options.timeouts?.forward ?? FORWARD_PATIENCE, request.timeout)
    const patience = context.setTimer(UNANSWERED, request.operation, after)
    this.underWay.set(request.operation, { request, to, via, patience })
  }

  /** It may have been done, by a copy of the message that did arrive, so trying again is for the client. */
  private giveUp({ request, via }: HandedOn): void {
    this.forget(request.operation)
    refuse(this.parts.context, request, via, { reason: 'unavailable', applied: 'unknown' })
  }

  private forget(operation: OperationId): void {
    const waiting = this.underWay.get(operation)
    if (waiting === undefined) return
    this.parts.context.cancelTimer(waiting.patience)
    this.underWay.delete(operation)
  }

  /** One that is not waited for any more goes to the client itself. */
  private onAnswer(from: NodeId, { operation, attempt, outcome, refusal }: ForwardedAnswer): void {
    const { context, detector } = this.parts
    detector.heard(from)
    const waiting = this.underWay.get(operation)
    if (waiting?.request.attempt === attempt) this.forget(operation)
    const via = waiting?.via ?? null
    if (outcome !== null) answer(context, { operation, attempt }, via, outcome)
    else {
      assert(refusal !== null, 'a forwarded answer is an outcome or a refusal.')
      refuse(context, { operation, attempt }, via, refusal)
    }
  }
}
