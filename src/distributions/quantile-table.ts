/**
 * A law as it is drawn from: its quantile function at 2^32 levels, as a table. A 32-bit number u stands for the level (u + 0.5) / 2^32. The
 * table is log-linear towards both ends: by distance from the nearer end, 256 buckets in every doubling, so that both far
 * tails are as finely divided as the middle. Inside a bucket the quantile is a straight line between whole units; where that is not close
 * enough (a jump between the atoms of a mixture, a valley between two humps) the bucket refers to pieces that are.
 * Invariants: values are whole, rise with u, and the level of an atom is exact to 2^-32. 192 KB a table.
 */
import type { Law } from './law.js'
import { BUCKETS, buildTable, PIECE, wholeUnits } from './table-builder.js'

export class QuantileTable {
  private constructor(
    /** The value in whole units if the law is a constant. */
    readonly constant: number | undefined,
    /** In whole units. */
    readonly median: number,
    /** Of the law, not of the table. */
    readonly mean: number,
    /** By bucket: the value at its first level and the slope; or the place of its first piece, and NaN. */
    private readonly buckets: Float64Array,
    /** First distance, value there and slope of each piece; Infinity ends those of a bucket. */
    private readonly pieces: Float64Array,
  ) {}

  static of(law: Law): QuantileTable {
    const median = wholeUnits(law.quantile(0.5, 0.5))
    if (law.constant !== undefined) {
      return new QuantileTable(median, median, law.mean, new Float64Array(), new Float64Array())
    }
    const { buckets, pieces } = buildTable(law)
    return new QuantileTable(undefined, median, law.mean, buckets, pieces)
  }

  /** The value at `u`, a whole number in 0 .. 2^32 - 1, or the same 32 bits with sign. */
  at(u: number): number {
    if (this.constant !== undefined) return this.constant
    const upper = u >>> 31
    const distance = u ^ -upper
    const doublings = 23 - Math.clz32(distance | 256)
    const bucket = (upper * BUCKETS + (doublings << 8) + (distance >>> doublings)) << 1
    const slope = this.buckets[bucket + 1]
    if (Number.isNaN(slope)) return this.inPieces(this.buckets[bucket], distance)
    return Math.floor(this.buckets[bucket] + slope * (distance & ((1 << doublings) - 1)) + 0.5)
  }

  /** The values at as many levels, as `at` gives them; written out a second time, because that is a third faster. */
  fill(levels: Int32Array, values: Float64Array): void {
    const { constant, buckets } = this
    if (constant !== undefined) {
      values.fill(constant)
      return
    }
    for (let i = 0; i < levels.length; i++) {
      const u = levels[i]
      const upper = u >> 31
      const distance = u ^ upper
      const doublings = 23 - Math.clz32(distance | 256)
      const bucket = ((upper & BUCKETS) + (doublings << 8) + (distance >>> doublings)) << 1
      const line = buckets[bucket] + buckets[bucket + 1] * (distance & ((1 << doublings) - 1))
      values[i] = Number.isNaN(line) ? this.inPieces(buckets[bucket], distance) : Math.floor(line + 0.5)
    }
  }

  private inPieces(first: number, distance: number): number {
    let piece = first
    while (this.pieces[piece + PIECE] <= distance) piece += PIECE
    return Math.floor(this.pieces[piece + 1] + this.pieces[piece + 2] * (distance - this.pieces[piece]) + 0.5)
  }
}
