/**
 * One of the values that a key holds side by side. Its writer's operation tells siblings apart: a client's second attempt that another
 * coordinator took is the same value once more. The stamp orders siblings where the last one is to win; `seen` is for the history
 * alone and weighs nothing.
 */
import type { OperationId, WriterId } from '../../../core/ids.js'
import type { Value } from '../../../history/values.js'

export interface Sibling {
  readonly writer: OperationId
  readonly value: Value
  readonly isTombstone: boolean
  /** Of a counter, what it was before the write: the count that its writer had read. */
  readonly base: number
  /** (stamp, coordinator) names the event that wrote it. */
  readonly stamp: number
  readonly coordinator: WriterId
  /** The frontier of the context that the write carried. */
  readonly seen: readonly number[]
}

/** Ascending by writer, each writer once: of two attempts the later. */
export function inOrder(siblings: readonly Sibling[]): readonly Sibling[] {
  if (siblings.length < 2) return siblings
  const sorted = [...siblings].sort((left, right) => left.writer - right.writer || (isLater(left, right) ? -1 : 1))
  return sorted.filter((sibling, i) => i === 0 || sibling.writer !== (sorted[i - 1] as Sibling).writer)
}

export function latestOf(siblings: readonly Sibling[]): Sibling {
  return siblings.reduce((latest, sibling) => (isLater(sibling, latest) ? sibling : latest))
}

function isLater(left: Sibling, right: Sibling): boolean {
  return left.stamp > right.stamp || (left.stamp === right.stamp && left.coordinator > right.coordinator)
}
