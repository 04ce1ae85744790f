/**
 * A node that is asked for a write of a key that it does not hold hands the request on to the first node of the preference list that it
 * holds for up (DeCandia et al. 2007, section 4.5; Riak KV's put FSM), which coordinates it; the answer comes back the same way. Reads
 * are coordinated by any node. If the first that is tried is down after all, the client's time runs out.
 */
import { assert } from '../../core/assert.js'
import type { NodeId, OperationId, ProcessId } from '../../core/ids.js'
import { HEADER_BYTES } from '../message-bytes.js'
import type { Leg, Message, Outcome, Refusal, ReplicaContext, Request, Work } from '../replica.js'
import { LEG_WRITE, LEG_WRITE_ACK, WORK_NONE } from '../replica.js'
import { FORWARDING, firstKindOf, type Service } from './service.js'

const FORWARDED_REQUEST = firstKindOf(FORWARDING)
const FORWARDED_ANSWER = FORWARDED_REQUEST + 1

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
    return HEADER_BYTES + this.request.valueBytes
  }
}

/** An outcome or a refusal; exactly one of them is not null. */
export class ForwardedAnswer implements Message {
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
    return HEADER_BYTES
  }
}

export class Forwarding implements Service {
  constructor(
    private readonly context: ReplicaContext<Message>,
    /** Coordinates a request that `from` has handed on. */
    private readonly coordinate: (request: Request, from: NodeId) => void,
  ) {}

  onStart(): void {}
  onTimer(): void {}

  forward(request: Request, to: NodeId): void {
    this.context.send(to, new ForwardedRequest(request))
  }

  onMessage(from: ProcessId, message: Message): void {
    if (message.kind === FORWARDED_REQUEST) {
      this.coordinate((message as ForwardedRequest).request, from)
      return
    }
    const { operation, attempt, outcome, refusal } = message as ForwardedAnswer
    if (outcome !== null) this.context.reply(operation, outcome)
    else {
      assert(refusal !== null, 'a forwarded answer is an outcome or a refusal.')
      this.context.refuse({ operation, attempt }, refusal)
    }
  }
}
