/**
 * What a client knows of a key's versions: all events that it was told of, as a version vector. It comes with the answer to a read, and
 * with the answer to a write, which tells what its coordinator then held, as Riak's put does with `return_head`.
 */
import type { NodeId } from '../../../core/ids.js'
import type { Context } from '../../replica.js'
import { EMPTY_VECTOR, frontierOf, type VersionVector } from './version-vector.js'

export class ClockContext implements Context {
  readonly bytes: number
  readonly frontier: readonly number[]

  constructor(
    readonly vector: VersionVector,
    /** The same, but never pruned, for the history alone. */
    readonly past: VersionVector,
    private readonly entryBytes: number,
    readonly coordinator: NodeId | null = null,
  ) {
    this.bytes = entryBytes * vector.length
    this.frontier = frontierOf(past)
  }

  /** The same, and that the next write is to go to that node. */
  preferring(coordinator: NodeId): ClockContext {
    return new ClockContext(this.vector, this.past, this.entryBytes, coordinator)
  }
}

/** Of a client that knows nothing. */
export const NO_KNOWLEDGE = new ClockContext(EMPTY_VECTOR, EMPTY_VECTOR, 0)
