/**
 * What became of the increments of each counter: how many were acknowledged, and how many its final value has too few or too many.
 * A counter does not tell which increment was lost, so those of the warm-up count too, but never more than were acknowledged in the
 * measured phase. An increment without an answer hides a lost one if it took effect, and one that was done twice hides one
 * too: `missing` and `surplus` are lower bounds. Increments that some replica received without their being acknowledged may
 * have taken effect, and are no surplus.
 */
import type { Key } from '../core/ids.js'
import { INCREMENT } from '../history/operation-kinds.js'
import { OK } from '../history/outcomes.js'
import type { FinalEffects } from './final-effects.js'
import type { HistoryIndex } from './history-index.js'

export class Counters {
  /** By key: acknowledged increments of the measured phase, and those of them that were destroyed or overwritten. */
  readonly measured: Int32Array
  readonly destroyed: Int32Array
  readonly overwritten: Int32Array
  /** Acknowledged increments of all phases, and those destroyed before the measured one. */
  private readonly acknowledged: Int32Array
  private readonly destroyedBefore: Int32Array
  private readonly possible: Int32Array

  private readonly finals: FinalEffects

  constructor(index: HistoryIndex) {
    this.finals = index.finals
    this.measured = new Int32Array(index.keys)
    this.destroyed = new Int32Array(index.keys)
    this.overwritten = new Int32Array(index.keys)
    this.acknowledged = new Int32Array(index.keys)
    this.destroyedBefore = new Int32Array(index.keys)
    this.possible = new Int32Array(index.keys)
    const { kind } = index.history
    const { isOverwritten } = index.unseen
    for (let id = 0; id < index.history.count; id++) {
      if (kind[id] === INCREMENT) this.count(index, id, isOverwritten[id] === 1)
    }
  }

  /** Acknowledged increments that the final value lacks, those destroyed with a disk apart. */
  missing(key: Key): number {
    const all = (this.acknowledged[key] as number) - this.finals.countOf(key) - (this.destroyedBefore[key] as number)
    return Math.max(0, Math.min(all, this.measured[key] as number) - (this.destroyed[key] as number))
  }

  /** By how much the final value exceeds all increments that can have taken effect. */
  private surplus(key: Key): number {
    return Math.max(0, this.finals.countOf(key) - (this.acknowledged[key] as number) - (this.possible[key] as number))
  }

  totalSurplus(): number {
    let total = 0
    for (let key = 0; key < this.measured.length; key++) total += this.surplus(key)
    return total
  }

  private count(index: HistoryIndex, id: number, isOverwritten: boolean): void {
    const { history } = index
    const key = history.key[id] as number
    if (history.outcome[id] !== OK) {
      if (history.wasReceived(id)) add(this.possible, key)
      return
    }
    add(this.acknowledged, key)
    const isDestroyed = history.destroyed.has(id)
    if (!index.isMeasured(history.intended[id] as number)) {
      if (isDestroyed) add(this.destroyedBefore, key)
      return
    }
    add(this.measured, key)
    if (isDestroyed) add(this.destroyed, key)
    else if (isOverwritten) add(this.overwritten, key)
  }
}

function add(counts: Int32Array, key: Key): void {
  counts[key] = (counts[key] as number) + 1
}
