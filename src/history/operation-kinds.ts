/**
 * The kinds of operations, as codes of the history's `kind` column and as the names that workload files and measures use.
 * A read-modify-write is two rows: `readForModify`, then `modify`, whose `base` names the first. A read-back is a
 * read of the tool's own: it counts in the staleness measures and nowhere else.
 */

export type OperationKind = number

export const READ: OperationKind = 0
export const READ_BACK: OperationKind = 1
export const READ_FOR_MODIFY: OperationKind = 2
export const UPDATE: OperationKind = 3
export const MODIFY: OperationKind = 4
export const INCREMENT: OperationKind = 5
export const ADD: OperationKind = 6
export const REMOVE: OperationKind = 7

/** What a workload file's `operations` may name. */
export type OperationName = 'read' | 'update' | 'read-modify-write' | 'increment' | 'add' | 'remove'

export const OPERATION_NAMES: readonly OperationName[] = [
  'read',
  'update',
  'read-modify-write',
  'increment',
  'add',
  'remove',
]

export const isRead = (kind: OperationKind): boolean => kind <= READ_FOR_MODIFY
export const isWrite = (kind: OperationKind): boolean => kind > READ_FOR_MODIFY

/** Whether the row is the last, or only, one of what the workload asked for; a measure of whole operations counts these. */
export const endsOperation = (kind: OperationKind): boolean => kind !== READ_FOR_MODIFY && kind !== READ_BACK
/** Whether the row is the first, or only, one of what the workload asked for. */
export const beginsOperation = (kind: OperationKind): boolean => kind !== MODIFY && kind !== READ_BACK

/** What a key holds: every key has one type, and the operations on it are those of its type. */
export type KeyType = 'register' | 'counter' | 'set'

export function keyTypeOf(operation: Exclude<OperationName, 'read'>): KeyType {
  if (operation === 'increment') return 'counter'
  return operation === 'add' || operation === 'remove' ? 'set' : 'register'
}
