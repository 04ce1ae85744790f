/**
 * How two versions of a key are reconciled. What travels and what is stored is a `Versioned`: what is held, with its place in the order of
 * versions where versions have one. Under last-write-wins the one with the greater (timestamp, writer) stays; versions that
 * carry clocks of their own (siblings) merge into a third if neither contains the other.
 */
import type { WriterId } from '../../core/ids.js'
import { INITIAL } from '../../core/ids.js'
import type { Value } from '../../history/values.js'
import type { Request } from '../replica.js'
import type { Held } from './held.js'

export interface Versioned {
  readonly held: Held
  /** NaN where versions are not ordered by numbers. */
  readonly order: number
  readonly tie: WriterId
}

/** What a key holds that nobody has written since the load. */
export const NOTHING_YET: Versioned = { held: INITIAL, order: Number.NEGATIVE_INFINITY, tie: -1 }

/** Gives the writes that one process coordinates their versions. */
export interface VersionMaker {
  /** Whether `make` needs to know what the coordinator's own copy holds. */
  readonly readsCopy: boolean
  /** The version that the request leaves behind, where it writes `value`; `local` is what the coordinator's own copy holds. */
  make(request: Request, value: Value, local: Versioned): Versioned
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
