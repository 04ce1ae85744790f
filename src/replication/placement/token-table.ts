/**
 * Finds the range of a token among ranges of any width, in the same time however many there are: tokens are sorted into equal buckets, twice
 * as many as ranges or more, and each knows the first range that reaches into it. Ranges are cut as Cassandra does: one ends with
 * its owner's token, and beyond the last token the ring begins again.
 */
const ALL_TOKENS = 0x100000000

export class TokenTable {
  /** Where each range ends: the first token beyond it. */
  private readonly ends: Float64Array
  /** The first range that ends within a bucket or beyond it. */
  private readonly firstOf: Int32Array
  private readonly shift: number

  /** `tokens` ascend, each the last of its range. */
  constructor(tokens: readonly number[]) {
    this.ends = Float64Array.from(tokens, (token) => token + 1)
    let bits = 1
    while (1 << bits < 2 * tokens.length) bits++
    this.shift = 32 - bits
    this.firstOf = new Int32Array(1 << bits)
    const width = ALL_TOKENS / this.firstOf.length
    for (let bucket = 0, range = 0; bucket < this.firstOf.length; bucket++) {
      while (range < tokens.length && (this.ends[range] as number) <= bucket * width) range++
      this.firstOf[bucket] = range
    }
  }

  /** The range of a token in 0 .. 2^32 - 1. */
  rangeOf(token: number): number {
    const { ends } = this
    let range = this.firstOf[token >>> this.shift] as number
    while (range < ends.length && (ends[range] as number) <= token) range++
    return range === ends.length ? 0 : range
  }

  /** The end of the range that a token is in, at or beyond 2^32 in the one that reaches over it. */
  endOf(token: number): number {
    const range = this.rangeOf(token)
    const end = this.ends[range] as number
    return end > token ? end : end + ALL_TOKENS
  }

  /** How far a token is into its range, from 0 to below 1. */
  placeInRange(token: number): number {
    const range = this.rangeOf(token)
    const before = range === 0 ? (this.ends.at(-1) as number) - ALL_TOKENS : (this.ends[range - 1] as number)
    const end = this.ends[range] as number
    return ((token < end ? token : token - ALL_TOKENS) - before) / (end - before)
  }
}
