/**
 * What each write carried with it when it was ordered, in a form in which "has b seen a?" takes constant time.
 *
 * Every write belongs to a tree. A blind write is the root of its own, and has seen what one of its witnesses, its home, knew when
 * it received it. A read-modify-write hangs below the write that its read returned, and has seen that one, all between
 * it and the root, and what the root has seen: so a whole tree shares a home and a place in the order in which the
 * home learned of writes. Where a read returned several concurrent writes, its frontier tells how far the node that was asked
 * had got, and its modify is the root of a tree with that place. What has seen nothing hangs in a tree of its own,
 * which the initial version stands for.
 */
import { assert } from '../core/assert.js'
import type { Key, OperationId } from '../core/ids.js'
import type { History } from '../history/history.js'
import { continuesOperation } from '../history/operation-kinds.js'
import { OK } from '../history/outcomes.js'
import type { Probes } from '../history/probes.js'
import type { Receptions } from './receptions.js'
import type { VersionOrder } from './version-order.js'

/** The tree of what descends from the initial version. */
export const INITIAL_TREE = -1
const NONE = -1

export class Contexts {
  /** A replica of the key, by place. */
  readonly home: Int16Array
  /** A write has seen what its home knew after it had received this many writes and one more; -1 for nothing. */
  readonly upTo: Int32Array
  /** The place of the root of its tree, or `INITIAL_TREE`. */
  readonly tree: Int32Array
  /** The place of the write above it; -1 at the top. */
  readonly parent: Int32Array
  /** Descendants of a write, itself included, stand at before[i] .. before[i] + family[i] - 1 in an order of the key's writes. */
  readonly before: Int32Array
  readonly family: Int32Array
  /** Witnesses of a blind write; 0 for others. */
  readonly anchors: Uint8Array
  /** The replicas that any tree of the key that was arranged last is at home at. */
  readonly isHome: Uint8Array
  /** Whether all acknowledged blind writes so far have witnesses. */
  isComplete = true
  private readonly next: Int32Array

  /** `placeOf` gives the place of a write's row. */
  constructor(
    private readonly history: History,
    private readonly probes: Probes,
    private readonly versions: VersionOrder,
    private readonly placeOf: Int32Array,
    writes: number,
  ) {
    this.home = new Int16Array(writes)
    this.upTo = new Int32Array(writes)
    this.tree = new Int32Array(writes)
    this.parent = new Int32Array(writes)
    this.before = new Int32Array(writes)
    this.family = new Int32Array(writes)
    this.anchors = new Uint8Array(writes)
    this.isHome = new Uint8Array(history.copiesPerKey)
    this.next = new Int32Array(writes)
  }

  /** The writes of the key at places start .. end-1 by row. */
  arrange(key: Key, rows: Int32Array, start: number, end: number, receptions: Receptions): void {
    this.isHome.fill(0)
    for (let place = start; place < end; place++) {
      const row = rows[place] as number
      this.parent[place] = NONE
      this.home[place] = 0
      this.upTo[place] = -1
      this.tree[place] = INITIAL_TREE
      this.anchors[place] = 0
      if (continuesOperation(this.history.kind[row] as number)) this.hang(key, row, place, start, receptions)
      else this.anchor(row, place, start, receptions)
    }
    this.enumerate(start, end)
  }

  /** The same for a key with a single write, which has seen nothing. */
  arrangeAlone(row: OperationId, place: number): void {
    const { history } = this
    this.parent[place] = NONE
    this.upTo[place] = -1
    this.tree[place] = INITIAL_TREE
    this.before[place] = place
    this.family[place] = 1
    if (continuesOperation(history.kind[row] as number) || history.outcome[row] !== OK) return
    const slot = history.observed[row] as number
    for (let j = 0; j < history.copiesPerKey; j++) if (history.witnesses[slot + j] === 1) return
    this.isComplete = false
  }

  /** Whether `above` is `below` or stands over it in its tree. */
  isAbove(above: number, below: number): boolean {
    const first = this.before[above] as number
    const place = this.before[below] as number
    return first <= place && place < first + (this.family[above] as number)
  }

  private anchor(row: OperationId, place: number, start: number, receptions: Receptions): void {
    const { history } = this
    const slot = history.observed[row] as number
    let anchors = 0
    for (let j = 0; j < history.copiesPerKey; j++) {
      const position = receptions.position[j * receptions.capacity + place - start] as number
      if (history.witnesses[slot + j] === 0 || position < 0) continue
      if (anchors++ === 0) this.plant(place, j, position)
    }
    this.anchors[place] = anchors
    if (anchors === 0 && history.outcome[row] === OK) this.isComplete = false
  }

  private plant(place: number, home: number, upTo: number): void {
    this.home[place] = home
    this.upTo[place] = upTo
    this.tree[place] = place
    this.isHome[home] = 1
  }

  private hang(key: Key, row: OperationId, place: number, start: number, receptions: Receptions): void {
    const { history } = this
    const read = history.base[row] as number
    if (history.frontiers.has(read)) {
      this.hangByFrontier(key, read, place, start, receptions)
      return
    }
    const returned = history.observed[read] as number
    if (returned < 0) return
    const above = this.placeOf[returned] as number
    assert(above >= start && above < place, 'a read returns a write of its key that had begun.')
    this.parent[place] = above
    this.home[place] = this.home[above] as number
    this.upTo[place] = this.upTo[above] as number
    this.tree[place] = this.tree[above] as number
  }

  /** The last write that the node had received when it was read is the last of those within the frontier. */
  private hangByFrontier(key: Key, read: OperationId, place: number, start: number, receptions: Receptions): void {
    const { versions } = this
    const home = this.probes.replicas(key).indexOf(this.history.node[read] as number)
    if (home < 0) return
    const stretches = versions.locate(read, key, Number.NaN, Number.NaN, 0)
    let chainStart = versions.starts[key] as number
    let upTo = -1
    for (let i = 0; i < stretches; i++) {
      const end = versions.missedFrom[i] as number
      if (end > chainStart) {
        const last = (this.placeOf[versions.rows[end - 1] as number] as number) - start
        upTo = Math.max(upTo, receptions.position[home * receptions.capacity + last] as number)
      }
      chainStart = versions.missedTo[i] as number
    }
    this.plant(place, home, upTo)
  }

  /** Puts the writes in an order in which every family stands together. A parent's place is before its children's. */
  private enumerate(start: number, end: number): void {
    const { parent, family, before, next, tree } = this
    for (let place = start; place < end; place++) family[place] = 1
    for (let place = end - 1; place >= start; place--) {
      const above = parent[place] as number
      if (above !== NONE) family[above] = (family[above] as number) + (family[place] as number)
    }
    let nextOfInitial = start
    let nextRoot = start
    for (let place = start; place < end; place++) {
      if (tree[place] === INITIAL_TREE && parent[place] === NONE) nextRoot += family[place] as number
    }
    for (let place = start; place < end; place++) {
      const above = parent[place] as number
      if (above !== NONE) {
        before[place] = next[above] as number
        next[above] = (next[above] as number) + (family[place] as number)
      } else if (tree[place] === INITIAL_TREE) {
        before[place] = nextOfInitial
        nextOfInitial += family[place] as number
      } else {
        before[place] = nextRoot
        nextRoot += family[place] as number
      }
      next[place] = (before[place] as number) + 1
    }
  }
}
