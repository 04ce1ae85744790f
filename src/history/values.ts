/**
 * What a key holds, in terms of the operations that wrote it: the id of a register's write (`INITIAL` if none), a
 * counter's count, or a set's elements, each the id of the operation that added it, in ascending order.
 */
import type { OperationId } from '../core/ids.js'

export type Value = OperationId | { readonly count: number } | { readonly elements: readonly OperationId[] }

export function equalValues(left: Value, right: Value): boolean {
  if (typeof left === 'number' || typeof right === 'number') return left === right
  if ('count' in left) return 'count' in right && left.count === right.count
  if (!('elements' in right) || left.elements.length !== right.elements.length) return false
  return left.elements.every((element, i) => element === right.elements[i])
}
