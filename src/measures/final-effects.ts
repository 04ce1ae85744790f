/**
 * Which effects of writes the final values hold: counts by counter, elements of sets by the add that put them there, and of registers
 * the writes that are their values; and how many keys' replicas differ. Values are read once, since reading them takes a
 * while.
 */
import type { Key, OperationId } from '../core/ids.js'
import { NO_OPERATION } from '../core/ids.js'
import type { FinalValues } from '../history/probes.js'
import { equalValues, type Value } from '../history/values.js'
import type { HistoryIndex } from './history-index.js'

/** Replicas that hold nothing are equal, whichever delete each has purged. */
function areAllEmpty(finals: FinalValues, key: Key): boolean {
  return finals.empty?.(key).every((isEmpty) => isEmpty) ?? false
}

export class FinalEffects {
  /** Written keys whose replicas differ. */
  diverged = 0
  private readonly counts: Float64Array
  private readonly isSomewhere: Uint8Array
  /** By key: a write that is the register's value, and the others where replicas differ or keep several. */
  private readonly value: Int32Array
  private readonly others = new Map<Key, OperationId[]>()

  constructor(index: HistoryIndex) {
    this.counts = new Float64Array(index.keys)
    this.isSomewhere = new Uint8Array(index.history.count)
    this.value = new Int32Array(index.keys).fill(NO_OPERATION)
    const { finals } = index.probes
    for (const key of finals.writtenKeys) {
      const values = finals.values(key)
      for (let i = 0; i < values.length; i++) this.note(key, values[i] as Value)
      if (values.some((value) => !equalValues(value, values[0] as Value)) && !areAllEmpty(finals, key)) this.diverged++
    }
  }

  /** The largest count, where replicas differ. */
  countOf(key: Key): number {
    return this.counts[key] as number
  }

  /** Whether some replica's set has the element of an add. */
  hasElement(add: OperationId): boolean {
    return this.isSomewhere[add] === 1
  }

  /** Whether the register's value is, at some replica, a write that the predicate holds for. */
  someValue(key: Key, predicate: (write: OperationId) => boolean): boolean {
    const value = this.value[key] as number
    return (value >= 0 && predicate(value)) || (this.others.get(key)?.some(predicate) ?? false)
  }

  /** A write that is the register's value; negative if there is none. */
  valueOf(key: Key): OperationId {
    return this.value[key] as number
  }

  private note(key: Key, value: Value): void {
    if (typeof value === 'number') this.noteWrite(key, value)
    else if ('ids' in value) for (const id of value.ids) this.noteWrite(key, id)
    else if ('count' in value) this.counts[key] = Math.max(this.counts[key] as number, value.count)
    else for (const element of value.elements) this.isSomewhere[element] = 1
  }

  private noteWrite(key: Key, id: OperationId): void {
    if (id < 0 || this.value[key] === id) return
    if ((this.value[key] as number) < 0) this.value[key] = id
    else this.others.set(key, [...(this.others.get(key) ?? []), id])
  }
}
