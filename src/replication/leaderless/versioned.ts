/**
 * How two versions of a key are reconciled. What travels and what is stored is a `Versioned`: what is held, with its place in the order of
 * versions where versions have one. Under last-write-wins the one with the greater (timestamp, writer) stays; versions that
 * carry clocks of their own (siblings) merge into a third if neither contains the other.
 */
import type { WriterId } from '../../core/ids.js'
import type { Held } from './held.js'

export interface Versioned {
  readonly held: Held
  /** NaN where versions are not ordered by numbers. */
  readonly order: number
  readonly tie: WriterId
}

export interface Versions {
  /** One that contains both: `left` itself if `right` adds nothing to it, else `right` itself if that is so, else a new one. */
  reconcile(left: Versioned, right: Versioned): Versioned
  /** Whether each contains the other. */
  isSame(left: Versioned, right: Versioned): boolean
}

export function isNewer(order: number, tie: WriterId, thanOrder: number, thanTie: WriterId): boolean {
  return order > thanOrder || (order === thanOrder && tie > thanTie)
}

export const LAST_WRITE_WINS: Versions = {
  reconcile: (left, right) => (isNewer(right.order, right.tie, left.order, left.tie) ? right : left),
  isSame: (left, right) => left.order === right.order && left.tie === right.tie,
}
