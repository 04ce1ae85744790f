/**
 * Fills a quantile table (its layout is described in quantile-table.ts). A bucket is a straight line from its first level to the first of the
 * next if the quantile at its middle agrees with that and no knot parts the two; otherwise it is cut at the levels of the law's knots, so that
 * no piece contains a jump, and each piece is halved until it is straight or two levels long. Distance is the
 * number of levels between a level and the nearer end.
 */
import { clamp } from '../core/mathematics.js'
import { type Distribution, LARGEST_VALUE } from './law.js'

const SUB_BUCKETS = 256
const HALF = 0x80000000
const LEVELS = 0x100000000
/** One for each of the first 512 distances, then 256 in each doubling up to 2^31. */
export const BUCKETS = 24 * SUB_BUCKETS
/** Numbers per piece: first distance, value there, slope. */
export const PIECE = 3

/** A line may miss by a unit, or by this share of the value where that is more. */
const TOLERANCE = 1e-5

export interface Table {
  readonly buckets: Float64Array
  readonly pieces: Float64Array
}

export function buildTable(law: Distribution): Table {
  const builder = new TableBuilder()
  const cuts = cutsOf(law)
  builder.fill((distance) => wholeUnits(law.quantile(levelOf(distance), 1 - levelOf(distance))), cuts.lower)
  builder.fill((distance) => wholeUnits(law.quantile(1 - levelOf(distance), levelOf(distance))), cuts.upper)
  return { buckets: Float64Array.from(builder.buckets), pieces: Float64Array.from(builder.pieces) }
}

export function wholeUnits(x: number): number {
  return Math.floor(clamp(x, -LARGEST_VALUE, LARGEST_VALUE) + 0.5)
}

function levelOf(distance: number): number {
  return (distance + 0.5) / LEVELS
}

/** The distances, in rising order, at which a knot parts a level from the one before it. */
function cutsOf(law: Distribution): { lower: number[]; upper: number[] } {
  const lower: number[] = []
  const upper: number[] = []
  for (const { value, mass } of law.knots) {
    const cdf = law.cdf(value)
    const survival = law.survival(value)
    for (const level of [cdf - mass, cdf]) if (level <= 0.5) lower.push(Math.ceil(level * LEVELS - 0.5))
    for (const tail of [survival + mass, survival]) if (tail <= 0.5) upper.push(Math.ceil(tail * LEVELS - 0.5))
  }
  return { lower: risingOnce(lower), upper: risingOnce(upper) }
}

function risingOnce(distances: readonly number[]): number[] {
  return [...new Set(distances)].sort((a, b) => a - b)
}

class TableBuilder {
  readonly buckets: number[] = []
  readonly pieces: number[] = []

  /** Appends one half: `valueAt` a distance from its end. */
  fill(valueAt: (distance: number) => number, cuts: readonly number[]): void {
    let value = valueAt(0)
    let cut = 0
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const first = firstDistance(bucket)
      const end = bucket === BUCKETS - 1 ? HALF : firstDistance(bucket + 1)
      const next = valueAt(end)
      while (cuts[cut] <= first) cut++
      const cutFrom = cut
      while (cuts[cut] < end) cut++
      if (cut === cutFrom && cuts[cut] !== end && isStraight(valueAt, first, value, end, next)) {
        this.buckets.push(value, (next - value) / (end - first))
      } else {
        this.buckets.push(this.pieces.length, Number.NaN)
        this.addPieces(valueAt, [first, ...cuts.slice(cutFrom, cut), end])
      }
      value = next
    }
  }

  private addPieces(valueAt: (distance: number) => number, borders: readonly number[]): void {
    for (let i = 0; i + 1 < borders.length; i++) {
      const last = borders[i + 1] - 1
      this.refine(valueAt, borders[i], valueAt(borders[i]), last, valueAt(last))
    }
    this.pieces.push(Number.POSITIVE_INFINITY, 0, 0)
  }

  /** Adds the pieces from `first` to `last`, both included. */
  private refine(valueAt: (distance: number) => number, first: number, value: number, last: number, end: number): void {
    if (isStraight(valueAt, first, value, last, end)) {
      this.pieces.push(first, value, last === first ? 0 : (end - value) / (last - first))
      return
    }
    const middle = middleOf(first, last)
    this.refine(valueAt, first, value, middle, valueAt(middle))
    this.refine(valueAt, middle + 1, valueAt(middle + 1), last, end)
  }
}

/** Whether the line from `value` at `first` to `end` at `last` is right half-way. */
function isStraight(
  valueAt: (distance: number) => number,
  first: number,
  value: number,
  last: number,
  end: number,
): boolean {
  const middle = middleOf(first, last)
  if (middle === first) return true
  const found = valueAt(middle)
  const line = value + ((end - value) * (middle - first)) / (last - first)
  return Math.abs(found - line) <= Math.max(1, TOLERANCE * Math.abs(found))
}

function middleOf(first: number, last: number): number {
  return Math.floor((first + last) / 2)
}

function firstDistance(bucket: number): number {
  if (bucket < SUB_BUCKETS) return bucket
  return ((bucket % SUB_BUCKETS) + SUB_BUCKETS) << (Math.floor(bucket / SUB_BUCKETS) - 1)
}
