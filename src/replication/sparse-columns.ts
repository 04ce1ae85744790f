/**
 * Columns of a disk that holds few of all keys, as a node of a large cluster does: an index gives the keys that were written places of
 * their own, one after another, and an ordinary column keeps what stands there. So its size goes by the keys written and not by the largest.
 * An undone write keeps its place.
 */
import { assert } from '../core/assert.js'
import type { Key } from '../core/ids.js'
import type { ObjectColumn, VersionColumn } from './disk.js'

/** Where keys stand that have no place: nothing is ever written there. */
const NOWHERE = 0
/** Odd, and far from a simple fraction of 2^32: consecutive keys are spread over the table. */
const MULTIPLIER = 0x85ebca6b

/** A hash table of keys with open addressing, at most half full. Keys are stored one up, so that zero is an empty slot. */
class KeyIndex {
  private keys = new Int32Array(128)
  private places = new Int32Array(128)
  private shift = 25
  private count = 0
  /** A key is asked for several times in a row. */
  private latestKey: Key = -1
  private latestPlace = NOWHERE

  /** `NOWHERE` if it was never added. */
  find(key: Key): number {
    if (key === this.latestKey) return this.latestPlace
    const slot = this.slotOf(key)
    if (this.keys[slot] === 0) return NOWHERE
    this.latestKey = key
    this.latestPlace = this.places[slot] as number
    return this.latestPlace
  }

  add(key: Key): number {
    assert(key >= 0, `a column is written at a non-negative key, not at ${key}.`)
    const known = this.find(key)
    if (known !== NOWHERE) return known
    if (2 * this.count >= this.keys.length) this.grow()
    this.put(key, ++this.count)
    return this.count
  }

  /** That of the key, or the empty one where it would be. */
  private slotOf(key: Key): number {
    const { keys } = this
    const wanted = key + 1
    let slot = Math.imul(key, MULTIPLIER) >>> this.shift
    while (keys[slot] !== 0 && keys[slot] !== wanted) slot = (slot + 1) & (keys.length - 1)
    return slot
  }

  private put(key: Key, place: number): void {
    const slot = this.slotOf(key)
    this.keys[slot] = key + 1
    this.places[slot] = place
  }

  private grow(): void {
    const { keys, places } = this
    this.keys = new Int32Array(2 * keys.length)
    this.places = new Int32Array(2 * keys.length)
    this.shift--
    for (let slot = 0; slot < keys.length; slot++)
      if (keys[slot] !== 0) this.put((keys[slot] as number) - 1, places[slot] as number)
  }
}

export class SparseVersionColumn implements VersionColumn {
  private readonly index = new KeyIndex()

  constructor(private readonly column: VersionColumn) {}

  order(key: Key): number {
    return this.column.order(this.index.find(key))
  }

  tie(key: Key): number {
    return this.column.tie(this.index.find(key))
  }

  id(key: Key): number {
    return this.column.id(this.index.find(key))
  }

  set(key: Key, order: number, tie: number, id: number): void {
    this.column.set(this.index.add(key), order, tie, id)
  }
}

export class SparseObjectColumn<T> implements ObjectColumn<T> {
  private readonly index = new KeyIndex()
  length = 0

  constructor(private readonly column: ObjectColumn<T>) {}

  get(key: Key): T | undefined {
    return this.column.get(this.index.find(key))
  }

  set(key: Key, value: T): void {
    this.length = Math.max(this.length, key + 1)
    this.column.set(this.index.add(key), value)
  }

  delete(key: Key): void {
    this.column.delete(this.index.find(key))
  }
}
