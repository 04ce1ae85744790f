/**
 * How often each duration came up, to within 0.05%: 2,048 buckets in each doubling, found by the bits of a 32-bit float, which costs a
 * shift. A bucket keeps the last value that fell into it, so what is given for an order statistic is a value that was really
 * drawn, from the same bucket, and an atom of a law comes out as it is. Durations are whole nanoseconds; those that are not positive
 * share the first bucket. At moments named beforehand the count of what lies beyond is exact.
 */
import { assert } from '../../core/assert.js'
import type { Nanos } from '../../core/ids.js'

/** Of the 23 bits of a mantissa, those that a bucket forgets. */
const FORGOTTEN_BITS = 12
const PER_DOUBLING = 1 << (23 - FORGOTTEN_BITS)
/** Stands for all that is not positive: the bits of 0.5 come before those of every whole number. */
const NOTHING = 0.5
const FIRST = 126 * PER_DOUBLING
/** Durations below 2^52 ns: the sum of two of the largest values that a law may have. */
const BUCKETS = 53 * PER_DOUBLING

/** Counts are 32 bits wide. */
export const MOST_COUNTED = 0xffffffff

export class Tally {
  private readonly counts = new Uint32Array(BUCKETS)
  private readonly drawn = new Float32Array(BUCKETS)
  private readonly values: Float32Array
  private readonly bits: Int32Array
  /** By bucket: 1 + the place of the first moment in it; 0 if there is none. */
  private readonly momentIn = new Uint16Array(BUCKETS)
  private readonly momentBuckets: readonly number[]
  /** By moment: how many in its own bucket lie beyond it. */
  private readonly beyond: Float64Array
  count = 0

  /** Takes blocks of up to `length` durations; `moments` in rising order. */
  constructor(
    length: number,
    private readonly moments: readonly Nanos[] = [],
  ) {
    this.values = new Float32Array(length)
    this.bits = new Int32Array(this.values.buffer)
    this.momentBuckets = moments.map(bucketOf)
    this.beyond = new Float64Array(moments.length)
    for (let i = moments.length - 1; i >= 0; i--) this.momentIn[this.momentBuckets[i]] = i + 1
  }

  /** Counts the first `length` durations. */
  add(durations: Float64Array, length: number): void {
    const { values, bits, counts, drawn, momentIn } = this
    for (let i = 0; i < length; i++) values[i] = durations[i] > 0 ? durations[i] : NOTHING
    for (let i = 0; i < length; i++) {
      const bucket = (bits[i] >> FORGOTTEN_BITS) - FIRST
      counts[bucket]++
      drawn[bucket] = values[i]
      if (momentIn[bucket] !== 0) this.compare(bucket, durations[i])
    }
    this.count += length
  }

  /** Counts so many durations of 0. */
  addZeros(times: number): void {
    this.counts[0] += times
    this.count += times
  }

  private compare(bucket: number, duration: Nanos): void {
    for (let i = this.momentIn[bucket] - 1; this.momentBuckets[i] === bucket; i++) {
      if (duration > this.moments[i]) this.beyond[i]++
    }
  }

  /** How many were longer than the moment at this place, exactly. */
  countBeyond(place: number): number {
    let count = this.beyond[place]
    for (let bucket = this.momentBuckets[place] + 1; bucket < BUCKETS; bucket++) count += this.counts[bucket]
    return count
  }

  /** The duration at a rank, 1 .. count; not positive ones are 0. */
  atRank(rank: number): Nanos {
    assert(rank >= 1 && rank <= this.count, 'a rank lies within what was counted.')
    let bucket = 0
    for (let seen = this.counts[0]; seen < rank; seen += this.counts[bucket]) bucket++
    return bucket === 0 ? 0 : this.drawn[bucket]
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
  float[0] = duration > 0 ? duration : NOTHING
  return (floatBits[0] >> FORGOTTEN_BITS) - FIRST
}

function lowOf(bucket: number): number {
  floatBits[0] = (bucket + FIRST) << FORGOTTEN_BITS
  return float[0]
}
