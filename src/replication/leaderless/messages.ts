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
/** The replica's queue was full: it did not do what was asked. */
export const WRITE_REFUSED = 4
export const READ_REFUSED = 5

const NO_ORDER = Number.NEGATIVE_INFINITY
const NO_TIE = -1

// By kind.
const WORKS: readonly Work[] = [WORK_WRITE, WORK_NONE, WORK_READ, WORK_NONE, WORK_NONE, WORK_NONE]
const LEGS: readonly Leg[] = [LEG_WRITE, LEG_WRITE_ACK, LEG_READ, LEG_READ_REPLY, LEG_WRITE_ACK, LEG_READ_REPLY]

export class QuorumMessage implements Message {
  private constructor(
    readonly kind: number,
    readonly operation: OperationId,
    readonly attempt: number,
    readonly key: Key,
    /** What a write stores and a read returns, with its version (order, tie). */
    readonly value: Value,
    readonly order: number,
    readonly tie: NodeId,
    /** What the value of a register weighs, if the key holds one; of a read, what its answer is expected to carry. */
    readonly valueBytes: number,
  ) {}

  get work(): Work {
    return WORKS[this.kind] as Work
  }

  get leg(): Leg {
    return LEGS[this.kind] as Leg
  }

  get bytes(): number {
    const carriesValue = this.kind === WRITE || this.kind === READ_REPLY
    return carriesValue ? HEADER_BYTES + valueBytesOf(this.value, this.valueBytes) : HEADER_BYTES
  }

  static write({ operation, attempt, key, valueBytes }: Request, value: Value, order: number, tie: NodeId) {
    return new QuorumMessage(WRITE, operation, attempt, key, value, order, tie, valueBytes)
  }

  static read({ operation, attempt, key, valueBytes }: Request) {
    return new QuorumMessage(READ, operation, attempt, key, INITIAL, NO_ORDER, NO_TIE, valueBytes)
  }

  static writeAck({ operation, attempt, key }: QuorumMessage) {
    return new QuorumMessage(WRITE_ACK, operation, attempt, key, INITIAL, NO_ORDER, NO_TIE, 0)
  }

  static readReply({ operation, attempt, key, valueBytes }: QuorumMessage, value: Value, order: number, tie: NodeId) {
    return new QuorumMessage(READ_REPLY, operation, attempt, key, value, order, tie, valueBytes)
  }

  static refused({ kind, operation, attempt, key }: QuorumMessage) {
    const refused = kind === WRITE ? WRITE_REFUSED : READ_REFUSED
    return new QuorumMessage(refused, operation, attempt, key, INITIAL, NO_ORDER, NO_TIE, 0)
  }
}
