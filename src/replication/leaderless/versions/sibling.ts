/**
 * One of the values that a key holds side by side. Its writer's operation tells siblings apart: a client's second attempt that another
 * coordinator took is the same value once more, of a register; of a set or a counter it may have been made of another one. The stamp orders siblings where the last one is to win; `seen` is for the history
 * alone and weighs nothing.
 */
import type { OperationId, WriterId } from '../../../core/ids.js'
import type { Value } from '../../../history/values.js'
import type { CrdtState } from '../../crdt/state.js'

export interface Sibling {
  readonly writer: OperationId
  readonly value: Value
  /** Of a data type: the CRDT whose value it is. */
  readonly state?: CrdtState
  readonly isTombstone: boolean
  /** Of a counter, what it was before the write: the count that its writer had read. */
  readonly base: number
  /** (stamp, coordinator) names the event that wrote it. */
  readonly stamp: number
  readonly coordinator: WriterId
  /** The frontier of the context that the write carried. */
  readonly seen: readonly number[]
}

/** Ascending by writer, the later attempt first, each event once. */
export function inOrder(siblings: readonly Sibling[]): readonly Sibling[] {
  if (siblings.length < 2) return siblings
  const sorted = [...siblings].sort((left, right) => left.writer - right.writer || (isLater(left, right) ? -1 : 1))
  return sorted.filter((sibling, i) => i === 0 || !isSameEvent(sibling, sorted[i - 1] as Sibling))
}

/** Of siblings in order, each writer once: of two attempts the later. */
export function eachWriterOnce(siblings: readonly Sibling[]): readonly Sibling[] {
  if (siblings.length < 2) return siblings
  return siblings.filter(({ writer }, i) => i === 0 || writer !== (siblings[i - 1] as Sibling).writer)
}

export function latestOf(siblings: readonly Sibling[]): Sibling {
  return siblings.reduce((latest, sibling) => (isLater(sibling, latest) ? sibling : latest))
}

function isLater(left: Sibling, right: Sibling): boolean {
  return left.stamp > right.stamp || (left.stamp === right.stamp && left.coordinator > right.coordinator)
}

function isSameEvent(left: Sibling, right: Sibling): boolean {
  return left.writer === right.writer && left.stamp === right.stamp && left.coordinator === right.coordinator
}
