/**
 * What a node keeps over a crash: columns of numbers or objects by key, and single cells, all by name. Without an fsync law everything
 * written is durable at once, so a crash loses only what the replica kept outside its disk. Asking for a name again
 * (after a restart) gives what was there. Group commit and disk loss are not modelled yet.
 */
import { assert } from '../core/assert.js'
import { INITIAL } from '../core/ids.js'

export class Disk {
  private readonly parts = new Map<string, unknown>()

  /** Numbers by index; `initial` is read where nothing was written. */
  numbers(name: string, initial: number): NumberColumn {
    return this.part(name, () => new NumberColumn(initial))
  }

  /** Versions by key; where nothing was written the oldest of all. */
  versions(name: string): VersionColumn {
    return this.part(name, () => new VersionColumn())
  }

  /** Values by index that are not plain numbers; treat them as immutable and replace them whole. */
  objects<T>(name: string): ObjectColumn<T> {
    return this.part(name, () => new ObjectColumn<T>())
  }

  /** One value. */
  cell<T>(name: string, initial: T): DiskCell<T> {
    return this.part(name, () => new DiskCell(initial))
  }

  private part<T>(name: string, create: () => T): T {
    if (!this.parts.has(name)) this.parts.set(name, create())
    return this.parts.get(name) as T
  }
}

export class NumberColumn {
  private values = new Float64Array(0)

  constructor(private readonly initial: number) {}

  get(index: number): number {
    return index < this.values.length ? (this.values[index] as number) : this.initial
  }

  set(index: number, value: number): void {
    // As unsigned: a negative index is beyond the end too.
    if (index >>> 0 >= this.values.length) this.grow(index)
    this.values[index] = value
  }

  private grow(index: number): void {
    assert(index >= 0, `a column is written at a non-negative index, not at ${index}.`)
    const larger = new Float64Array(Math.max(64, 2 * this.values.length, index + 1)).fill(this.initial)
    larger.set(this.values)
    this.values = larger
  }
}

/**
 * Of each key an order, a tie and an id, side by side in 16 bytes: they are asked for together, at keys all over the column, and so cost
 * one cache line.
 */
export class VersionColumn {
  private floats = new Float64Array(0)
  private words = new Int32Array(0)

  order(key: number): number {
    return 2 * key < this.floats.length ? (this.floats[2 * key] as number) : Number.NEGATIVE_INFINITY
  }

  tie(key: number): number {
    return 4 * key < this.words.length ? (this.words[4 * key + 2] as number) : -1
  }

  id(key: number): number {
    return 4 * key < this.words.length ? (this.words[4 * key + 3] as number) : INITIAL
  }

  set(key: number, order: number, tie: number, id: number): void {
    // As unsigned: a negative key is beyond the end too.
    if (2 * (key >>> 0) >= this.floats.length) this.grow(key)
    this.floats[2 * key] = order
    this.words[4 * key + 2] = tie
    this.words[4 * key + 3] = id
  }

  private grow(key: number): void {
    assert(key >= 0, `a column is written at a non-negative key, not at ${key}.`)
    const known = this.floats.length / 2
    const keys = Math.max(64, 2 * known, key + 1)
    const floats = new Float64Array(2 * keys)
    const words = new Int32Array(floats.buffer)
    floats.set(this.floats)
    for (let fresh = known; fresh < keys; fresh++) {
      floats[2 * fresh] = Number.NEGATIVE_INFINITY
      words[4 * fresh + 2] = -1
      words[4 * fresh + 3] = INITIAL
    }
    this.floats = floats
    this.words = words
  }
}

export class ObjectColumn<T> {
  private readonly values: (T | undefined)[] = []

  get(index: number): T | undefined {
    return this.values[index]
  }

  set(index: number, value: T): void {
    assert(index >= 0, 'a column is written at an index that is not negative.')
    while (this.values.length < index) this.values.push(undefined)
    this.values[index] = value
  }

  delete(index: number): void {
    if (index < this.values.length) this.values[index] = undefined
  }
}

export class DiskCell<T> {
  constructor(public value: T) {}
}
