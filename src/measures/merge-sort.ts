/**
 * A stable merge sort by two keys, for the short and nearly sorted groups that a history consists of (operations of one key by version, by
 * acknowledgement, by invocation). What is in order already, as most groups are, costs one comparison each; short
 * groups are sorted by insertion. The library's sort of typed arrays would need a comparator call per step.
 */

/** Groups up to this size are sorted by insertion. */
const SHORT = 12

export class MergeSort {
  private readonly scratch: Int32Array
  private readonly positions: Int32Array
  private readonly values: Float64Array

  /** For groups of up to `size`. */
  constructor(size: number) {
    this.scratch = new Int32Array(size)
    this.positions = new Int32Array(size)
    this.values = new Float64Array(size)
  }

  /** Moves entries from .. to-1 of all columns so that they ascend by `first`, then by `second`. */
  sortColumns(
    from: number,
    to: number,
    first: Float64Array,
    second: Float64Array,
    third: Float64Array,
    rows: Int32Array,
  ): void {
    if (isSorted(from, to, first, second)) return
    for (let i = from; i < to; i++) this.positions[i - from] = i
    this.sortUnsorted(this.positions, 0, to - from, first, second)
    this.rearrange(from, to, first)
    this.rearrange(from, to, second)
    this.rearrange(from, to, third)
    this.rearrangeRows(from, to, rows)
  }

  /** Sorts positions[from .. to-1] by `first`, then by `second`, both indexed by position. */
  sort(positions: Int32Array, from: number, to: number, first: Float64Array, second: Float64Array): void {
    for (let i = from + 1; i < to; i++) {
      if (!before(positions[i] as number, positions[i - 1] as number, first, second)) continue
      this.sortUnsorted(positions, from, to, first, second)
      return
    }
  }

  private sortUnsorted(
    positions: Int32Array,
    from: number,
    to: number,
    first: Float64Array,
    second: Float64Array,
  ): void {
    for (let start = from; start < to; start += SHORT) {
      insertionSort(positions, start, Math.min(start + SHORT, to), first, second)
    }
    for (let width = SHORT; width < to - from; width *= 2) {
      for (let start = from; start + width < to; start += 2 * width) {
        this.merge(positions, start, start + width, Math.min(start + 2 * width, to), first, second)
      }
    }
  }

  private merge(
    positions: Int32Array,
    from: number,
    middle: number,
    to: number,
    first: Float64Array,
    second: Float64Array,
  ): void {
    if (!before(positions[middle] as number, positions[middle - 1] as number, first, second)) return
    const left = this.scratch
    const leftCount = middle - from
    for (let i = 0; i < leftCount; i++) left[i] = positions[from + i] as number
    let i = 0
    let j = middle
    let out = from
    while (i < leftCount && j < to) {
      const fromRight = before(positions[j] as number, left[i] as number, first, second)
      positions[out++] = (fromRight ? positions[j++] : left[i++]) as number
    }
    while (i < leftCount) positions[out++] = left[i++] as number
  }

  private rearrange(from: number, to: number, column: Float64Array): void {
    for (let i = from; i < to; i++) this.values[i - from] = column[this.positions[i - from] as number] as number
    for (let i = from; i < to; i++) column[i] = this.values[i - from] as number
  }

  private rearrangeRows(from: number, to: number, rows: Int32Array): void {
    for (let i = from; i < to; i++) this.scratch[i - from] = rows[this.positions[i - from] as number] as number
    for (let i = from; i < to; i++) rows[i] = this.scratch[i - from] as number
  }
}

function before(a: number, b: number, first: Float64Array, second: Float64Array): boolean {
  const left = first[a] as number
  const right = first[b] as number
  return left < right || (left === right && (second[a] as number) < (second[b] as number))
}

function isSorted(from: number, to: number, first: Float64Array, second: Float64Array): boolean {
  for (let i = from + 1; i < to; i++) {
    if (before(i, i - 1, first, second)) return false
  }
  return true
}

function insertionSort(
  positions: Int32Array,
  from: number,
  to: number,
  first: Float64Array,
  second: Float64Array,
): void {
  for (let i = from + 1; i < to; i++) {
    const position = positions[i] as number
    let j = i - 1
    while (j >= from && before(position, positions[j] as number, first, second)) {
      positions[j + 1] = positions[j] as number
      j--
    }
    positions[j + 1] = position
  }
}
