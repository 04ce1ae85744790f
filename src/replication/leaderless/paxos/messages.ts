/**
 * The messages of Paxos. Each of its four steps, prepare, read, propose and commit, has four kinds: what is asked, that it was done, that a
 * later ballot has been promised, and that the node's queue was full. The kinds of a step begin at the step's number, so what an answer
 * answers is in its upper bits. Preparing, accepting and committing write to the node's disk and cost it as much work as a write.
 */
import type { Key, OperationId } from '../../../core/ids.js'
import { HEADER_BYTES } from '../../message-bytes.js'
import type { Leg, Message, Request, Work } from '../../replica.js'
import { LEG_READ, LEG_READ_REPLY, LEG_WRITE, LEG_WRITE_ACK, WORK_NONE, WORK_READ, WORK_WRITE } from '../../replica.js'
import { bytesOf } from '../held.js'
import { firstKindOf, PAXOS } from '../service.js'
import type { Versioned } from '../versioned.js'
import type { Ballot, Proposal } from './ballot.js'

export type Step = number
export const PREPARE: Step = firstKindOf(PAXOS)
export const READ: Step = PREPARE + 4
export const PROPOSE: Step = PREPARE + 8
export const COMMIT: Step = PREPARE + 12

const ANSWER_MASK = 3
export const DONE = 1
/** A later ballot has been promised. */
export const PREEMPTED = 2
export const OVERLOADED = 3

export class PaxosMessage implements Message {
  private constructor(
    readonly kind: number,
    readonly operation: OperationId,
    readonly attempt: number,
    readonly key: Key,
    /** The round's; of an answer, that of what it answers. */
    readonly round: Ballot,
    /** What is proposed or committed; of a promise, what the node has accepted last. */
    readonly proposal: Proposal | null,
    /** Of a promise, what the node has committed last. */
    readonly committed: Proposal | null,
    /** Of an answer to a read, what the key holds. */
    readonly found: Versioned | null,
    /** Of a refusal, the ballot that has been promised. */
    readonly promised: Ballot | null,
    /** Of a read, what the value of a register is expected to weigh. */
    readonly valueBytes: number,
  ) {}

  get step(): Step {
    return this.kind & ~ANSWER_MASK
  }

  /** 0 of what is asked. */
  get answer(): number {
    return this.kind & ANSWER_MASK
  }

  get work(): Work {
    if (this.answer !== 0) return WORK_NONE
    return this.step === READ ? WORK_READ : WORK_WRITE
  }

  get leg(): Leg {
    if (this.step === READ) return this.answer === 0 ? LEG_READ : LEG_READ_REPLY
    return this.answer === 0 ? LEG_WRITE : LEG_WRITE_ACK
  }

  get bytes(): number {
    const { found, valueBytes } = this
    const read = found === null ? 0 : bytesOf(found.held, valueBytes)
    return HEADER_BYTES + read + bytesIn(this.proposal) + bytesIn(this.committed)
  }

  /** A prepare or a read. */
  static ask(step: Step, { operation, key, valueBytes }: Request, attempt: number, round: Ballot) {
    return new PaxosMessage(step, operation, attempt, key, round, null, null, null, null, valueBytes)
  }

  /** A proposal or a commit. */
  static tell(step: Step, { operation, key }: Request, attempt: number, proposal: Proposal) {
    return new PaxosMessage(step, operation, attempt, key, proposal.ballot, proposal, null, null, null, 0)
  }

  static promise(asked: PaxosMessage, accepted: Proposal | null, committed: Proposal | null) {
    const { kind, operation, attempt, key, round } = asked
    return new PaxosMessage(kind + DONE, operation, attempt, key, round, accepted, committed, null, null, 0)
  }

  static found(asked: PaxosMessage, found: Versioned) {
    const { kind, operation, attempt, key, round, valueBytes } = asked
    return new PaxosMessage(kind + DONE, operation, attempt, key, round, null, null, found, null, valueBytes)
  }

  static done({ kind, operation, attempt, key, round }: PaxosMessage) {
    return new PaxosMessage(kind + DONE, operation, attempt, key, round, null, null, null, null, 0)
  }

  static preempted({ kind, operation, attempt, key, round }: PaxosMessage, promised: Ballot) {
    return new PaxosMessage(kind + PREEMPTED, operation, attempt, key, round, null, null, null, promised, 0)
  }

  static overloaded({ kind, operation, attempt, key, round }: PaxosMessage) {
    return new PaxosMessage(kind + OVERLOADED, operation, attempt, key, round, null, null, null, null, 0)
  }
}

function bytesIn(proposal: Proposal | null): number {
  return proposal === null || proposal.version === null ? 0 : bytesOf(proposal.version.held, proposal.valueBytes)
}
