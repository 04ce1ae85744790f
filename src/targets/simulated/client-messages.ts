/**
 * What travels between a client and the node that it asks. Requests and replies cost the node no work: what an operation
 * costs is charged by its strategy, where it is done. Their kinds are negative, apart from any strategy's own.
 */
import type { OperationId } from '../../core/ids.js'
import type { OperationKind } from '../../history/operation-kinds.js'
import { isQuery } from '../../history/operation-kinds.js'
import { HEADER_BYTES } from '../../replication/message-bytes.js'
import type { Leg, Message, Outcome, Refusal, Request, Work } from '../../replication/replica.js'
import { LEG_READ, LEG_READ_REPLY, LEG_WRITE, LEG_WRITE_ACK, WORK_NONE } from '../../replication/replica.js'

export const REQUEST = -1
export const REPLY = -2

export class RequestMessage implements Message {
  constructor(readonly request: Request) {}

  get kind(): number {
    return REQUEST
  }

  get work(): Work {
    return WORK_NONE
  }

  get leg(): Leg {
    return isQuery(this.request.kind) ? LEG_READ : LEG_WRITE
  }

  get operation(): OperationId {
    return this.request.operation
  }

  get attempt(): number {
    return this.request.attempt
  }

  get bytes(): number {
    const { kind, valueBytes, context } = this.request
    return isQuery(kind) ? HEADER_BYTES : HEADER_BYTES + valueBytes + (context?.bytes ?? 0)
  }
}

/** An outcome or a refusal; exactly one of them is not null. */
export class ReplyMessage implements Message {
  readonly leg: Leg
  readonly bytes: number

  constructor(
    readonly operation: OperationId,
    readonly attempt: number,
    operationKind: OperationKind,
    /** Of the value and of the context. */
    contentBytes: number,
    readonly outcome: Outcome | null,
    readonly refusal: Refusal | null,
  ) {
    this.leg = isQuery(operationKind) ? LEG_READ_REPLY : LEG_WRITE_ACK
    this.bytes = HEADER_BYTES + contentBytes
  }

  get kind(): number {
    return REPLY
  }

  get work(): Work {
    return WORK_NONE
  }
}
