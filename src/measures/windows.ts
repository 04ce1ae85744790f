/**
 * Stretches of time, merged where they overlap: the fault windows of a cell. A window contains both its ends, so
 * what happens at the instant of a heal still counts as within the fault.
 */
import type { Nanos } from '../core/ids.js'

export class Windows {
  readonly begins: Nanos[] = []
  readonly ends: Nanos[] = []

  constructor(windows: readonly { readonly from: Nanos; readonly to: Nanos }[]) {
    for (const { from, to } of [...windows].sort((left, right) => left.from - right.from)) {
      const last = this.ends.length - 1
      if (last >= 0 && from <= (this.ends[last] as number)) {
        this.ends[last] = Math.max(this.ends[last] as number, to)
      } else {
        this.begins.push(from)
        this.ends.push(to)
      }
    }
  }

  contains(time: Nanos): boolean {
    const next = upperBound(this.begins, time)
    return next > 0 && time <= (this.ends[next - 1] as number)
  }

  /** Whether any window touches [from, to]. */
  touches(from: Nanos, to: Nanos): boolean {
    const next = upperBound(this.begins, to)
    return next > 0 && from <= (this.ends[next - 1] as number)
  }
}

/** The first index whose value is greater than `value`. */
function upperBound(values: readonly number[], value: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low
}
