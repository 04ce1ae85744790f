/**
 * The part of the ring that a scan covers: the tokens from that of its first record on, so many of them as hold the records it asks for, cut at
 * the borders of partitions, because each partition has replicas of its own. Records are spread evenly over the tokens (ring.ts),
 * so every partition holds its share of them; shares are rounded on the way so that together they are what was asked for.
 *
 * Left out: joining neighbouring ranges that have replicas in common, as Cassandra's range commands do.
 */
import type { Key } from '../../core/ids.js'
import type { HashRing } from './ring.js'

export interface TokenRange {
  readonly partition: number
  /** Records in it; a narrow one may have none and is asked all the same, for nobody knows. */
  readonly rows: number
}

/** Of a scan of `rows` records from `key` on, where the ring holds `records`; once round the ring at most. */
export function tokenRanges(ring: HashRing, key: Key, rows: number, records: number): readonly TokenRange[] {
  const first = ring.positionOf(key)
  const width = Math.min(1, rows / records) * ring.length
  const last = first + width
  const ranges: TokenRange[] = []
  let rowsBefore = 0
  let from = first
  while (from < last) {
    const to = Math.min(last, ring.endOf(from))
    const rowsUpTo = Math.round((rows * (to - first)) / width)
    ranges.push({ partition: ring.partitionAt(from), rows: rowsUpTo - rowsBefore })
    rowsBefore = rowsUpTo
    from = to
  }
  return ranges
}
