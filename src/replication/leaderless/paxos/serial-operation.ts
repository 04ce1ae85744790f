/**
 * One operation that goes through Paxos, at its coordinator, and how far it has got. Sets of replicas are bit masks, a replica's bit standing at
 * its place in the preference list; what is counted is counted by replica, so an answer that comes twice counts once.
 */
import type { Nanos, NodeId, OperationId } from '../../../core/ids.js'
import type { Request, Timer } from '../../replica.js'
import type { BlockFor } from '../consistency-level.js'
import type { Versioned } from '../versioned.js'
import { type Ballot, later, NO_BALLOT, type Proposal } from './ballot.js'
import type { PaxosMessage } from './messages.js'
import { PREPARE, type Step } from './messages.js'

/** What a proposal is for. */
export type Aim = 'own' | 'of others' | 'empty'

/**
 * Rounds of messages for each attempt of the request: an attempt's first is its number times this. What they count, modulo 256, tells the dice
 * of two messages of one operation apart; they meet after dozens of rounds, and would share a delay then, nothing else.
 */
const ROUNDS = 32

interface Promised {
  readonly node: NodeId
  readonly committed: Proposal | null
}

export class SerialOperation {
  readonly operation: OperationId
  /** Whose answers are awaited; null while it backs off. */
  step: Step | null = PREPARE
  ballot: Ballot = NO_BALLOT
  messages: number
  /** The next ballot must be after this timestamp. */
  after: Nanos = Number.NEGATIVE_INFINITY
  /** Of this step: replicas that were asked, that have done it, and that have refused. */
  asked = 0
  done = 0
  refused = 0
  promises: Promised[] = []
  /** The latest proposal that those who promised have accepted, and the latest that they have committed. */
  accepted: Proposal | null = null
  committed: Proposal | null = null
  /** The newest version that its read has found. */
  found: Versioned | null = null
  proposal: Proposal | null = null
  aim: Aim = 'own'
  /** Whether the key held something else than the request expects. */
  failed = false
  /** Whether some replica may have accepted what the request writes. */
  mayBeApplied = false
  isAnswered = false
  /** Of the coordinator's patience, and of its sleep; 0 if none is set. */
  patience: Timer = 0
  sleep: Timer = 0

  constructor(
    readonly request: Request,
    readonly replicas: readonly NodeId[],
    /** The replicas that choose, and how many of them must agree. */
    readonly majority: BlockFor,
    /** Acknowledgements that a commit waits for. */
    readonly commits: BlockFor,
    /** The node that has handed the request on, if one has. */
    readonly via: NodeId | null,
  ) {
    this.operation = request.operation
    this.messages = request.attempt * ROUNDS
  }

  get cohort(): number {
    return this.majority.everyoneCounted
  }

  get everyone(): number {
    return (1 << this.replicas.length) - 1
  }

  /** 0 of a node that is none. */
  maskOf(node: NodeId): number {
    const place = this.replicas.indexOf(node)
    return place < 0 ? 0 : 1 << place
  }

  begin(step: Step, asked: number): void {
    this.step = step
    this.asked = asked
    this.done = 0
    this.refused = 0
    this.messages++
  }

  beginRound(ballot: Ballot): void {
    this.ballot = ballot
    this.promises = []
    this.accepted = null
    this.committed = null
    this.found = null
    this.proposal = null
  }

  /** False if the replica had done it already. */
  confirm(mask: number): boolean {
    if ((this.done & mask) !== 0) return false
    this.done |= mask
    this.refused &= ~mask
    return true
  }

  takePromise(node: NodeId, { proposal, committed }: PaxosMessage): void {
    this.promises.push({ node, committed })
    this.accepted = later(this.accepted, proposal)
    this.committed = later(this.committed, committed)
  }

  /** Those who have not answered this step. */
  get silent(): number {
    return this.asked & ~this.done & ~this.refused
  }
}
