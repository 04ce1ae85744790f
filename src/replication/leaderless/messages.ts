/**
 * The messages of quorum replication: a write and a read, their answers, and the refusal of a replica whose queue is full. They share one
 * class, so that all objects on the busiest path of the simulator have one shape; what a message means is its kind, and a field
 * that its kind does not use holds what no version has. One write message is shared by all replicas of its key.
 */
import type { Key, NodeId, OperationId } from '../../core/ids.js'
import { INITIAL } from '../../core/ids.js'
import type { Value } from '../../history/values.js'
import { HEADER_BYTES } from '../message-bytes.js'
import type { Leg, Message, Request, Work } from '../replica.js'
import { LEG_READ, LEG_READ_REPLY, LEG_WRITE, LEG_WRITE_ACK, WORK_NONE, WORK_READ, WORK_WRITE } from '../replica.js'
import { valueBytesOf } from '../whole-value.js'

export const WRITE = 0
export const WRITE_ACK = 1
export const READ = 2
export const READ_REPLY = 3
export const REFUSED = 4

const NO_ORDER = Number.NEGATIVE_INFINITY
const NO_TIE = -1

export class QuorumMessage implements Message {
  private constructor(
    readonly kind: number,
    readonly work: Work,
    readonly leg: Leg,
    readonly operation: OperationId,
    readonly attempt: number,
    readonly bytes: number,
    readonly key: Key,
    /** What a write stores and a read returns, with its version (order, tie). */
    readonly value: Value,
    readonly order: number,
    readonly tie: NodeId,
    /** Of the value of a register: what the answer to a read is expected to weigh. */
    readonly valueBytes: number,
  ) {}

  static write(request: Request, value: Value, order: number, tie: NodeId): QuorumMessage {
    const { operation, attempt, key, valueBytes } = request
    const bytes = HEADER_BYTES + valueBytesOf(value, valueBytes)
    return new QuorumMessage(
      WRITE,
      WORK_WRITE,
      LEG_WRITE,
      operation,
      attempt,
      bytes,
      key,
      value,
      order,
      tie,
      valueBytes,
    )
  }

  static read({ operation, attempt, key, valueBytes }: Request): QuorumMessage {
    const bytes = HEADER_BYTES
    return new QuorumMessage(
      READ,
      WORK_READ,
      LEG_READ,
      operation,
      attempt,
      bytes,
      key,
      INITIAL,
      NO_ORDER,
      NO_TIE,
      valueBytes,
    )
  }

  static writeAck(write: QuorumMessage): QuorumMessage {
    return QuorumMessage.answer(WRITE_ACK, LEG_WRITE_ACK, write, HEADER_BYTES, INITIAL, NO_ORDER, NO_TIE)
  }

  static readReply(read: QuorumMessage, value: Value, order: number, tie: NodeId): QuorumMessage {
    const bytes = HEADER_BYTES + valueBytesOf(value, read.valueBytes)
    return QuorumMessage.answer(READ_REPLY, LEG_READ_REPLY, read, bytes, value, order, tie)
  }

  /** The replica's queue was full: it did not do what was asked. */
  static refused(asked: QuorumMessage): QuorumMessage {
    const leg = asked.kind === WRITE ? LEG_WRITE_ACK : LEG_READ_REPLY
    return QuorumMessage.answer(REFUSED, leg, asked, HEADER_BYTES, INITIAL, NO_ORDER, NO_TIE)
  }

  private static answer(
    kind: number,
    leg: Leg,
    { operation, attempt, key }: QuorumMessage,
    bytes: number,
    value: Value,
    order: number,
    tie: NodeId,
  ): QuorumMessage {
    return new QuorumMessage(kind, WORK_NONE, leg, operation, attempt, bytes, key, value, order, tie, 0)
  }
}
