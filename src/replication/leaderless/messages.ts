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
import { bytesOf, clockBytesOf } from './held.js'
import type { Versioned } from './versioned.js'

export const WRITE = 0
export const WRITE_ACK = 1
export const READ = 2
export const READ_REPLY = 3
/** The replica's queue was full: it did not do what was asked. */
export const WRITE_REFUSED = 4
export const READ_REFUSED = 5
/** The newest version that a read has found, for a replica that answered with an older one. */
export const REPAIR = 6
export const REPAIR_ACK = 7
export const REPAIR_REFUSED = 8
/** A read of which the answer tells the version and leaves out the value: a digest, or a head with its clock. */
export const READ_VERSION = 9
export const VERSION_REPLY = 10
/** A coordinator's turn at its own copy, where it stores a write before it sends it to others. */
export const LOCAL_TURN = 11

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
  WORK_READ,
  WORK_NONE,
  WORK_WRITE,
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
  LEG_READ,
  LEG_READ_REPLY,
  LEG_WRITE,
]

/** By kind of what is refused; a turn at one's own copy is refused as a write is. */
const REFUSAL_OF: Readonly<Record<number, number>> = {
  [WRITE]: WRITE_REFUSED,
  [READ]: READ_REFUSED,
  [REPAIR]: REPAIR_REFUSED,
  [READ_VERSION]: READ_REFUSED,
  [LOCAL_TURN]: WRITE_REFUSED,
}

/** What tells a version without its value weighs in a message: an MD5 digest, as Cassandra's, where it carries no clock. */
const DIGEST_BYTES = 16

export class QuorumMessage implements Message, Versioned {
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
    const { kind } = this
    if (kind === WRITE || kind === READ_REPLY || kind === REPAIR) {
      return HEADER_BYTES + bytesOf(this.held, this.valueBytes)
    }
    return kind === VERSION_REPLY ? HEADER_BYTES + (clockBytesOf(this.held) ?? DIGEST_BYTES) : HEADER_BYTES
  }

  static write({ operation, attempt, key, valueBytes }: Request, { held, order, tie }: Versioned) {
    return new QuorumMessage(WRITE, operation, attempt, key, held, order, tie, valueBytes)
  }

  /** `kind` is `READ` or `READ_VERSION`; see rounds.ts for `attempt`. */
  static read(kind: number, { operation, key, valueBytes }: Request, attempt: number) {
    return new QuorumMessage(kind, operation, attempt, key, INITIAL, NO_ORDER, NO_TIE, valueBytes)
  }

  /** What the key holds at the replica. */
  static readReply(read: QuorumMessage, held: Held, order: number, tie: WriterId) {
    const kind = read.kind === READ ? READ_REPLY : VERSION_REPLY
    return new QuorumMessage(kind, read.operation, read.attempt, read.key, held, order, tie, read.valueBytes)
  }

  /** A version that a read has found, for others to store; see read-repair.ts for `attempt`. */
  static repair({ operation, key, valueBytes }: Request, { held, order, tie }: Versioned, attempt: number) {
    return new QuorumMessage(REPAIR, operation, attempt, key, held, order, tie, valueBytes)
  }

  static localTurn({ operation, attempt, key }: Request) {
    return new QuorumMessage(LOCAL_TURN, operation, attempt, key, INITIAL, NO_ORDER, NO_TIE, 0)
  }

  /** Of a write or a repair. */
  static acknowledgement({ kind, operation, attempt, key }: QuorumMessage) {
    const acknowledged = kind === WRITE ? WRITE_ACK : REPAIR_ACK
    return new QuorumMessage(acknowledged, operation, attempt, key, INITIAL, NO_ORDER, NO_TIE, 0)
  }

  static refusal({ kind, operation, attempt, key }: QuorumMessage) {
    const refused = REFUSAL_OF[kind] as number
    return new QuorumMessage(refused, operation, attempt, key, INITIAL, NO_ORDER, NO_TIE, 0)
  }
}
