/**
 * What a node keeps over a crash: columns of numbers or objects by key, and single cells, all by name. Without an fsync law everything
 * written is durable at once, so a crash loses only what the replica kept outside its disk. Asking for a name again
 * (after a restart) gives what was there. Group commit and disk loss are not modelled yet.
 */
import { assert } from '../core/assert.js'
import { ceilPowerOfTwo } from '../core/mathematics.js'

export class Disk {
  private readonly parts = new Map<string, unknown>()

  /** Numbers by index; `initial` is read where nothing was written. */
  numbers(name: string, initial: number): NumberColumn {
    return this.part(name, () => new NumberColumn(initial))
  }

  /** Records of numbers by index, with as many fields as `initial`, which is read where nothing was written. */
  records(name: string, initial: readonly number[]): RecordColumn {
    return this.part(name, () => new RecordColumn(initial))
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
    if (index >= this.values.length) this.grow(index)
    this.values[index] = value
  }

  private grow(index: number): void {
    assert(index >= 0, `a column is written at a non-negative index, not at ${index}.`)
    const larger = new Float64Array(Math.max(64, 2 * this.values.length, index + 1)).fill(this.initial)
    larger.set(this.values)
    this.values = larger
  }
}

export class RecordColumn {
  private values = new Float64Array(0)
  /** A power of two, so that no record straddles cache lines. */
  private readonly width: number

  constructor(private readonly initial: readonly number[]) {
    this.width = ceilPowerOfTwo(initial.length)
  }

  get(index: number, field: number): number {
    const place = index * this.width + field
    return place < this.values.length ? (this.values[place] as number) : (this.initial[field] as number)
  }

  set(index: number, field: number, value: number): void {
    const place = index * this.width + field
    if (place >= this.values.length) this.grow(index)
    this.values[place] = value
  }

  private grow(index: number): void {
    assert(index >= 0, 'a column is written at an index that is not negative.')
    const records = Math.max(64, (2 * this.values.length) / this.width, index + 1)
    const larger = new Float64Array(records * this.width)
    for (let place = this.values.length; place < larger.length; place++) {
      larger[place] = this.initial[place % this.width] ?? 0
    }
    larger.set(this.values)
    this.values = larger
  }
}

export class ObjectColumn<T> {
  private readonly values: (T | undefined)[] = []

  get(index: number): T | undefined {
    return this.values[index]
  }

  set(index: number, value: T): void {
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
