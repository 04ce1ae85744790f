/**
 * The messages of quorum replication: a write, a read and a repair, their answers, and the refusal of a replica whose queue is full. They share
 * one class, so that all objects on the busiest path of the simulator have one shape; what a message means is its kind, and a field
 * that its kind does not use holds what no version has. One write or repair is shared by all replicas that it goes to.
 *
 * A repair is sent on behalf of the read that found somebody behind: `operation` is the read's, and the write whose version
 * it carries is named by what is held.
 */
import type { Key, OperationId, WriterId } from '../../core/ids.js'
import { INITIAL } from '../../core/ids.js'
import { HEADER_BYTES } from '../message-bytes.js'
import type { Leg, Message, Request, Work } from '../replica.js'
import { LEG_READ, LEG_READ_REPLY, LEG_WRITE, LEG_WRITE_ACK, WORK_NONE, WORK_READ, WORK_WRITE } from '../replica.js'
import type { Held } from './held.js'
import { bytesOf } from './held.js'

export const WRITE = 0
export const WRITE_ACK = 1
export const READ = 2
export const READ_REPLY = 3
/** The replica's queue was full: it did not do what was asked. */
export const WRITE_REFUSED = 4
export const READ_REFUSED = 5
/** The newest version that a read has found, for a replica that answered with an older one. */
export const REPAIR = 6
/** Answers to a repair, the last of the kinds. */
export const REPAIR_ACK = 7
const REPAIR_REFUSED = 8

const NO_ORDER = Number.NEGATIVE_INFINITY
const NO_TIE = -1

// By kind.
const WORKS: readonly Work[] = [
  WORK_WRITE,
  WORK_NONE,
  WORK_READ,
  WORK_NONE,
  WORK_NONE,
  WORK_NONE,
  WORK_WRITE,
  WORK_NONE,
  WORK_NONE,
]
const LEGS: readonly Leg[] = [
  LEG_WRITE,
  LEG_WRITE_ACK,
  LEG_READ,
  LEG_READ_REPLY,
  LEG_WRITE_ACK,
  LEG_READ_REPLY,
  LEG_WRITE,
  LEG_WRITE_ACK,
  LEG_WRITE_ACK,
]

export class QuorumMessage implements Message {
  private constructor(
    readonly kind: number,
    readonly operation: OperationId,
    readonly attempt: number,
    readonly key: Key,
    /** What a write or a repair stores and a read returns, with its version (order, tie). */
    readonly held: Held,
    readonly order: number,
    readonly tie: WriterId,
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
    const carriesValue = this.kind === WRITE || this.kind === READ_REPLY || this.kind === REPAIR
    return carriesValue ? HEADER_BYTES + bytesOf(this.held, this.valueBytes) : HEADER_BYTES
  }

  static write({ operation, attempt, key, valueBytes }: Request, held: Held, order: number, tie: WriterId) {
    return new QuorumMessage(WRITE, operation, attempt, key, held, order, tie, valueBytes)
  }

  static read({ operation, attempt, key, valueBytes }: Request) {
    return new QuorumMessage(READ, operation, attempt, key, INITIAL, NO_ORDER, NO_TIE, valueBytes)
  }

  static readReply({ operation, attempt, key, valueBytes }: QuorumMessage, held: Held, order: number, tie: WriterId) {
    return new QuorumMessage(READ_REPLY, operation, attempt, key, held, order, tie, valueBytes)
  }

  /** What the reply carries, for others to store; see read-repair.ts for `attempt`. */
  static repair({ operation, key, held, order, tie, valueBytes }: QuorumMessage, attempt: number) {
    return new QuorumMessage(REPAIR, operation, attempt, key, held, order, tie, valueBytes)
  }

  /** Of a write or a repair. */
  static acknowledgement({ kind, operation, attempt, key }: QuorumMessage) {
    const acknowledged = kind === WRITE ? WRITE_ACK : REPAIR_ACK
    return new QuorumMessage(acknowledged, operation, attempt, key, INITIAL, NO_ORDER, NO_TIE, 0)
  }

  static refusal({ kind, operation, attempt, key }: QuorumMessage) {
    const refused = kind === WRITE ? WRITE_REFUSED : kind === READ ? READ_REFUSED : REPAIR_REFUSED
    return new QuorumMessage(refused, operation, attempt, key, INITIAL, NO_ORDER, NO_TIE, 0)
  }
}
