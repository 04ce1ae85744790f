/**
 * One operation that a coordinator is waiting for, and what it knows of each replica of the key: sets of replicas are bit masks, a replica's
 * bit standing at its place in the preference list. Whatever is counted is counted by replica, so an answer that the
 * network delivers twice counts once.
 */

import { unreachable } from '../../core/assert.js'
import type { Nanos, NodeId, OperationId } from '../../core/ids.js'
import type { Request } from '../replica.js'
import type { BlockFor } from './consistency-level.js'
import type { QuorumMessage } from './messages.js'
import { isNewer } from './versioned.js'

/** Replicas of a key, as many as a mask has bits that leave it positive. */
export const MAXIMUM_REPLICAS = 31

export type Phase = number
/** Waits for R answers to a read. */
export const READING: Phase = 0
/** Has them; waits until R replicas hold what the read returns. */
export const REPAIRING: Phase = 1
/** Waits for W acknowledgements. */
export const WRITING: Phase = 2
/** The client has its answer. The answers that are still awaited are repaired in the background. */
export const ANSWERED: Phase = 3

export class Pending {
  phase = READING
  /** Replicas that were asked to read. */
  asked = 0
  /** Of those the ones that have neither answered nor refused. */
  awaited = 0
  /** Replicas that have answered a read. */
  replied = 0
  /** Of those the ones that hold, or have been sent, the newest version. */
  current = 0
  /** How often a newer version than the newest known has come in. */
  rises = 0
  /** Replicas that hold what the read returns (`REPAIRING`), or have acknowledged the write (`WRITING`). */
  confirmed = 0
  /** Replicas that refused in this phase, and did not confirm all the same. */
  refused = 0
  /** The answer to a read with the newest version so far. */
  newest: QuorumMessage | null = null
  /** What is settled: the answer whose version a read returns or a write builds on, then the write itself. */
  settled: QuorumMessage | null = null

  /** The request's, here because every answer asks for it. */
  readonly operation: OperationId

  constructor(
    readonly request: Request,
    readonly replicas: readonly NodeId[],
    /** Answers that a read waits for, or the read that a merge begins with. */
    readonly reads: BlockFor,
    /** Acknowledgements that a write waits for. */
    readonly writes: BlockFor,
    readonly deadline: Nanos,
  ) {
    this.operation = request.operation
  }

  /** The mask of one replica. */
  maskOf(node: NodeId): number {
    const { replicas } = this
    for (let place = 0; place < replicas.length; place++) if (replicas[place] === node) return 1 << place
    return unreachable(node as never)
  }

  maskOfAll(nodes: readonly NodeId[]): number {
    return nodes.reduce((mask, node) => mask | this.maskOf(node), 0)
  }

  get everyone(): number {
    return (1 << this.replicas.length) - 1
  }

  /** A replica's first answer to a read. */
  take(mask: number, reply: QuorumMessage): void {
    const { newest } = this
    this.replied |= mask
    this.awaited &= ~mask
    this.refused &= ~mask
    if (newest === null || isNewer(reply.order, reply.tie, newest.order, newest.tie)) {
      if (newest !== null) this.rises++
      this.newest = reply
      this.current = mask
    } else if (reply.order === newest.order && reply.tie === newest.tie) {
      this.current |= mask
    }
  }

  confirm(mask: number): void {
    this.confirmed |= mask
    this.refused &= ~mask
  }
}
