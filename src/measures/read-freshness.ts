/**
 * What every eligible read missed. Eligible are the successful reads of the measured phase, read-backs among them, of keys
 * with a write acknowledged at or before the read was invoked. One sweep over each key's reads and acknowledgements in order
 * of time finds, for each read, the oldest missed acknowledgement, the number of acknowledged versions missed, and the
 * latest acknowledgement of the key. A read that misses anything is stale; returning a version that is newer than
 * every acknowledged one is not.
 */
import type { Key, Nanos } from '../core/ids.js'
import type { History } from '../history/history.js'
import { groupByKey } from './key-groups.js'
import { MergeSort } from './merge-sort.js'
import { PrefixCounts } from './prefix-counts.js'
import type { VersionOrder } from './version-order.js'

const NOT_ELIGIBLE = -1

export class ReadFreshness {
  /** Of each read in order of invocation: acknowledged versions that it missed, or -1 if it is not eligible. */
  readonly missed: Int32Array
  /** When the oldest missed write was acknowledged; infinity where nothing was missed. */
  readonly oldestMissed: Float64Array
  /** When the key's latest write was acknowledged. */
  readonly latest: Float64Array
  private readonly marks: PrefixCounts
  /** byTime[.. marked-1] of the key that is being swept are marked. */
  private marked = 0

  /** `reads` are successful reads in order of invocation. */
  constructor(
    history: History,
    private readonly order: VersionOrder,
    readonly reads: Int32Array,
    keys: number,
  ) {
    this.missed = new Int32Array(reads.length).fill(NOT_ELIGIBLE)
    this.oldestMissed = new Float64Array(reads.length).fill(Number.POSITIVE_INFINITY)
    this.latest = new Float64Array(reads.length)
    this.marks = new PrefixCounts(order.largest)
    const { starts, places } = groupByKey(reads, history.key, keys)
    const grouped = new GroupedReads(history, order, reads, places)
    const byTime = positionsByAcknowledgement(order, keys)
    for (let key = 0; key < keys; key++) {
      if (order.starts[key] === order.starts[key + 1]) continue
      this.sweep(key, grouped, starts[key] as number, starts[key + 1] as number, byTime)
    }
  }

  /** The key's reads stand at places from .. to-1; `byTime` has each key's positions in order of acknowledgement. */
  private sweep(key: Key, reads: GroupedReads, from: number, to: number, byTime: Int32Array): void {
    const start = this.order.starts[key] as number
    const end = this.order.starts[key + 1] as number
    const acknowledged = this.order.acknowledged
    this.marked = start
    let next = start
    for (let place = from; place < to; place++) {
      const invoked = reads.invoked[place] as number
      while (next < end && (acknowledged[byTime[next] as number] as number) <= invoked) next++
      if (next === start || Number.isNaN(reads.first[place] as number)) continue
      this.latest[reads.index[place] as number] = acknowledged[byTime[next - 1] as number] as number
      this.evaluate(key, reads, place, next, byTime)
    }
  }

  /** The writes at byTime[.. next-1] were acknowledged when the read was invoked. */
  private evaluate(key: Key, reads: GroupedReads, place: number, next: number, byTime: Int32Array): void {
    const invoked = reads.invoked[place] as Nanos
    const version = reads.first[place] as number
    const stretches = this.order.locate(
      reads.row[place] as number,
      key,
      version,
      reads.second[place] as number,
      next - 1,
    )
    const { missedFrom, missedTo, earliestFrom } = this.order
    let oldest = Number.POSITIVE_INFINITY
    let missed = 0
    for (let i = 0; i < stretches; i++) {
      const from = missedFrom[i] as number
      const to = missedTo[i] as number
      if (from === to || (earliestFrom[from] as number) > invoked) continue
      oldest = Math.min(oldest, earliestFrom[from] as number)
      missed += this.acknowledgedAmong(from, to, key, next, byTime)
    }
    const index = reads.index[place] as number
    this.missed[index] = missed
    if (missed > 0) this.oldestMissed[index] = oldest
  }

  /** How many of positions from .. to-1 are among byTime[.. next-1]. Keys whose reads are all fresh are never marked. */
  private acknowledgedAmong(from: number, to: number, key: Key, next: number, byTime: Int32Array): number {
    const start = this.order.starts[key] as number
    if (this.marked === start) this.marks.reset((this.order.starts[key + 1] as number) - start)
    for (; this.marked < next; this.marked++) this.marks.mark((byTime[this.marked] as number) - start)
    return this.marks.below(to - start) - this.marks.below(from - start)
  }
}

/** The columns of the reads that the sweep needs, ordered by key and then by invocation. */
class GroupedReads {
  /** Into the reads in order of invocation. */
  readonly index: Int32Array
  readonly row: Int32Array
  readonly invoked: Float64Array
  /** The version that was returned, as `VersionOrder.locate` takes it. */
  readonly first: Float64Array
  readonly second: Float64Array

  constructor(history: History, order: VersionOrder, reads: Int32Array, places: Int32Array) {
    this.index = new Int32Array(reads.length)
    this.row = new Int32Array(reads.length)
    this.invoked = new Float64Array(reads.length)
    this.first = new Float64Array(reads.length)
    this.second = new Float64Array(reads.length)
    for (let i = 0; i < reads.length; i++) {
      const place = places[i] as number
      const read = reads[i] as number
      this.index[place] = i
      this.row[place] = read
      this.invoked[place] = history.invoked(read)
      this.first[place] = order.returnedFirst(read)
      this.second[place] = order.returnedSecond(read)
    }
  }
}

function positionsByAcknowledgement(order: VersionOrder, keys: number): Int32Array {
  const { starts, acknowledged, largest } = order
  const positions = new Int32Array(acknowledged.length)
  for (let i = 0; i < positions.length; i++) positions[i] = i
  const sorter = new MergeSort(largest)
  for (let key = 0; key < keys; key++) {
    sorter.sort(positions, starts[key] as number, starts[key + 1] as number, acknowledged, acknowledged)
  }
  return positions
}
