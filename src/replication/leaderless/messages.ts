/**
 * The messages of quorum replication. One write message is shared by all replicas of its key; refusals stand for a full
 * queue. Kinds are numbers so that a replica tells them apart in one `switch`.
 */
import type { Key, NodeId, OperationId } from '../../core/ids.js'
import type { Value } from '../../history/values.js'
import { HEADER_BYTES } from '../message-bytes.js'
import type { Message } from '../replica.js'
import { LEG_READ, LEG_READ_REPLY, LEG_WRITE, LEG_WRITE_ACK, WORK_NONE, WORK_READ, WORK_WRITE } from '../replica.js'

export const WRITE = 0
export const WRITE_ACK = 1
export const READ = 2
export const READ_REPLY = 3
export const REFUSED = 4

export class WriteMessage implements Message {
  readonly kind = WRITE
  readonly work = WORK_WRITE
  readonly leg = LEG_WRITE
  constructor(
    readonly operation: OperationId,
    readonly attempt: number,
    readonly key: Key,
    readonly value: Value,
    readonly order: number,
    readonly tie: NodeId,
    readonly bytes: number,
  ) {}
}

export class WriteAck implements Message {
  readonly kind = WRITE_ACK
  readonly work = WORK_NONE
  readonly leg = LEG_WRITE_ACK
  readonly bytes = HEADER_BYTES
  constructor(
    readonly operation: OperationId,
    readonly attempt: number,
  ) {}
}

export class ReadMessage implements Message {
  readonly kind = READ
  readonly work = WORK_READ
  readonly leg = LEG_READ
  readonly bytes = HEADER_BYTES
  constructor(
    readonly operation: OperationId,
    readonly attempt: number,
    readonly key: Key,
    /** What the answer is expected to weigh. */
    readonly valueBytes: number,
  ) {}
}

export class ReadReply implements Message {
  readonly kind = READ_REPLY
  readonly work = WORK_NONE
  readonly leg = LEG_READ_REPLY
  constructor(
    readonly operation: OperationId,
    readonly attempt: number,
    readonly value: Value,
    readonly order: number,
    readonly tie: NodeId,
    readonly bytes: number,
  ) {}
}

/** The replica's queue was full: it did not do what was asked. */
export class Refused implements Message {
  readonly kind = REFUSED
  readonly work = WORK_NONE
  readonly bytes = HEADER_BYTES
  constructor(
    readonly operation: OperationId,
    readonly attempt: number,
    readonly leg: number,
  ) {}
}

export type QuorumMessage = WriteMessage | WriteAck | ReadMessage | ReadReply | Refused
