/**
 * What a key holds, in terms of the operations that wrote it: the id of a register's write (`INITIAL` if none), the siblings of
 * a register that keeps concurrent writes, a counter's count, or a set's elements, each the id of the operation that added
 * it. Ids in a list are in ascending order.
 */
import type { OperationId } from '../core/ids.js'

export type Value =
  | OperationId
  | { readonly ids: readonly OperationId[] }
  | { readonly count: number }
  | { readonly elements: readonly OperationId[] }

export function equalValues(left: Value, right: Value): boolean {
  if (typeof left === 'number' || typeof right === 'number') return left === right
  if ('count' in left) return 'count' in right && left.count === right.count
  if ('ids' in left) return 'ids' in right && equalLists(left.ids, right.ids)
  return 'elements' in right && equalLists(left.elements, right.elements)
}

function equalLists(left: readonly OperationId[], right: readonly OperationId[]): boolean {
  return left.length === right.length && left.every((id, i) => id === right[i])
}
