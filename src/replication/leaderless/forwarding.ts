/**
 * A node that is asked for a write of a key that it does not hold hands the request on to the first node of the preference list that it
 * holds for up (DeCandia et al. 2007, section 4.5; Riak KV's put FSM), which coordinates it; the answer comes back the same way. Reads
 * are coordinated by any node. If that node turns out to be down the client is refused, at once where its host refuses the connection,
 * else after a while (3 s, as in Riak), and may try again. If all are held for down it is coordinated here.
 */
import { assert } from '../../core/assert.js'
import type { NodeId, OperationId, ProcessId } from '../../core/ids.js'
import { SECOND } from '../../core/units.js'
import { isQuery } from '../../history/operation-kinds.js'
import { HEADER_BYTES } from '../message-bytes.js'
import type { Leg, Message, Outcome, Refusal, ReplicaContext, Request, Timer, Work } from '../replica.js'
import { LEG_WRITE, LEG_WRITE_ACK, WORK_NONE } from '../replica.js'
import type { FailureDetector } from './failure-detector.js'
import type { QuorumOptions } from './quorum-options.js'
import type { QuorumPlacement } from './quorum-placement.js'
import { FORWARDING, firstKindOf, type Service } from './service.js'

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
    request: Request,
    readonly outcome: Outcome | null,
    readonly refusal: Refusal | null,
  ) {
    this.operation = request.operation
    this.attempt = request.attempt
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
export function answer(context: ReplicaContext<Message>, request: Request, via: NodeId | null, outcome: Outcome): void {
  if (via === null) context.reply(request.operation, outcome)
  else context.send(via, new ForwardedAnswer(request, outcome, null))
}

/** The same of a refusal. */
export function refuse(context: ReplicaContext<Message>, request: Request, via: NodeId | null, refusal: Refusal): void {
  if (via === null) context.refuse(request, refusal)
  else context.send(via, new ForwardedAnswer(request, null, refusal))
}

interface HandedOn {
  readonly request: Request
  readonly to: NodeId
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

  constructor(
    private readonly parts: Parts,
    /** Coordinates a request here, on behalf of the node that has handed it on, if one has. */
    private readonly coordinate: (request: Request, via: NodeId | null) => void,
  ) {}

  onStart(): void {}

  /** Whether the request is for another node, which has been sent it. */
  handsOn(request: Request): boolean {
    const { context, placement, detector } = this.parts
    const replicas = placement.replicas(request.key)
    if (isQuery(request.kind) || replicas.includes(context.id)) return false
    const to = replicas.find((node) => detector.isUp(node))
    if (to === undefined) return false
    this.forget(request.operation)
    context.send(to, new ForwardedRequest(request))
    const after = Math.min(this.parts.options.timeouts?.forward ?? FORWARD_PATIENCE, request.timeout)
    const patience = context.setTimer(UNANSWERED, request.operation, after)
    this.underWay.set(request.operation, { request, to, patience })
    return true
  }

  onMessage(from: ProcessId, message: Message): void {
    if (message.kind === FORWARDED_REQUEST) this.coordinate((message as ForwardedRequest).request, from)
    else this.onAnswer(from, message as ForwardedAnswer)
  }

  /** The node that it was handed on to is down, or too slow. */
  onTimer(_kind: number, operation: OperationId): void {
    const waiting = this.underWay.get(operation)
    if (waiting === undefined) return
    this.parts.detector.missed(waiting.to)
    this.giveUp(waiting.request)
  }

  /** The same, and known at once. */
  onConnectionRefused({ kind, operation, attempt }: Message): void {
    const waiting = this.underWay.get(operation)
    if (kind === FORWARDED_REQUEST && waiting?.request.attempt === attempt) this.giveUp(waiting.request)
  }

  /** It may have been done, by a copy of the message that did arrive, so trying again is for the client. */
  private giveUp(request: Request): void {
    this.forget(request.operation)
    this.parts.context.refuse(request, { reason: 'unavailable', applied: 'unknown' })
  }

  private forget(operation: OperationId): void {
    const waiting = this.underWay.get(operation)
    if (waiting === undefined) return
    this.parts.context.cancelTimer(waiting.patience)
    this.underWay.delete(operation)
  }

  private onAnswer(from: NodeId, { operation, attempt, outcome, refusal }: ForwardedAnswer): void {
    const { context, detector } = this.parts
    detector.heard(from)
    if (this.underWay.get(operation)?.request.attempt === attempt) this.forget(operation)
    if (outcome !== null) context.reply(operation, outcome)
    else {
      assert(refusal !== null, 'a forwarded answer is an outcome or a refusal.')
      context.refuse({ operation, attempt }, refusal)
    }
  }
}
