/**
 * How an operation ended, as codes of the history's `outcome` column. `UNKNOWN` is a timeout: the operation may have happened, and no
 * checker may assume either way. `UNAVAILABLE`, `OVERLOADED`, `CONFLICT` and `DROPPED` failed: certainly not applied; a dropped one was
 * never even begun, for want of a free session.
 */

export type OutcomeCode = number

/** Invoked and not ended: no row is left so at the end of a cell. */
export const PENDING: OutcomeCode = 0
export const OK: OutcomeCode = 1
export const UNKNOWN: OutcomeCode = 2
export const UNAVAILABLE: OutcomeCode = 3
export const OVERLOADED: OutcomeCode = 4
export const CONFLICT: OutcomeCode = 5
export const DROPPED: OutcomeCode = 6
