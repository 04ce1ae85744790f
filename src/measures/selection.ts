/**
 * A value by its rank, without sorting (Hoare 1961, "Find"): a percentile of a sample that nobody else needs in order costs time in
 * proportion to its size. What is ordered already, as under a growing queue, is divided in the middle at once. Left out: a
 * guard against samples made to be slow.
 */

/** The value at `place`, counted from 0, if `values` ascended; moves values about. */
export function select(values: Float64Array, place: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = values[place] as number
    let left = low
    let right = high
    while (left <= right) {
      while ((values[left] as number) < pivot) left++
      while ((values[right] as number) > pivot) right--
      if (left > right) break
      const moved = values[left] as number
      values[left++] = values[right] as number
      values[right--] = moved
    }
    // Between `right` and `left` all values are the pivot.
    if (right < place) low = left
    if (left > place) high = right
  }
  return values[place] as number
}
