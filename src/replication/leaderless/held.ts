/**
 * What one version of a key holds, and who wrote it: the writer's operation travels with every version, so that a replica which gets it by
 * read repair can tell which write it has received. A register's value is the id of its writer and needs nothing more; counters
 * and sets carry theirs beside them, and so does a tombstone, to be told from a value. That id is the host's way of telling writes apart and weighs nothing in messages.
 */
import type { OperationId } from '../../core/ids.js'
import { DELETE } from '../../history/operation-kinds.js'
import type { Value } from '../../history/values.js'
import type { Request } from '../replica.js'
import { valueBytesOf } from '../whole-value.js'

/** A counter, a set or a tombstone, with the operation that left it behind. */
class WrittenValue {
  constructor(
    readonly value: Value,
    readonly writer: OperationId,
  ) {}
}

export type { WrittenValue }
export type Held = OperationId | WrittenValue

/** What the key holds once the operation has written `value`. */
export function heldAfter({ operation, kind }: Pick<Request, 'operation' | 'kind'>, value: Value): Held {
  return typeof value === 'number' && kind !== DELETE ? value : new WrittenValue(value, operation)
}

/** What it weighs where a register's value weighs so much; a tombstone weighs nothing. */
export function bytesOf(held: Held, registerBytes: number): number {
  return typeof held === 'number' ? registerBytes : valueBytesOf(held.value, 0)
}

export function valueIn(held: Held): Value {
  return typeof held === 'number' ? held : held.value
}

export function writerOf(held: Held): OperationId {
  return typeof held === 'number' ? held : held.writer
}
