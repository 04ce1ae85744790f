/**
 * One operation that a coordinator is waiting for, and what it knows of each replica of the key: sets of replicas are bit masks, a replica's
 * bit standing at its place in the preference list. Whatever is counted is counted by replica, so an answer that the
 * network delivers twice counts once. In a sloppy quorum another node may stand at a place, for as long as the operation takes.
 */
import type { Nanos, NodeId, OperationId } from '../../core/ids.js'
import type { Request, Timer } from '../replica.js'
import type { BlockFor } from './consistency-level.js'
import type { QuorumMessage } from './messages.js'
import { countOf } from './places.js'
import type { Standing } from './standing.js'
import type { Versioned, Versions } from './versioned.js'

/** Replicas of a key, as many as a mask has bits that leave it positive. */
export const MAXIMUM_REPLICAS = 31

export type Phase = number
/** Waits for answers to a read. */
export const READING: Phase = 0
/** Digests disagreed: waits for the data of all that were asked. */
export const COMPARING: Phase = 1
/** Knows from heads which replica has what the read returns, and waits for its body. */
export const FETCHING: Phase = 2
/** Has what the read returns; waits until enough replicas hold it. */
export const REPAIRING: Phase = 3
/** Waits for the coordinator's own copy to store a write, before others are sent it. */
export const STORING: Phase = 4
/** Waits for acknowledgements of a write. */
export const WRITING: Phase = 5
/** The client has its answer. What is still awaited is of use to repair and to hints. */
export const ANSWERED: Phase = 6

export class Pending {
  phase = READING
  /** Of the round of messages that is under way; see rounds.ts. */
  attempt: number
  /** Replicas that were asked to read, or sent the write. */
  asked = 0
  /** Of those that were asked to read the ones that have neither answered nor refused. */
  awaited = 0
  /** Replicas that have answered this round of a read. */
  replied = 0
  /** Of those the ones that sent the value. */
  withData = 0
  /** Of those the ones that have nothing. */
  empty = 0
  /** Replicas that were asked for the body and have not sent it. */
  fetching = 0
  /** Replicas that hold, or have been sent, the newest version. */
  current = 0
  /** The replica that was the first to answer this round of a read. */
  first = 0
  /** How often a newer version than the newest known has come in. */
  rises = 0
  /** Replicas that hold what the read returns (`REPAIRING`), or have acknowledged the write (`WRITING`). */
  confirmed = 0
  /** Replicas that refused in this phase, and did not confirm all the same. */
  refused = 0
  /** Hints that the coordinator itself keeps of the write. */
  hinted = 0
  /** The newest version that a read has found so far. */
  newest: Versioned | null = null
  /** What is settled: the version that a read returns or a write builds on. */
  settled: Versioned | null = null
  /** The write that was sent. */
  write: QuorumMessage | null = null
  /** Of the coordinator's own patience, and of more replicas to ask or to repair; 0 if none is set. */
  timer: Timer = 0
  speculation: Timer = 0

  /** The request's, here because every answer asks for it. */
  readonly operation: OperationId

  constructor(
    readonly request: Request,
    /** Who stands at each place. */
    readonly standing: Standing,
    /** Answers that a read waits for, or the read that a merge begins with. */
    readonly reads: BlockFor,
    /** Acknowledgements that a write waits for. */
    readonly writes: BlockFor,
    readonly begun: Nanos,
    readonly deadline: Nanos,
    /** The node that has handed the request on and answers the client; null where the client asked this one. */
    readonly via: NodeId | null,
  ) {
    this.operation = request.operation
    this.attempt = request.attempt
  }

  get replicas(): readonly NodeId[] {
    return this.standing.nodes
  }

  /** The mask of one replica; 0 for a node that stood in for one in an earlier attempt, and does not now. */
  maskOf(node: NodeId): number {
    const { nodes } = this.standing
    for (let place = 0; place < nodes.length; place++) if (nodes[place] === node) return 1 << place
    return 0
  }

  /** The replica proper at the place where the node stands. */
  primaryBehind(node: NodeId): NodeId {
    const { nodes, primaries } = this.standing
    return primaries[nodes.indexOf(node)] as NodeId
  }

  maskOfAll(nodes: readonly NodeId[]): number {
    return nodes.reduce((mask, node) => mask | this.maskOf(node), 0)
  }

  get everyone(): number {
    return (1 << this.standing.nodes.length) - 1
  }

  /** A new round of reads begins: what was learned in the one before it stays known only as `settled`. */
  startOver(attempt: number): void {
    this.attempt = attempt
    this.awaited = this.asked
    this.replied = 0
    this.withData = 0
    this.refused = 0
    this.current = 0
    this.newest = null
  }

  /** A replica's first answer in this round of a read. */
  take(mask: number, reply: QuorumMessage, versions: Versions): void {
    const { newest } = this
    this.replied |= mask
    this.awaited &= ~mask
    this.refused &= ~mask
    if (newest === null) {
      this.newest = reply
      this.current = mask
      this.first = mask
      return
    }
    // Where versions have an order, most often nobody has anything newer; where they have none it is NaN.
    if (reply.order === newest.order && reply.tie === newest.tie) {
      this.current |= mask
      return
    }
    const merged = versions.reconcile(newest, reply)
    if (merged !== newest) {
      this.rises++
      this.newest = merged
      this.current = merged === reply ? mask : 0
    } else if (versions.isSame(newest, reply)) {
      this.current |= mask
    }
  }

  confirm(mask: number): void {
    this.confirmed |= mask
    this.refused &= ~mask
  }

  /** How many of them are nodes of the preference list proper. */
  primariesIn(mask: number): number {
    return countOf(mask & ~this.standing.fallbacks)
  }
}
