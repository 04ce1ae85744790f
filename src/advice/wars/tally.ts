/**
 * How often each duration came up, to within 0.05%: 2,048 buckets in each doubling, found by the bits of a 32-bit float, which costs a
 * shift. Order statistics are given as a value of the right bucket, one that was drawn if the first trials had any, so that an atom of
 * a law comes out as it is. Durations are whole nanoseconds; those below 1 ns share the first bucket. At moments
 * named beforehand the count of what lies beyond is exact.
 */
import { assert } from '../../core/assert.js'
import type { Nanos } from '../../core/ids.js'

/** Of the 23 bits of a mantissa, those that a bucket forgets. */
const FORGOTTEN_BITS = 12
const PER_DOUBLING = 1 << (23 - FORGOTTEN_BITS)
/** Stands for all that is less than 1 ns, what is negative included: the bits of 0.5 come before those of every whole number. */
const NOTHING = 0.5
const FIRST = 126 * PER_DOUBLING
/** Durations below 2^52 ns: the sum of two of the largest values that a law may have. */
const BUCKETS = 53 * PER_DOUBLING

/** Counts are 32 bits wide. */
export const MOST_COUNTED = 0xffffffff

/** Of the first durations, so many are kept as they are. */
const KEPT = 8192

export class Tally {
  private readonly counts = new Uint32Array(BUCKETS)
  private readonly values: Float32Array
  private readonly bits: Int32Array
  /** Without the fractions that break ties. */
  private readonly kept: Nanos[] = []
  private readonly momentBuckets: readonly number[]
  /** By moment: how many in its own bucket lie beyond it. */
  private readonly beyond: Float64Array
  count = 0

  /** Takes blocks of up to `length` durations. */
  constructor(
    length: number,
    private readonly moments: readonly Nanos[] = [],
  ) {
    this.values = new Float32Array(length)
    this.bits = new Int32Array(this.values.buffer)
    this.momentBuckets = moments.map(bucketOf)
    this.beyond = new Float64Array(moments.length)
  }

  /** Counts the first `length` durations. */
  add(durations: Float64Array, length: number): void {
    const { values, bits, counts, momentBuckets } = this
    const before = momentBuckets.map((bucket) => counts[bucket])
    for (let i = 0; i < length; i++) values[i] = durations[i] >= 1 ? durations[i] : NOTHING
    for (let i = 0; i < length; i++) counts[(bits[i] >> FORGOTTEN_BITS) - FIRST]++
    before.forEach((count, moment) => {
      const bucket = momentBuckets[moment]
      if (bucket > 0 && counts[bucket] > count) this.compare(durations, length, moment)
    })
    for (let i = 0; i < length && this.kept.length < KEPT; i++) this.kept.push(Math.floor(durations[i]))
    this.count += length
  }

  /** Of what shares a bucket with a moment, counts what lies beyond it. */
  private compare(durations: Float64Array, length: number, moment: number): void {
    const bucket = this.momentBuckets[moment]
    for (let i = 0; i < length; i++) {
      const own = (this.bits[i] >> FORGOTTEN_BITS) - FIRST
      if (own === bucket && durations[i] > this.moments[moment]) this.beyond[moment]++
    }
  }

  /** Counts so many durations of 0. */
  addZeros(times: number): void {
    this.counts[0] += times
    this.count += times
  }

  /** How many were longer than the moment at this place, exactly. */
  countBeyond(place: number): number {
    let count = this.beyond[place]
    for (let bucket = this.momentBuckets[place] + 1; bucket < BUCKETS; bucket++) count += this.counts[bucket]
    return count
  }

  /** The duration at a rank, 1 .. count; those below 1 ns are 0. */
  atRank(rank: number): Nanos {
    const bucket = this.bucketAt(rank)
    return this.keptIn(bucket)[0] ?? (lowOf(bucket) + lowOf(bucket + 1)) / 2
  }

  /** Between what that duration must lie: the ends of its bucket, unless all that is known of it is one value. */
  boundsAt(rank: number): { readonly low: Nanos; readonly high: Nanos } {
    const bucket = this.bucketAt(rank)
    const [first, second, ...others] = this.keptIn(bucket)
    const isAtom = first !== undefined && first === second && others.every((value) => value === first)
    return isAtom || bucket === 0
      ? { low: first ?? 0, high: first ?? 0 }
      : { low: lowOf(bucket), high: lowOf(bucket + 1) }
  }

  private bucketAt(rank: number): number {
    assert(rank >= 1 && rank <= this.count, 'a rank lies within what was counted.')
    let bucket = 0
    for (let seen = this.counts[0]; seen < rank; seen += this.counts[bucket]) bucket++
    return bucket
  }

  private keptIn(bucket: number): readonly Nanos[] {
    return bucket === 0 ? [0] : this.kept.filter((duration) => bucketOf(duration) === bucket)
  }

  /** The share of durations that are at most so long, with those of its own bucket as if they lay evenly in it. */
  shareWithin(duration: Nanos): number {
    const own = bucketOf(duration)
    let count = 0
    for (let bucket = 0; bucket < own; bucket++) count += this.counts[bucket]
    const [low, high] = [lowOf(own), lowOf(own + 1)]
    const part = own === 0 ? 1 : (duration - low) / (high - low)
    return (count + part * this.counts[own]) / this.count
  }
}

const float = new Float32Array(1)
const floatBits = new Int32Array(float.buffer)

function bucketOf(duration: Nanos): number {
  float[0] = duration >= 1 ? duration : NOTHING
  return (floatBits[0] >> FORGOTTEN_BITS) - FIRST
}

function lowOf(bucket: number): number {
  floatBits[0] = (bucket + FIRST) << FORGOTTEN_BITS
  return float[0]
}
