/**
 * What a client knows of a key's versions: all events that it was told of, as a version vector. It comes with the answer to a read, and
 * with the answer to a write, which tells what its coordinator then held, as Riak's put does with `return_head`.
 */
import type { Context } from '../../replica.js'
import { EMPTY_VECTOR, frontierOf, type VersionVector } from './version-vector.js'

export class ClockContext implements Context {
  readonly bytes: number
  readonly frontier: readonly number[]

  constructor(
    readonly vector: VersionVector,
    /** The same, but never pruned, for the history alone. */
    readonly past: VersionVector,
    entryBytes: number,
  ) {
    this.bytes = entryBytes * vector.length
    this.frontier = frontierOf(past)
  }
}

/** Of a client that knows nothing. */
export const NO_KNOWLEDGE = new ClockContext(EMPTY_VECTOR, EMPTY_VECTOR, 0)
