/**
 * The version order of one key's writes as numbers: 0, 1, 2 …, in a buffer that is used key by key. Only acknowledged writes
 * whose order the store has told have a rank; where versions are ordered in part, ranks follow each origin's log.
 */
import type { Key } from '../core/ids.js'
import type { VersionOrder } from './version-order.js'

/** Sorts after every rank. */
export const UNRANKED = Number.POSITIVE_INFINITY

export class Ranks {
  /** By write of the key, 0, 1, 2 … in order of their rows. */
  readonly rankOf: Float64Array
  readonly byRank: Int32Array
  ranked = 0

  /** For keys with up to `capacity` writes. */
  constructor(capacity: number) {
    this.rankOf = new Float64Array(capacity)
    this.byRank = new Int32Array(capacity)
  }

  /** The key has `size` writes, the first of which stands at place `start`. */
  fill(versions: VersionOrder, key: Key, placeOf: Int32Array, start: number, size: number): void {
    this.rankOf.fill(UNRANKED, 0, size)
    const first = versions.starts[key] as number
    this.ranked = (versions.starts[key + 1] as number) - first
    for (let rank = 0; rank < this.ranked; rank++) {
      const write = (placeOf[versions.rows[first + rank] as number] as number) - start
      this.rankOf[write] = rank
      this.byRank[rank] = write
    }
  }
}
