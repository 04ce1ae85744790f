/**
 * The order in which each replica of one key received the key's writes, worked out key by key in buffers that are used again.
 *
 * Receipts are single precision, so of two writes that a replica received a few nanoseconds apart after long waits (a burst that a pause
 * held back) the times may stand the wrong way round. Where rounding could have done that, the version order decides, which
 * is the order in which a leader took them; it decides too where times are equal. What a disk forgot later counts as
 * received when it first was.
 */
import type { History } from '../history/history.js'
import { MergeSort } from './merge-sort.js'
import type { Ranks } from './ranks.js'

/** A receipt is within this share of its true value. */
const ROUNDING = 1 / (1 << 24)

export class Receptions {
  /** Writes that replica j received, in the order in which it did: entries j * capacity .. + counts[j] - 1. */
  readonly sequence: Int32Array
  /** The place of write i in that order at j * capacity + i; -1 if replica j never received it. */
  readonly position: Int32Array
  readonly counts: Int32Array
  private readonly times: Float64Array
  private readonly errors: Float64Array
  private readonly sorter: MergeSort

  /** For keys with up to `capacity` writes. */
  constructor(
    private readonly history: History,
    readonly capacity: number,
  ) {
    const copies = history.copiesPerKey
    this.sequence = new Int32Array(copies * capacity)
    this.position = new Int32Array(copies * capacity)
    this.counts = new Int32Array(copies)
    this.times = new Float64Array(capacity)
    this.errors = new Float64Array(capacity)
    this.sorter = new MergeSort(capacity)
  }

  /** The key's writes are rows[start .. start + size - 1]; write i is rows[start + i]. */
  arrange(rows: Int32Array, start: number, size: number, ranks: Ranks): void {
    for (let j = 0; j < this.counts.length; j++) this.arrangeAt(j, rows, start, size, ranks)
  }

  private arrangeAt(j: number, rows: Int32Array, start: number, size: number, ranks: Ranks): void {
    const { history, sequence, position } = this
    const offset = j * this.capacity
    let count = 0
    for (let i = 0; i < size; i++) {
      const row = rows[start + i] as number
      const receipt = history.firstReceipt(row, j)
      position[offset + i] = -1
      this.times[i] = (history.intended[row] as number) + receipt
      this.errors[i] = receipt * ROUNDING
      if (!Number.isNaN(receipt)) sequence[offset + count++] = i
    }
    this.undoRounding(ranks)
    this.sorter.sort(sequence, offset, offset + count, this.times, ranks.rankOf)
    for (let p = 0; p < count; p++) position[offset + (sequence[offset + p] as number)] = p
    this.counts[j] = count
  }

  /** Makes the times of writes that follow each other in version order equal where they lie the wrong way round by rounding alone. */
  private undoRounding({ byRank, ranked }: Ranks): void {
    let latest = Number.NEGATIVE_INFINITY
    let error = 0
    for (let i = 0; i < ranked; i++) {
      const write = byRank[i] as number
      const time = this.times[write] as number
      if (Number.isNaN(time)) continue
      if (time < latest && latest - time <= error + (this.errors[write] as number)) {
        this.times[write] = latest
        continue
      }
      latest = time
      error = this.errors[write] as number
    }
  }
}
