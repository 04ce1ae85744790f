/**
 * Which effects of writes the final values hold: counts by counter, elements of sets by the add that put them there, and of registers
 * the writes that are their values.
 */
import type { Key, OperationId } from '../core/ids.js'
import type { Value } from '../history/values.js'
import type { HistoryIndex } from './history-index.js'

const NOTHING: readonly OperationId[] = []

export class FinalEffects {
  private readonly counts: Float64Array
  private readonly isSomewhere: Uint8Array
  private readonly values = new Map<Key, OperationId[]>()

  constructor(index: HistoryIndex) {
    this.counts = new Float64Array(index.keys)
    this.isSomewhere = new Uint8Array(index.history.count)
    const { finals } = index.probes
    for (const key of finals.writtenKeys) for (const value of finals.values(key)) this.note(key, value)
  }

  /** The largest count, where replicas differ. */
  countOf(key: Key): number {
    return this.counts[key] as number
  }

  /** Whether some replica's set has the element of an add. */
  hasElement(add: OperationId): boolean {
    return this.isSomewhere[add] === 1
  }

  /** The writes that are the register's value at some replica, each once. */
  valuesOf(key: Key): readonly OperationId[] {
    return this.values.get(key) ?? NOTHING
  }

  private note(key: Key, value: Value): void {
    if (typeof value === 'number') this.noteWrite(key, value)
    else if ('ids' in value) for (const id of value.ids) this.noteWrite(key, id)
    else if ('count' in value) this.counts[key] = Math.max(this.counts[key] as number, value.count)
    else for (const element of value.elements) this.isSomewhere[element] = 1
  }

  private noteWrite(key: Key, id: OperationId): void {
    if (id < 0) return
    const known = this.values.get(key)
    if (known === undefined) this.values.set(key, [id])
    else if (!known.includes(id)) known.push(id)
  }
}
