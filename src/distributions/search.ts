/** Binary search for the border of a predicate; the laws' step functions are searched with it. */

/** The smallest i in 0 .. n - 1 for which `holds`, which must hold for all after it; n if there is none. */
export function firstIndex(n: number, holds: (i: number) => boolean): number {
  let low = 0
  let high = n
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
