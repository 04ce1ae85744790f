/**
 * Lost effects of increments and adds: acknowledged in whatever phase, and absent from the final values.
 *
 * - Increments of a counter: acknowledged ones less the final count (the largest, where replicas differ). A timed-out increment that
 *   took effect hides a lost one, so this is a lower bound.
 * - Adds: the element is in no replica's final set and nobody asked for its removal.
 *
 * A remove that had not seen its element loses nothing: an observed-remove set keeps the element. A remove names its element in the
 * history's `base` column. Left out for now: read-modify-writes, which need the order of versions.
 */
import type { Key, OperationId } from '../core/ids.js'
import { ADD, INCREMENT, type OperationKind, REMOVE } from '../history/operation-kinds.js'
import type { Value } from '../history/values.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const { history } = index
  const finals = new FinalEffects(index)
  const acknowledged = new Int32Array(index.keys)
  const removalAsked = new Uint8Array(history.count)
  let merges = 0
  let lost = 0
  for (let id = 0; id < history.count; id++) {
    if (history.kind[id] === REMOVE && (history.base[id] as number) >= 0) removalAsked[history.base[id] as number] = 1
  }
  for (let id = 0; id < history.count; id++) {
    const kind = history.kind[id] as number
    if (!isMerge(kind) || !index.isAcknowledgedWrite(id)) continue
    merges++
    const key = history.key[id] as number
    if (kind === INCREMENT) acknowledged[key] = (acknowledged[key] as number) + 1
    else if (kind === ADD && !finals.isSomewhere(id) && removalAsked[id] === 0) lost++
  }
  for (let key = 0; key < index.keys; key++) {
    lost += Math.max(0, (acknowledged[key] as number) - finals.countOf(key))
  }
  out.ratio('lost.rmw', lost, merges)
}

const isMerge = (kind: OperationKind): boolean => kind === INCREMENT || kind === ADD

const SOMEWHERE = 1

/** What the final values hold, by counter and by element. */
class FinalEffects {
  private readonly counts: Float64Array
  private readonly presence: Uint8Array

  constructor(index: HistoryIndex) {
    this.counts = new Float64Array(index.keys)
    this.presence = new Uint8Array(index.history.count)
    const { finals } = index.probes
    for (const key of finals.writtenKeys) this.note(key, finals.values(key))
  }

  countOf(key: Key): number {
    return this.counts[key] as number
  }

  isSomewhere(element: OperationId): boolean {
    return element >= 0 && (this.presence[element] as number) >= SOMEWHERE
  }

  private note(key: Key, values: readonly Value[]): void {
    const sets: (readonly OperationId[])[] = []
    for (const value of values) {
      if (typeof value === 'number' || 'ids' in value) continue
      if ('elements' in value) sets.push(value.elements)
      else this.counts[key] = Math.max(this.counts[key] as number, value.count)
    }
    for (const elements of sets) for (const element of elements) this.presence[element] = SOMEWHERE
  }
}

export const loss: MeasureFamily = {
  name: 'loss',
  measures: [
    {
      name: 'lost.rmw',
      unit: 'ratio',
      better: 'lower',
      summary:
        'Share of acknowledged increments and adds, of all phases, whose effect the final values lack; read-modify-writes are not covered yet.',
    },
  ],
  evaluate,
}
