/**
 * Randomness in two forms, both pure functions of the seed and of labels.
 *
 * `RandomStream` (xoshiro128**, Blackman and Vigna 2018) gives a sequence; `fork(label)` depends on seed and label
 * alone and does not advance its parent, so adding a stream moves nobody else's dice. `Dice` gives
 * the same 32 bits for the same (seed, concern, two words) whenever it is asked: the delay of a message and the time of a service are
 * looked up by what the message *is*, not by when it was sent. That is what makes comparisons paired
 * (common random numbers). Not for cryptography.
 */

/** A reproducible sequence of random numbers. */
export interface Random {
  /** A whole number, uniform in 0 .. 2^32 - 1. */
  next(): number
  /** Uniform in [0, 1) with 53 bits. */
  float(): number
  /** A whole number, uniform in 0 .. limit - 1, for 1 <= limit <= 2^32. */
  below(limit: number): number
  /** The stream named `label` below this one; the same whenever it is asked for. */
  fork(label: string): Random
}

/** The murmur3 finaliser: every bit of the input moves every bit of the output. */
export function mix32(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** FNV-1a over the code units of a label, started from `basis`. */
function hashText(basis: number, text: string): number {
  let h = basis | 0
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix32(h)
}

export class RandomStream implements Random {
  private a = 0
  private b = 0
  private c = 0
  private d = 0

  private constructor(
    private readonly high: number,
    private readonly low: number,
  ) {
    this.a = mix32(high + 0x9e3779b9) | 0
    this.b = mix32(low ^ this.a) | 0
    this.c = mix32(high ^ (low + 0x7f4a7c15)) | 0
    this.d = mix32(this.b + 0x94d049bb) | 1
    for (let i = 0; i < 8; i++) this.next()
  }

  /** The root stream of a seed, a whole number from 0 to 2^53 - 1. */
  static ofSeed(seed: number): RandomStream {
    return new RandomStream(mix32(Math.floor(seed / 0x100000000) ^ 0x5bd1e995), mix32(seed >>> 0))
  }

  next(): number {
    const scrambled = Math.imul(rotateLeft(Math.imul(this.b, 5), 7), 9) >>> 0
    const shifted = this.b << 9
    this.c ^= this.a
    this.d ^= this.b
    this.b ^= this.c
    this.a ^= this.d
    this.c ^= shifted
    this.d = rotateLeft(this.d, 11)
    return scrambled
  }

  /** The next numbers, as `next` would give them but as 32 bits with sign; the state stays in registers, which is twice as fast. */
  fill(numbers: Int32Array): void {
    let { a, b, c, d } = this
    for (let i = 0; i < numbers.length; i++) {
      numbers[i] = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9)
      const shifted = b << 9
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= shifted
      d = rotateLeft(d, 11)
    }
    this.a = a
    this.b = b
    this.c = c
    this.d = d
  }

  float(): number {
    const high = this.next() >>> 5
    const low = this.next() >>> 6
    return (high * 0x4000000 + low) / 0x20000000000000
  }

  below(limit: number): number {
    return Math.floor((this.next() / 0x100000000) * limit)
  }

  fork(label: string): RandomStream {
    return new RandomStream(hashText(this.high ^ 0x811c9dc5, label), hashText(this.low ^ 0x2f0b4479, label))
  }

  /** The dice of one concern: the same stream of keyed values for everyone who names it. */
  dice(concern: string): Dice {
    return new Dice(hashText(this.high ^ 0x1b873593, concern), hashText(this.low ^ 0x3c6ef372, concern))
  }
}

/** 32 random bits by name: a pure function of (seed, concern, first, second). */
export class Dice {
  constructor(
    private readonly keyA: number,
    private readonly keyB: number,
  ) {}

  /**
   * 32 bits with sign, uniform in -2^31 .. 2^31 - 1, which the engine keeps out of the heap; `first` and `second` are taken
   * modulo 2^32. Each word is mixed by itself first: added raw, words that differ in high bits alone (the pairs of a large
   * cluster) gave rolls that were measurably alike.
   */
  roll(first: number, second: number): number {
    return mix32(mix32(first ^ this.keyA) + mix32(second ^ this.keyB)) | 0
  }
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits))
}
