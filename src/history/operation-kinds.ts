/**
 * The kinds of operations, as codes of the history's `kind` column and as the names that workload files and measures use.
 * A read-modify-write is two rows: `readForModify`, then `modify`, whose `base` names the first; a compare-and-set is two rows likewise, and
 * its second takes effect only if the key still holds what the first returned. A read-back is a read of the tool's own: it counts in the
 * staleness measures and nowhere else. A scan is one row and asks for many records: it is neither a read nor a write of its key.
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
export const INSERT: OperationKind = 8
export const DELETE: OperationKind = 9
export const COMPARE_AND_SET: OperationKind = 10
export const SCAN: OperationKind = 11

/** What a workload file's `operations` may name. */
export type OperationName =
  | 'read'
  | 'update'
  | 'insert'
  | 'delete'
  | 'read-modify-write'
  | 'compare-and-set'
  | 'increment'
  | 'add'
  | 'remove'
  | 'scan'

export const OPERATION_NAMES: readonly OperationName[] = [
  'read',
  'update',
  'insert',
  'delete',
  'read-modify-write',
  'compare-and-set',
  'increment',
  'add',
  'remove',
  'scan',
]

/** What a store can do where nobody decides alone what a key holds. */
export const UNCONDITIONAL_OPERATIONS: readonly OperationName[] = OPERATION_NAMES.filter(
  (name) => name !== 'compare-and-set',
)

/** By what a workload asks for: the kind of its only row or, of a read-modify-write, its first, and of a compare-and-set its second. */
export const KIND_OF: Readonly<Record<OperationName, OperationKind>> = {
  read: READ,
  update: UPDATE,
  insert: INSERT,
  delete: DELETE,
  'read-modify-write': READ_FOR_MODIFY,
  'compare-and-set': COMPARE_AND_SET,
  increment: INCREMENT,
  add: ADD,
  remove: REMOVE,
  scan: SCAN,
}

export const isRead = (kind: OperationKind): boolean => kind <= READ_FOR_MODIFY
export const isWrite = (kind: OperationKind): boolean => kind > READ_FOR_MODIFY && kind < SCAN
/** Whether it changes nothing: its messages take the legs of reads, and any node that serves reads may serve it. */
export const isQuery = (kind: OperationKind): boolean => kind <= READ_FOR_MODIFY || kind === SCAN
/** Whether it is done to the value that the key holds, as increments, adds and removes are, and not instead of it. */
export const isMerge = (kind: OperationKind): boolean => kind >= INCREMENT && kind <= REMOVE

/** Whether the row is the last, or only, one of what the workload asked for; a measure of whole operations counts these. */
export const endsOperation = (kind: OperationKind): boolean => kind !== READ_FOR_MODIFY && kind !== READ_BACK
/** Whether the row goes on with what an earlier one, its `base`, has read. */
export const continuesOperation = (kind: OperationKind): boolean => kind === MODIFY || kind === COMPARE_AND_SET
/** Whether the row is the first, or only, one of what the workload asked for. */
export const beginsOperation = (kind: OperationKind): boolean => !continuesOperation(kind) && kind !== READ_BACK

/** What a key holds: every key has one type, and the operations on it are those of its type. */
export type KeyType = 'register' | 'counter' | 'set'

export function keyTypeOf(operation: OperationName): KeyType {
  if (operation === 'increment') return 'counter'
  return operation === 'add' || operation === 'remove' ? 'set' : 'register'
}
