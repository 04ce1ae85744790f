/**
 * What a hash tree is made of: 64 bits for the version of a key, in two lanes of 32, each of which mixes all words of its input by a chain of
 * bijections of its own. Zero is the hash of what a key was before anything was written to it, which is the same everywhere: of a loaded key its
 * record, of another one nothing. That nothing is held of a loaded key, whose tombstone was purged, is a version like any other here.
 *
 * Two different contents have the same hash with probability 2^-64 wherever they are compared. Of versions with clocks only a fingerprint
 * of 32 bits goes in, so two of one key have it with probability 2^-32. Such replicas stay apart until the key is
 * written again. Not for cryptography: real systems use MD5, SHA-1 or Murmur3.
 */
import type { Key } from '../../../core/ids.js'
import { mix32 } from '../../../core/random.js'
import { NOTHING_HELD, type Versioned, type Versions } from '../versioned.js'

const ALL_WORDS = 0x100000000

export class KeyHash {
  /** Of the latest that was asked for, so that none is allocated. */
  high = 0
  low = 0

  constructor(private readonly versions: Versions) {}

  of(key: Key, version: Versioned): this {
    const { order, tie } = version
    if (order === NOTHING_HELD.order && tie === NOTHING_HELD.tie) {
      this.high = 0
      this.low = 0
      return this
    }
    const print = this.versions.fingerprint(version)
    // Versions with clocks are not ordered by numbers.
    const isOrdered = !Number.isNaN(order)
    const first = isOrdered ? Math.floor(order / ALL_WORDS) : 0
    const second = isOrdered ? order : 0
    const third = isOrdered ? tie : 0
    this.high = lane(0x1b873593, key, print, first, second, third)
    this.low = lane(0x3c6ef372, key, print, first, second, third)
    return this
  }
}

/** 32 bits with sign. */
function lane(start: number, key: Key, print: number, first: number, second: number, third: number): number {
  const started = mix32(mix32(start ^ key) + (print | 0))
  return mix32(mix32(mix32(started + (first | 0)) + (second | 0)) + third) | 0
}
