/**
 * What one version of a key holds, and who wrote it: the writer's operation travels with every version, so that a replica which gets it by
 * read repair can tell which write it has received. A register's value is the id of its writer and needs nothing more; counters
 * and sets carry theirs beside them. That id is the host's way of telling writes apart and weighs nothing in messages.
 */
import type { OperationId } from '../../core/ids.js'
import type { Value } from '../../history/values.js'

/** A counter or a set, with the operation that left it behind. */
class WrittenValue {
  constructor(
    readonly value: Exclude<Value, OperationId>,
    readonly writer: OperationId,
  ) {}
}

export type { WrittenValue }
export type Held = OperationId | WrittenValue

/** What the key holds once `writer` has written `value`. */
export function heldAfter(writer: OperationId, value: Value): Held {
  return typeof value === 'number' ? value : new WrittenValue(value, writer)
}

export function valueIn(held: Held): Value {
  return typeof held === 'number' ? held : held.value
}

export function writerOf(held: Held): OperationId {
  return typeof held === 'number' ? held : held.writer
}
