/**
 * A log: entries at positions 1, 2, 3 …, appended at the end and trimmed from the front once nobody needs them any more.
 * It lives in a disk cell and survives a crash whole, because every write is durable at once.
 */
import { assert } from '../../core/assert.js'

/** Trimmed entries are dropped in bulk, so that trimming costs constant time per entry. */
const LEAST_DROPPED = 64

export class Log<Entry> {
  private entries: Entry[] = []
  /** The position before that of `entries[0]`. */
  private base = 0
  private trimmed = 0

  /** The position of the last entry; 0 while there has been none. */
  get last(): number {
    return this.base + this.entries.length
  }

  append(entry: Entry): number {
    this.entries.push(entry)
    return this.last
  }

  at(position: number): Entry {
    assert(position > this.trimmed && position <= this.last, 'a log is read where it has entries.')
    return this.entries[position - this.base - 1] as Entry
  }

  /** Up to `count` entries from `position` on. */
  from(position: number, count: number): readonly Entry[] {
    assert(position > this.trimmed, 'a log is read where it has not been trimmed.')
    const start = position - this.base - 1
    return this.entries.slice(start, start + count)
  }

  /** Gives up all entries up to and including `through`. */
  trim(through: number): void {
    assert(through <= this.last, 'a log is trimmed no further than it goes.')
    if (through <= this.trimmed) return
    this.trimmed = through
    const dead = through - this.base
    if (dead < LEAST_DROPPED || 2 * dead < this.entries.length) return
    this.entries = this.entries.slice(dead)
    this.base = through
  }
}
