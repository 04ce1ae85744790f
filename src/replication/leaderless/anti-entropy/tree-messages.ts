/**
 * The messages by which two replicas compare their trees, and the work that a node charges itself on the way. Whoever began an exchange is its
 * opener: it asks, level by level, and the other answers. A kind goes one way, but for those that both send; `toOpener` tells
 * whose exchange a number names. Hashes weigh 8 bytes each, numbers of nodes 4, keys 8.
 */
import { NO_OPERATION } from '../../../core/ids.js'
import { HEADER_BYTES } from '../../message-bytes.js'
import type { Leg, ScanMessage, Work } from '../../replica.js'
import { LEG_READ, LEG_READ_REPLY, WORK_NONE, WORK_SCAN } from '../../replica.js'
import { clockBytesOf } from '../held.js'
import { ANTI_ENTROPY, firstKindOf } from '../service.js'
import type { Versioned } from '../versioned.js'

const FIRST = firstKindOf(ANTI_ENTROPY)

// From the opener.
export const OPEN = FIRST
export const ASK = FIRST + 1
/** Keys that the other is to send: whole leaves, or those of which it has something that the opener lacks. */
export const PULL_LEAVES = FIRST + 2
export const PULL_KEYS = FIRST + 3
/** The two roots were the same. */
export const AGREED = FIRST + 4
export const CLOSE = FIRST + 5
// To the opener.
export const ROOT = FIRST + 6
/** No exchange now, or not any more. */
export const BUSY = FIRST + 7
export const HASHES = FIRST + 8
export const KEY_HASHES = FIRST + 9
export const END = FIRST + 10
// Either way.
/** Still at work on the tree. */
export const ALIVE = FIRST + 11
export const STORED = FIRST + 12
/** stream-messages.ts */
export const VERSIONS = FIRST + 13
// To oneself.
/** Reading keys for a tree, and reading versions to send. */
export const SCAN_KEYS = FIRST + 14
export const LOAD = FIRST + 15

/** A key and its version, beside the value. */
export const ENTRY_BYTES = 24
const HASH_BYTES = 8
const NODE_BYTES = 4
const KEY_BYTES = 8

const NO_NUMBERS: readonly number[] = []
const NO_HASHES = new Int32Array(0)
const NO_VERSIONS: readonly Versioned[] = []

export class TreeMessage implements ScanMessage {
  readonly operation = NO_OPERATION
  readonly attempt = 0

  private constructor(
    readonly kind: number,
    /** By the opener's count; in work for oneself by one's own. */
    readonly exchange: number,
    readonly toOpener: boolean,
    /** Nodes of a level, or keys; of `OPEN` the range alone. */
    readonly numbers: readonly number[],
    readonly level: number,
    /** Two words each. */
    readonly hashes: Int32Array,
    readonly rows: number,
    readonly bytes: number,
    /** Of `PULL_KEYS`, what the opener has of each key; their values stay where they are. */
    readonly versions: readonly Versioned[] = NO_VERSIONS,
  ) {}

  get work(): Work {
    return this.rows > 0 ? WORK_SCAN : WORK_NONE
  }

  get leg(): Leg {
    return this.toOpener ? LEG_READ_REPLY : LEG_READ
  }

  /** One that says no more than its kind. */
  static plain(kind: number, exchange: number, toOpener: boolean) {
    return new TreeMessage(kind, exchange, toOpener, NO_NUMBERS, 0, NO_HASHES, 0, HEADER_BYTES)
  }

  static open(exchange: number, range: number) {
    return new TreeMessage(OPEN, exchange, false, [range], 0, NO_HASHES, 0, HEADER_BYTES + NODE_BYTES)
  }

  static root(exchange: number, high: number, low: number) {
    const hash = Int32Array.of(high, low)
    return new TreeMessage(ROOT, exchange, true, NO_NUMBERS, 0, hash, 0, HEADER_BYTES + HASH_BYTES)
  }

  /** What the children of these nodes hash to; below the leaves these are keys. */
  static ask(exchange: number, level: number, nodes: readonly number[]) {
    return new TreeMessage(ASK, exchange, false, nodes, level, NO_HASHES, 0, HEADER_BYTES + NODE_BYTES * nodes.length)
  }

  /** Of the children of the nodes that were asked about. */
  static hashes(exchange: number, level: number, hashes: Int32Array) {
    const bytes = HEADER_BYTES + (HASH_BYTES * hashes.length) / 2
    return new TreeMessage(HASHES, exchange, true, NO_NUMBERS, level, hashes, 0, bytes)
  }

  static keyHashes(exchange: number, keys: readonly number[], hashes: Int32Array) {
    const bytes = HEADER_BYTES + (KEY_BYTES + HASH_BYTES) * keys.length
    return new TreeMessage(KEY_HASHES, exchange, true, keys, 0, hashes, 0, bytes)
  }

  static pullLeaves(exchange: number, leaves: readonly number[]) {
    const bytes = HEADER_BYTES + NODE_BYTES * leaves.length
    return new TreeMessage(PULL_LEAVES, exchange, false, leaves, 0, NO_HASHES, 0, bytes)
  }

  static pullKeys(exchange: number, keys: readonly number[], versions: readonly Versioned[]) {
    const bytes = versions.reduce((sum, { held }) => sum + ENTRY_BYTES + (clockBytesOf(held) ?? 0), HEADER_BYTES)
    return new TreeMessage(PULL_KEYS, exchange, false, keys, 0, NO_HASHES, 0, bytes, versions)
  }

  /** All that was pulled has been stored; of these keys the opener has something that the other lacks. */
  static end(exchange: number, wanted: readonly number[]) {
    const bytes = HEADER_BYTES + KEY_BYTES * wanted.length
    return new TreeMessage(END, exchange, true, wanted, 0, NO_HASHES, 0, bytes)
  }

  /** Never meets the network. */
  static work(kind: number, exchange: number, rows: number) {
    return new TreeMessage(kind, exchange, false, NO_NUMBERS, 0, NO_HASHES, rows, 0)
  }
}
