/**
 * What a node keeps over a crash: columns of numbers, versions or objects by key, logs, and single cells, all by name. Asking for a name again
 * (after a restart) gives what was there. The host says whether writes are durable at once; if not, a crash undoes, last first, all
 * that was not made durable, so that what is left is always what the disk held at one moment (a prefix of the writes). A lost disk is
 * an empty one. When writes become durable is for the host to say (simulation/group-commit.ts).
 */
import { assert } from '../core/assert.js'
import { INITIAL } from '../core/ids.js'
import { SparseObjectColumn, SparseVersionColumn } from './sparse-columns.js'

/** Whatever can take one write back. */
export interface Undoable {
  undo(index: number, former: unknown): void
}

/** The writes that are not durable, oldest first. */
export class Journal {
  private parts: Undoable[] = []
  private indices: number[] = []
  private formers: unknown[] = []
  /** Writes that have left the front, since the beginning. */
  private durable = 0

  get isEmpty(): boolean {
    return this.parts.length === 0
  }

  /** Names all writes so far, for `makeDurable`. */
  get position(): number {
    return this.durable + this.parts.length
  }

  note(part: Undoable, index: number, former: unknown): void {
    this.parts.push(part)
    this.indices.push(index)
    this.formers.push(former)
  }

  /** All writes up to the position are durable. */
  makeDurable(position: number): void {
    const count = position - this.durable
    assert(count >= 0 && count <= this.parts.length, 'writes become durable in their order.')
    this.parts = this.parts.slice(count)
    this.indices = this.indices.slice(count)
    this.formers = this.formers.slice(count)
    this.durable = position
  }

  undo(): void {
    for (let i = this.parts.length - 1; i >= 0; i--) {
      ;(this.parts[i] as Undoable).undo(this.indices[i] as number, this.formers[i])
    }
    this.forget()
  }

  forget(): void {
    this.durable += this.parts.length
    this.parts = []
    this.indices = []
    this.formers = []
  }
}

export class Disk {
  private readonly parts = new Map<string, unknown>()

  constructor(
    /** Null where every write is durable at once. */
    private readonly journal: Journal | null = null,
    /** Whether it will hold so few of all keys that columns by key had better be sparse (sparse-columns.ts). */
    private readonly holdsFewKeys = false,
  ) {}

  /** Numbers by index; `initial` is read where nothing was written. */
  numbers(name: string, initial: number): NumberColumn {
    return this.part(name, () => new NumberColumn(initial, this.journal))
  }

  /** Numbers that no crash undoes: what others have told, and would tell again if asked. A lost disk forgets them. */
  hearsay(name: string, initial: number): NumberColumn {
    return this.part(name, () => new NumberColumn(initial, null))
  }

  /** Versions by key; where nothing was written the oldest of all. */
  versions(name: string): VersionColumn {
    return this.part<VersionColumn>(name, () => {
      const column = new DenseVersionColumn(this.journal)
      return this.holdsFewKeys ? new SparseVersionColumn(column) : column
    })
  }

  /** Values by index that are not plain numbers; treat them as immutable and replace them whole. */
  objects<T>(name: string): ObjectColumn<T> {
    return this.part<ObjectColumn<T>>(name, () => {
      const column = new DenseObjectColumn<T>(this.journal)
      return this.holdsFewKeys ? new SparseObjectColumn<T>(column) : column
    })
  }

  /** One value. */
  cell<T>(name: string, initial: T): DiskCell<T> {
    return this.part(name, () => new DiskCell(initial, this.journal))
  }

  /** Any other part, which notes in the journal, if there is one, how to undo its writes. */
  part<T>(name: string, create: (journal: Journal | null) => T): T {
    if (!this.parts.has(name)) this.parts.set(name, create(this.journal))
    return this.parts.get(name) as T
  }

  get isDurable(): boolean {
    return this.journal === null || this.journal.isEmpty
  }

  /** The host's: the disk is lost, and an empty one takes its place. */
  clear(): void {
    this.parts.clear()
    this.journal?.forget()
  }
}

export class NumberColumn implements Undoable {
  private values = new Float64Array(0)

  constructor(
    private readonly initial: number,
    private readonly journal: Journal | null,
  ) {}

  get(index: number): number {
    return index < this.values.length ? (this.values[index] as number) : this.initial
  }

  set(index: number, value: number): void {
    // As unsigned: a negative index is beyond the end too.
    if (index >>> 0 >= this.values.length) this.grow(index)
    if (this.journal !== null) this.journal.note(this, index, this.values[index])
    this.values[index] = value
  }

  undo(index: number, former: unknown): void {
    this.values[index] = former as number
  }

  private grow(index: number): void {
    assert(index >= 0, `a column is written at a non-negative index, not at ${index}.`)
    const larger = new Float64Array(Math.max(64, 2 * this.values.length, index + 1)).fill(this.initial)
    larger.set(this.values)
    this.values = larger
  }
}

/** Of each key an order, a tie and an id. */
export interface VersionColumn {
  order(key: number): number
  tie(key: number): number
  id(key: number): number
  set(key: number, order: number, tie: number, id: number): void
}

export interface ObjectColumn<T> {
  /** One more than the largest index that was written. */
  readonly length: number
  get(index: number): T | undefined
  set(index: number, value: T): void
  delete(index: number): void
}

interface FormerVersion {
  readonly order: number
  readonly tie: number
  readonly id: number
}

/** Order, tie and id side by side in 16 bytes: they are asked for together, at keys all over the column, and so cost one cache line. */
class DenseVersionColumn implements VersionColumn, Undoable {
  private floats = new Float64Array(0)
  private words = new Int32Array(0)

  constructor(private readonly journal: Journal | null) {}

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
    if (this.journal !== null) this.journal.note(this, key, this.version(key))
    this.put(key, order, tie, id)
  }

  undo(key: number, former: unknown): void {
    const { order, tie, id } = former as FormerVersion
    this.put(key, order, tie, id)
  }

  private version(key: number): FormerVersion {
    return { order: this.order(key), tie: this.tie(key), id: this.id(key) }
  }

  private put(key: number, order: number, tie: number, id: number): void {
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

class DenseObjectColumn<T> implements ObjectColumn<T>, Undoable {
  private readonly values: (T | undefined)[] = []

  constructor(private readonly journal: Journal | null) {}

  get length(): number {
    return this.values.length
  }

  get(index: number): T | undefined {
    return this.values[index]
  }

  set(index: number, value: T): void {
    assert(index >= 0, 'a column is written at an index that is not negative.')
    while (this.values.length < index) this.values.push(undefined)
    if (this.journal !== null) this.journal.note(this, index, this.values[index])
    this.values[index] = value
  }

  delete(index: number): void {
    if (index >= this.values.length) return
    if (this.journal !== null) this.journal.note(this, index, this.values[index])
    this.values[index] = undefined
  }

  undo(index: number, former: unknown): void {
    this.values[index] = former as T | undefined
  }
}

export class DiskCell<T> implements Undoable {
  constructor(
    private current: T,
    private readonly journal: Journal | null,
  ) {}

  get value(): T {
    return this.current
  }

  set value(value: T) {
    if (this.journal !== null) this.journal.note(this, 0, this.current)
    this.current = value
  }

  undo(_index: number, former: unknown): void {
    this.current = former as T
  }
}
