/**
 * Acknowledged writes of the measured phase whose effect is gone (DESIGN.md, "Lost"), over all acknowledged writes of it:
 *
 * - `lost.overwritten`: some acknowledged write ordered after it had not seen it. Counters and sets that a store replaces whole are
 *   values like any other; where versions are ordered in part nothing is overwritten. `lost.overwritten.seen` are those of them
 *   without a concurrent write: it was to one that they had seen themselves, which takes clocks that differ.
 * - `lost.rmw`: a read-modify-write or compare-and-set that is not the final value and that the final value has not seen; an add whose element is nowhere and
 *   whose removal nobody asked for; increments that a counter lacks (counters.ts). A remove loses nothing: what it had not
 *   seen it has not to take out. `lost.merges` are the increments and adds alone, those destroyed with a disk too, over
 *   acknowledged increments and adds.
 * - `lost.durability`: no disk holds it any more; it is counted as nothing else.
 * - `lost.ratio`: any of these. An overwritten increment is taken to be one of those that its counter lacks.
 *
 * Where it is not known what writes have seen, only what does not depend on it is measured.
 *
 * A counter that lacks increments does not tell whose, so then the zones have no `lost.rmw` and no `lost.ratio`.
 */
import type { OperationId } from '../core/ids.js'
import { ADD, continuesOperation, INCREMENT, REMOVE } from '../history/operation-kinds.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'
import { ZonedCounts } from './zoned-counts.js'

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  new Losses(index).report(out)
}

class Losses {
  private readonly writes: ZonedCounts
  private readonly overwritten: ZonedCounts
  private readonly overwrittenSeen: ZonedCounts
  private readonly unmerged: ZonedCounts
  private readonly destroyed: ZonedCounts
  private readonly any: ZonedCounts
  private merges = 0
  private lostMerges = 0
  private modifies = 0
  private readonly removalAsked: Uint8Array

  constructor(private readonly index: HistoryIndex) {
    const { zoneNames } = index.probes
    this.writes = new ZonedCounts(zoneNames)
    this.overwritten = new ZonedCounts(zoneNames)
    this.overwrittenSeen = new ZonedCounts(zoneNames)
    this.unmerged = new ZonedCounts(zoneNames)
    this.destroyed = new ZonedCounts(zoneNames)
    this.any = new ZonedCounts(zoneNames)
    this.removalAsked = removalsAsked(index)
    for (let i = 0; i < index.measured.length; i++) {
      const id = index.measured[i] as number
      if (index.isAcknowledgedWrite(id)) this.add(id)
    }
  }

  report(out: MeasureSink): void {
    const { writes, index } = this
    const { counters } = index
    const isSeenKnown = index.seen.isComplete
    let missing = 0
    let hidden = 0
    for (let key = 0; key < index.keys; key++) {
      if (counters.measured[key] === 0) continue
      missing += counters.missing(key)
      hidden += Math.max(0, counters.missing(key) - (counters.overwritten[key] as number))
      this.lostMerges += counters.missing(key) + (counters.destroyed[key] as number)
    }
    if (isSeenKnown) {
      this.overwritten.report('lost.overwritten', writes, out)
      this.overwrittenSeen.report('lost.overwritten.seen', writes, out)
    }
    this.destroyed.report('lost.durability', writes, out)
    if (isSeenKnown || this.modifies === 0) this.unmerged.report('lost.rmw', writes, out, missing)
    if (isSeenKnown) this.any.report('lost.ratio', writes, out, hidden)
    out.ratio('lost.merges', this.lostMerges, this.merges)
  }

  private add(id: OperationId): void {
    const { index } = this
    const { history } = index
    const zone = index.zoneOf(id)
    this.writes.add(zone)
    const isAdd = history.kind[id] === ADD
    if (isAdd || history.kind[id] === INCREMENT) this.merges++
    if (continuesOperation(history.kind[id] as number)) this.modifies++
    if (history.destroyed.has(id)) {
      this.destroyed.add(zone)
      this.any.add(zone)
      if (isAdd) this.lostMerges++
      return
    }
    const isOverwritten = index.unseen.isOverwritten[id] === 1
    const isUnmerged = this.isUnmerged(id)
    if (isOverwritten) this.overwritten.add(zone)
    if (isOverwritten && index.unseen.isConcurrent[id] === 0) this.overwrittenSeen.add(zone)
    if (isUnmerged) this.unmerged.add(zone)
    if (isUnmerged && isAdd) this.lostMerges++
    if (isOverwritten || isUnmerged) this.any.add(zone)
  }

  /** Whether an add, a read-modify-write or a compare-and-set has left no trace. */
  private isUnmerged(id: OperationId): boolean {
    const { kind } = this.index.history
    if (kind[id] === ADD) return !this.index.finals.hasElement(id) && this.removalAsked[id] === 0
    return continuesOperation(kind[id] as number) && !this.isInFinalValue(id)
  }

  private isInFinalValue(id: OperationId): boolean {
    const { seen, finals, history } = this.index
    const place = seen.placeOf[id] as number
    return finals.someValue(history.key[id] as number, (value) => seen.includes(seen.placeOf[value] as number, place))
  }
}

/** 1 for each add whose removal was asked for; a remove names its add as its base. */
function removalsAsked({ history }: HistoryIndex): Uint8Array {
  const asked = new Uint8Array(history.count)
  for (let id = 0; id < history.count; id++) {
    if (history.kind[id] === REMOVE && (history.base[id] as number) >= 0) asked[history.base[id] as number] = 1
  }
  return asked
}

const SHARE = { unit: 'ratio', better: 'lower' } as const

export const loss: MeasureFamily = {
  name: 'loss',
  measures: [
    { name: 'lost.ratio', ...SHARE, summary: 'Share of acknowledged writes that were lost in any way.' },
    {
      name: 'lost.overwritten',
      ...SHARE,
      summary: 'Share of acknowledged writes that a write which had not seen them replaced.',
    },
    {
      name: 'lost.overwritten.seen',
      ...SHARE,
      summary:
        'Share of acknowledged writes, without a concurrent one, that lost to one which they had seen: clocks differ.',
    },
    {
      name: 'lost.rmw',
      ...SHARE,
      summary:
        'Share of acknowledged writes that are read-modify-writes, compare-and-sets, increments or adds missing from the final values.',
    },
    {
      name: 'lost.durability',
      ...SHARE,
      summary: 'Share of acknowledged writes that no disk holds any more.',
    },
    {
      name: 'lost.merges',
      ...SHARE,
      summary: 'Share of acknowledged increments and adds that the final values lack.',
    },
  ],
  evaluate,
}
