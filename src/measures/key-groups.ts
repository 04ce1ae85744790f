/**
 * Rows of the history grouped by key with a counting sort: two passes, no object per key. It tells each row's place in an array ordered by
 * key; whoever needs columns in that order writes them there while reading the history from front to back, which costs
 * a fraction of collecting them key by key. Within a key the rows keep the order in which they were given.
 */

export interface KeyGroups {
  /** The places of key k are starts[k] .. starts[k + 1] - 1. */
  readonly starts: Int32Array
  /** The place of rows[i]. */
  readonly places: Int32Array
  /** Rows of the largest group. */
  readonly largest: number
}

export function groupByKey(rows: Int32Array, keyOf: Int32Array, keys: number): KeyGroups {
  const starts = new Int32Array(keys + 1)
  for (let i = 0; i < rows.length; i++) {
    const next = (keyOf[rows[i] as number] as number) + 1
    starts[next] = (starts[next] as number) + 1
  }
  let largest = 0
  for (let key = 0; key < keys; key++) {
    largest = Math.max(largest, starts[key + 1] as number)
    starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number)
  }
  const nextOf = starts.slice(0, keys)
  const places = new Int32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const key = keyOf[rows[i] as number] as number
    const place = nextOf[key] as number
    places[i] = place
    nextOf[key] = place + 1
  }
  return { starts, places, largest }
}
