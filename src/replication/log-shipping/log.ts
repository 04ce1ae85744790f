/**
 * A log: entries at positions that follow one another, appended at the end and trimmed from the front once nobody needs them any more. It
 * is a part of the disk, and a crash takes back what was appended and not durable. The first position is 1, or, for the log of
 * a node that has lost its disk, above all positions that its earlier lives can have used.
 */
import { assert } from '../../core/assert.js'
import type { WriterId } from '../../core/ids.js'
import type { Journal, Undoable } from '../disk.js'

/** Trimmed entries are dropped in bulk, so that trimming costs constant time per entry. */
const LEAST_DROPPED = 64

/** Each life of a disk has so many positions of its own. */
const POSITIONS_PER_LIFE = 0x100000000

/** The position before the first in the log of `node` during the life `identity` of its disk. */
export function positionBefore(node: number, identity: WriterId): number {
  return identity === node ? 0 : identity * POSITIONS_PER_LIFE
}

/** In which life of its disk `node` wrote the entry at this position. */
export function lifeOf(node: number, position: number): WriterId {
  return position < POSITIONS_PER_LIFE ? node : Math.floor(position / POSITIONS_PER_LIFE)
}

export class Log<Entry> implements Undoable {
  private entries: Entry[] = []
  /** The position before that of `entries[0]`. */
  private base: number
  /** Entries up to here are given up. */
  trimmed: number
  /** Entries up to here are durable. */
  durable: number

  constructor(
    private readonly journal: Journal | null = null,
    before = 0,
  ) {
    this.base = before
    this.trimmed = before
    this.durable = before
  }

  /** The position of the last entry; of the one before the first while there has been none. */
  get last(): number {
    return this.base + this.entries.length
  }

  append(entry: Entry): number {
    this.journal?.note(this, 0, null)
    this.entries.push(entry)
    return this.last
  }

  undo(): void {
    this.entries.pop()
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

  /** Gives up all entries up to and including `through`, which others hold durably. */
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
