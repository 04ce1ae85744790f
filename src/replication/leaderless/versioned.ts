/**
 * How two versions of a key are reconciled. What travels and what is stored is a `Versioned`: what is held, with its place in the order of
 * versions where versions have one. Under last-write-wins the one with the greater (timestamp, writer) stays; versions that
 * carry clocks of their own (siblings, versions/) merge into a third if neither contains the other.
 */
import type { NodeId, OperationId, WriterId } from '../../core/ids.js'
import { INITIAL } from '../../core/ids.js'
import { mix32 } from '../../core/random.js'
import type { OperationKind } from '../../history/operation-kinds.js'
import type { Request } from '../replica.js'
import { Outcome } from '../replica.js'
import type { Held } from './held.js'
import { valueIn } from './held.js'

export interface Versioned {
  readonly held: Held
  /** -Infinity of what no replica was ever sent; NaN where versions are not ordered by numbers. */
  readonly order: number
  readonly tie: WriterId
}

/** Whether it stands for nothing: of a key that was neither loaded nor written, or whose tombstone was purged (tombstones/purging.ts). */
export function isNothing(held: Held, order: number, isLoaded: boolean): boolean {
  return order === Number.NEGATIVE_INFINITY && (held !== INITIAL || !isLoaded)
}

/** What a key holds before anything is written to it. */
export const NOTHING_HELD: Versioned = { held: INITIAL, order: Number.NEGATIVE_INFINITY, tie: -1 }

export interface Versions {
  /** One that contains both: `left` itself if `right` adds nothing to it, else `right` itself if that is so, else a new one. */
  reconcile(left: Versioned, right: Versioned): Versioned
  /** Whether each contains the other. */
  isSame(left: Versioned, right: Versioned): boolean
  /** What a read returns that has found this; where contexts name the node that the next write is to go to, it is `next`. */
  readOutcome(found: Versioned, next?: NodeId): Outcome
  /** What the operation returns that wrote `written`. */
  writeOutcome(operation: OperationId, written: Versioned): Outcome
  /** A 32-bit hash: the same for versions that are the same, and for others hardly ever. */
  fingerprint(version: Versioned): number
}

/** Makes the version that a write leaves behind. */
export interface VersionMaker {
  /**
   * Of a write that builds on `found`, what the read of an increment, add or remove has found, or is blind; `local` is what the
   * coordinator's own copy holds, null where it has none. What is made contains `local` and takes its place there. `writer` is who
   * writes if that is not the node under its own name.
   */
  make(request: Request, found: Versioned | null, local: Versioned | null, writer?: WriterId): Versioned
  /** Of an increment, add or remove: whether it builds on what a read has found. */
  readsFirst(kind: OperationKind): boolean
  /** Whether only a node that holds the key, or stands in for one that does, can make versions, and must store each before the next. */
  readonly needsCopy: boolean
}

export function isNewer(order: number, tie: WriterId, thanOrder: number, thanTie: WriterId): boolean {
  return order > thanOrder || (order === thanOrder && tie > thanTie)
}

export const LAST_WRITE_WINS: Versions = {
  reconcile: (left, right) => (isNewer(right.order, right.tie, left.order, left.tie) ? right : left),
  isSame: (left, right) => left.order === right.order && left.tie === right.tie,
  readOutcome: ({ held, order, tie }) => new Outcome(valueIn(held), orderTold(held, order), tie),
  writeOutcome: (operation, { order, tie }) => new Outcome(operation, order, tie),
  fingerprint: ({ order, tie }) => hashOfStamp(order, tie),
}

/**
 * A purged tombstone has no place in the order any more (tombstones/purging.ts), but who reads it is told which delete it was: whether the read
 * is stale is to be judged by that.
 */
function orderTold(held: Held, order: number): number {
  return order === Number.NEGATIVE_INFINITY && held !== INITIAL ? Number.NaN : order
}

/** Of a timestamp in whole nanoseconds and its writer. */
export function hashOfStamp(order: number, tie: WriterId): number {
  if (order === Number.NEGATIVE_INFINITY) return 0
  const high = Math.floor(order / 0x100000000)
  return mix32(mix32(mix32(order | 0) ^ high) + tie)
}
