/**
 * What rounds of Paxos are ordered by, and what they are about. A ballot is a timestamp and its writer, as a version's place in the order of
 * versions is, so no two rounds have the same one and a value can be stored under the ballot that it was first proposed at.
 *
 * A value keeps that version when a later round finishes it, so one compare-and-set has one version at all replicas; Cassandra stamps it anew.
 * Both put values into the order in which they were chosen, for whoever proposes a value has first seen all that were.
 */
import type { Nanos, WriterId } from '../../../core/ids.js'
import type { Versioned } from '../versioned.js'
import { isNewer } from '../versioned.js'

export interface Ballot {
  readonly order: Nanos
  readonly tie: WriterId
}

/** Before all others. */
export const NO_BALLOT: Ballot = { order: Number.NEGATIVE_INFINITY, tie: -1 }

export const isAfter = (left: Ballot, right: Ballot): boolean => isNewer(left.order, left.tie, right.order, right.tie)
export const isSame = (left: Ballot, right: Ballot): boolean => left.order === right.order && left.tie === right.tie

export interface Proposal {
  readonly ballot: Ballot
  /** Null of an empty proposal, which changes nothing: see proposer.ts. */
  readonly version: Versioned | null
  /** What a register's value of it weighs. */
  readonly valueBytes: number
}

/** Of two that may be missing the one with the later ballot. */
export function later(left: Proposal | null, right: Proposal | null): Proposal | null {
  if (left === null || right === null) return left ?? right
  return isAfter(right.ballot, left.ballot) ? right : left
}
