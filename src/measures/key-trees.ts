/**
 * The writes of one key as the trees that contexts.ts makes of them, numbered 0, 1, 2 … in order of their rows, in buffers that are used
 * key by key. A tree has the number of its root; that of the initial version has one beyond all writes.
 */
import type { Key } from '../core/ids.js'
import type { History } from '../history/history.js'
import { OK } from '../history/outcomes.js'
import { INITIAL_TREE } from './contexts.js'
import { NEVER, type Seen } from './seen.js'

export class KeyTrees {
  start = 0
  size = 0
  acknowledged = 0
  readonly isAcknowledged: Uint8Array
  readonly tree: Int32Array
  /** Writes that are no anchored roots: read-modify-writes, and those that nobody witnessed. */
  loose = 0
  /** The writes in the order in which every family stands together, and the place of each in it. */
  readonly inFamilies: Int32Array
  /** The tree of the initial version. */
  readonly initial: number
  /** By replica, whether any tree is at home there. */
  readonly isHome: Uint8Array

  constructor(
    private readonly history: History,
    private readonly seen: Seen,
  ) {
    this.initial = seen.largest
    this.isAcknowledged = new Uint8Array(seen.largest)
    this.tree = new Int32Array(seen.largest)
    this.inFamilies = new Int32Array(seen.largest)
    // Where there are no receipts, all trees are at home nowhere, which is as good as one place.
    this.isHome = new Uint8Array(Math.max(1, history.copiesPerKey))
  }

  load(key: Key): void {
    const { rows, starts, contexts } = this.seen
    this.start = starts[key] as number
    this.size = (starts[key + 1] as number) - this.start
    this.acknowledged = 0
    this.loose = 0
    this.isHome.fill(0)
    for (let write = 0; write < this.size; write++) {
      const place = this.start + write
      const isAcknowledged = this.history.outcome[rows[place] as number] === OK
      this.isAcknowledged[write] = isAcknowledged ? 1 : 0
      if (isAcknowledged) this.acknowledged++
      if (contexts.anchors[place] === 0) this.loose++
      this.tree[write] =
        contexts.tree[place] === INITIAL_TREE ? this.initial : (contexts.tree[place] as number) - this.start
      this.isHome[contexts.home[place] as number] = 1
      this.inFamilies[(contexts.before[place] as number) - this.start] = write
    }
  }

  row(write: number): number {
    return this.seen.rows[this.start + write] as number
  }

  home(write: number): number {
    return this.seen.contexts.home[this.start + write] as number
  }

  upTo(write: number): number {
    return this.seen.contexts.upTo[this.start + write] as number
  }

  isAnchored(write: number): boolean {
    return this.seen.contexts.anchors[this.start + write] !== 0
  }

  /** The write above it in its tree; negative at the top. */
  above(write: number): number {
    return (this.seen.contexts.parent[this.start + write] as number) - this.start
  }

  familyFrom(write: number): number {
    return (this.seen.contexts.before[this.start + write] as number) - this.start
  }

  familyTo(write: number): number {
    return this.familyFrom(write) + (this.seen.contexts.family[this.start + write] as number)
  }

  /** With how many receptions before it the replica came to know the write. */
  learned(replica: number, write: number): number {
    return this.seen.known[replica * this.seen.rows.length + this.start + write] ?? NEVER
  }

  /** Whether the write's home learned of it only after the place that all of its tree has seen. */
  isBeyondTree(write: number): boolean {
    return this.learned(this.home(write), write) > this.upTo(write)
  }
}
