/**
 * LWW-register (Shapiro et al. 2011, section 3.2.1): a value under a stamp (order, tie) from a total order; merging keeps the
 * greater stamp. Stamps are unique, so two states with the same stamp are the same state. A delta is the state that
 * a write leaves behind; a state is any object that carries a stamp, for callers who store more beside it.
 */
import type { WriterId } from '../../core/ids.js'

export interface Stamped {
  readonly order: number
  readonly tie: WriterId
}

/** The later written of two; the least upper bound in the order of stamps. */
export function mergeRegisters<Register extends Stamped>(left: Register, right: Register): Register {
  return isAfter(right, left) ? right : left
}

function isAfter(left: Stamped, right: Stamped): boolean {
  return left.order > right.order || (left.order === right.order && left.tie > right.tie)
}
