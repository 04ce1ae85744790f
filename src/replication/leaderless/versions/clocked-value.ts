/**
 * What a key holds under clocks: values side by side, and what is known of the events that wrote them. Two kinds of clocks do the same
 * things in ways of their own: they reconcile, and they take a write. Values are immutable.
 */
import type { OperationId } from '../../../core/ids.js'
import type { Value } from '../../../history/values.js'
import { type CrdtState, stateBytes } from '../../crdt/state.js'
import { valueBytesOf } from '../../whole-value.js'
import type { HeldSiblings } from '../held.js'
import { ClockContext } from './clock-context.js'
import { joined } from './data-types.js'
import type { Merge } from './merges.js'
import { eachWriterOnce, inOrder, type Sibling } from './sibling.js'
import type { VersionVector } from './version-vector.js'

export abstract class ClockedValue implements HeldSiblings {
  /** Ascending by writer, each writer once. */
  readonly siblings: readonly Sibling[]
  readonly writers: readonly OperationId[]
  /** The same, but of an operation all attempts that different coordinators took. */
  protected readonly attempts: readonly Sibling[]
  /** All events that it holds or has replaced. */
  abstract readonly vector: VersionVector
  /** The same, but never pruned, for the history alone. */
  abstract readonly past: VersionVector
  /** What an event that is known weighs. */
  protected abstract readonly entryBytes: number
  private merged: Value | undefined
  private told: ClockContext | undefined

  protected constructor(
    siblings: readonly Sibling[],
    protected readonly merge: Merge,
  ) {
    this.attempts = inOrder(siblings)
    this.siblings = eachWriterOnce(this.attempts)
    this.writers = this.siblings.map(({ writer }) => writer)
  }

  /** `this` if the other adds nothing, else `other` itself if that is so, else a new one. */
  abstract reconciledWith(other: ClockedValue): ClockedValue
  /** After a write by a client that knew `context`, where this is the copy of the coordinator that `written` names. */
  abstract after(context: ClockContext, written: Sibling): ClockedValue
  abstract fingerprint(): number

  get value(): Value {
    this.merged ??= this.merge(this.attempts)
    return this.merged
  }

  /** The CRDT that a data type's siblings join into. */
  get state(): CrdtState | undefined {
    return joined(this.attempts)
  }

  /** What a client is told of it. */
  get context(): ClockContext {
    this.told ??= new ClockContext(this.vector, this.past, this.entryBytes)
    return this.told
  }

  get clockBytes(): number {
    return this.entryBytes * this.vector.length
  }

  bytes(registerBytes: number): number {
    return this.siblings.reduce((sum, sibling) => sum + siblingBytes(sibling, registerBytes), this.clockBytes)
  }
}

/** A tombstone weighs nothing. */
function siblingBytes({ value, state, isTombstone }: Sibling, registerBytes: number): number {
  if (state !== undefined) return stateBytes(state, registerBytes)
  return isTombstone ? 0 : valueBytesOf(value, registerBytes)
}
