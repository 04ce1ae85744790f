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

/** A value that is more than the id of its writer. */
interface HeldValue {
  /** What a read returns. */
  readonly value: Value
  readonly writers: readonly OperationId[]
  /** What it weighs where a register's value weighs so much. */
  bytes(registerBytes: number): number
}

/** A counter, a set or a tombstone, with the operation that left it behind. */
class WrittenValue implements HeldValue {
  constructor(
    readonly value: Value,
    readonly writer: OperationId,
  ) {}

  get writers(): readonly OperationId[] {
    return [this.writer]
  }

  /** A tombstone weighs nothing. */
  bytes(): number {
    return valueBytesOf(this.value, 0)
  }
}

/** Values side by side, under a clock: see versions/clocked-value.ts. */
export interface HeldSiblings extends HeldValue {
  /** What the clock weighs, which `bytes` counts too. */
  readonly clockBytes: number
}

export type { WrittenValue }
export type Held = OperationId | WrittenValue | HeldSiblings

/** What the key holds once the operation has written `value`. */
export function heldAfter(
  { operation, kind }: Pick<Request, 'operation' | 'kind'>,
  value: Value,
): OperationId | WrittenValue {
  return typeof value === 'number' && kind !== DELETE ? value : new WrittenValue(value, operation)
}

export function isTombstone(held: Held): boolean {
  return held instanceof WrittenValue && typeof held.value === 'number'
}

/** What it weighs where a register's value weighs so much. */
export function bytesOf(held: Held, registerBytes: number): number {
  return typeof held === 'number' ? registerBytes : held.bytes(registerBytes)
}

export function valueIn(held: Held): Value {
  return typeof held === 'number' ? held : held.value
}

/** What its clock weighs; undefined where it has none. */
export function clockBytesOf(held: Held): number | undefined {
  return typeof held !== 'number' && 'clockBytes' in held ? held.clockBytes : undefined
}

/** The operations that wrote what is held. */
export function writersOf(held: Held): readonly OperationId[] {
  return typeof held === 'number' ? [held] : held.writers
}
