/**
 * What a hash tree is made of: 64 bits for each version of each key, in two lanes of 32, either of which mixes all words of its input by a
 * chain of bijections of its own. Two contents that differ have the same hash with probability 2^-64 wherever they are compared, beside
 * 2^-53 for two versions of one key with the same fingerprint; such replicas would stay apart until the key is
 * written again. Zero is the hash of what nobody has written since the load, which is the same everywhere.
 *
 * Not for cryptography: real systems use MD5, SHA-1 or Murmur3 here, and weigh as much or more.
 */
import type { Key } from '../../../core/ids.js'
import { INITIAL } from '../../../core/ids.js'
import { mix32 } from '../../../core/random.js'
import type { Versioned } from '../versioned.js'

/** A whole number below 2^53 that two versions of a key share only if they are the same, or by chance. */
export type Fingerprint = (version: Versioned) => number

const LOW_BITS = 0x100000000
const HIGH_BITS = 0x200000

const words = new DataView(new ArrayBuffer(8))

/** Of versions that are ordered by (timestamp, writer). */
export const fingerprintOfTimestamp: Fingerprint = ({ order, tie }) => {
  words.setFloat64(0, order)
  const first = words.getInt32(0)
  const second = words.getInt32(4)
  return (lane(0x2545f491, first, second, tie) % HIGH_BITS) * LOW_BITS + lane(0x6c8e9cf5, first, second, tie)
}

/** The latest hash made, so that none is allocated. */
export class KeyHash {
  high = 0
  low = 0

  constructor(private readonly fingerprint: Fingerprint) {}

  of(key: Key, version: Versioned): this {
    if (version.held === INITIAL) {
      this.high = 0
      this.low = 0
      return this
    }
    const print = this.fingerprint(version)
    const upper = Math.floor(print / LOW_BITS)
    this.high = lane(0x1b873593, key, upper, print) | 0
    this.low = lane(0x3c6ef372, key, upper, print) | 0
    return this
  }
}

function lane(start: number, first: number, second: number, third: number): number {
  return mix32(mix32(mix32(start ^ first) + second) + (third | 0))
}
