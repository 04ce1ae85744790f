/**
 * A log-linear histogram of whole nanoseconds (the layout of HdrHistogram, Tene 2012): 1,024 equal buckets in each doubling, so a
 * recorded value is known to within 0.1%. Count, sum, minimum and maximum are exact. Histograms of the same
 * quantity add up exactly, so percentiles over seeds come from merged counts and are never averaged. Other whole numbers
 * (versions, copies) are counted in the same way; below 2,048 they are exact.
 */
import { assert } from './assert.js'
import type { Nanos } from './ids.js'

const SUB_BUCKET_BITS = 10
const SUB_BUCKETS = 1 << SUB_BUCKET_BITS
/** Values from 2^43 ns (2.4 hours) on are counted in the last bucket. */
const LARGEST = 8_796_093_022_207

/** A histogram as plain data: counts by bucket, without the empty tail. */
export interface HistogramData {
  readonly counts: Float64Array
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
}

export class Histogram {
  private counts = new Float64Array(4 * SUB_BUCKETS)
  count = 0
  sum = 0
  min = Number.POSITIVE_INFINITY
  max = 0

  static of(data: HistogramData): Histogram {
    const histogram = new Histogram()
    histogram.add(data)
    return histogram
  }

  /** Counts `times` occurrences of a value >= 0. */
  record(value: Nanos, times = 1): void {
    assert(value >= 0, 'a histogram counts values that are zero or more.')
    const bucket = bucketOf(value)
    if (bucket >= this.counts.length) this.grow(bucket)
    this.counts[bucket] = (this.counts[bucket] as number) + times
    this.count += times
    this.sum += value * times
    if (value < this.min) this.min = value
    if (value > this.max) this.max = value
  }

  add(other: HistogramData): void {
    if (other.counts.length > this.counts.length) this.grow(other.counts.length - 1)
    for (let i = 0; i < other.counts.length; i++) {
      this.counts[i] = (this.counts[i] as number) + (other.counts[i] as number)
    }
    this.count += other.count
    this.sum += other.sum
    this.min = Math.min(this.min, other.min)
    this.max = Math.max(this.max, other.max)
  }

  get mean(): number {
    return this.sum / this.count
  }

  /**
   * The value at rank ceil(quantile * count), as the middle of its bucket, kept within the exact minimum and maximum;
   * the last rank is the maximum itself. NaN if nothing was recorded.
   */
  quantile(quantile: number): number {
    if (this.count === 0) return Number.NaN
    // 0.07 * 100 is a little more than 7; its rank is 7 all the same, and so for any count.
    const rank = Math.max(1, Math.ceil(quantile * this.count * (1 - 1e-14)))
    if (rank >= this.count) return this.max
    let seen = 0
    for (let i = 0; i < this.counts.length; i++) {
      seen += this.counts[i] as number
      if (seen >= rank) return Math.min(this.max, Math.max(this.min, middleOf(i)))
    }
    return this.max
  }

  /** Calls back with (lowest value, highest value, count) of every bucket that is not empty, in rising order. */
  forEach(visit: (low: number, high: number, count: number) => void): void {
    for (let i = 0; i < this.counts.length; i++) {
      const count = this.counts[i] as number
      if (count > 0) visit(lowOf(i), lowOf(i + 1) - 1, count)
    }
  }

  toData(): HistogramData {
    let end = this.counts.length
    while (end > 0 && this.counts[end - 1] === 0) end--
    return { counts: this.counts.slice(0, end), count: this.count, sum: this.sum, min: this.min, max: this.max }
  }

  private grow(bucket: number): void {
    let length = this.counts.length
    while (length <= bucket) length *= 2
    const larger = new Float64Array(length)
    larger.set(this.counts)
    this.counts = larger
  }
}

/** The lowest value that a histogram does not tell from this one. */
export const lowestAlike = (value: number): number => lowOf(bucketOf(value))

/** The first 2 * 1,024 values have a bucket each; each later doubling has 1,024. */
function bucketOf(value: number): number {
  const whole = value < LARGEST ? Math.floor(value) : LARGEST
  if (whole < 2 * SUB_BUCKETS) return whole
  const logarithm = whole < 0x80000000 ? 31 - Math.clz32(whole) : 62 - Math.clz32(Math.floor(whole / 0x80000000))
  const doublings = logarithm - SUB_BUCKET_BITS
  return doublings * SUB_BUCKETS + Math.floor(whole / (POWERS[doublings] as number))
}

function lowOf(bucket: number): number {
  if (bucket < 2 * SUB_BUCKETS) return bucket
  const doublings = Math.floor(bucket / SUB_BUCKETS) - 1
  return (bucket - doublings * SUB_BUCKETS) * (POWERS[doublings] as number)
}

function middleOf(bucket: number): number {
  return Math.floor((lowOf(bucket) + lowOf(bucket + 1) - 1) / 2)
}

const POWERS = Array.from({ length: 40 }, (_, exponent) => Number(1n << BigInt(exponent)))
