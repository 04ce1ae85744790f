/**
 * Which writes a write has seen (DESIGN.md, "Seen"), exactly, for every pair of writes of a key:
 *
 * (i) a read-modify-write has seen what its own read returned; (ii) a blind write has seen what one of its witnesses had received before
 * it; (iii) whatever those have seen. Increments, adds and removes count as blind: those that a coordinator does as read
 * then write keep no record of what that read returned, so (ii) stands for it.
 *
 * A replica *knows* a write once it has received it or anything that has seen it. If b is blind and has not seen a, no replica
 * knew a before it received b, or b would have seen it there, or passed it on; and if b has seen a, every replica that
 * received b knew a from then on. So any one witness of b decides: b has seen a if that replica knew a by the time it received b.
 *
 * When a replica came to know each write is found by following, in the order of its receptions, what each reception has seen and
 * is not known yet: every write is met once, so it costs time in proportion to writes x replicas x replicas, however long a
 * partition lasts and whatever overtakes what.
 *
 * Where writes carry contexts, as those of stores that keep concurrent ones do, these and nothing else say what a write has seen: the
 * store goes by them, whatever its witnesses knew.
 */
import type { History } from '../history/history.js'
import { isWrite } from '../history/operation-kinds.js'
import type { Probes } from '../history/probes.js'
import { reachOf } from './concurrent-in-contexts.js'
import { Contexts, INITIAL_TREE } from './contexts.js'
import { groupByKey } from './key-groups.js'
import { Ranks } from './ranks.js'
import { Receptions } from './receptions.js'
import type { VersionOrder } from './version-order.js'

/** The place, in the order of receptions, at which a replica learned of what it never knew. */
export const NEVER = 0x7fffffff

export class Seen {
  /** All writes, whatever became of them, by key and then by row; those of key k at places starts[k] .. starts[k + 1] - 1. */
  readonly rows: Int32Array
  readonly starts: Int32Array
  readonly largest: number
  /** The place of a write's row; -1 for reads. */
  readonly placeOf: Int32Array
  readonly contexts: Contexts
  /** At replica * writes + place: with how many receptions before it the replica came to know the write. Only homes are asked. */
  readonly known: Int32Array
  /** Whether writes carry contexts; then nothing here but `includes` means anything. */
  readonly isCarried: boolean
  private readonly receptions: Receptions
  private readonly stack: Int32Array
  /** How much of each replica's receptions has been met on the way. */
  private readonly reached: Int32Array

  constructor(
    private readonly history: History,
    probes: Probes,
    private readonly versions: VersionOrder,
    keys: number,
  ) {
    const writes = writesOf(history)
    const groups = groupByKey(writes, history.key, keys)
    this.starts = groups.starts
    this.largest = groups.largest
    this.rows = new Int32Array(writes.length)
    this.placeOf = new Int32Array(history.count).fill(-1)
    for (let i = 0; i < writes.length; i++) {
      this.rows[groups.places[i] as number] = writes[i] as number
      this.placeOf[writes[i] as number] = groups.places[i] as number
    }
    this.isCarried = history.contexts.size > 0
    this.contexts = new Contexts(history, probes, versions, this.placeOf, writes.length)
    this.known = new Int32Array(this.isCarried ? 0 : history.copiesPerKey * writes.length).fill(NEVER)
    this.receptions = new Receptions(history, this.largest)
    this.stack = new Int32Array(this.largest)
    this.reached = new Int32Array(history.copiesPerKey)
    if (this.isCarried) return
    const ranks = new Ranks(this.largest)
    for (let key = 0; key < keys; key++) this.addKey(key, ranks)
  }

  /** Whether the witnesses of all acknowledged blind writes are known; otherwise nothing here means anything. */
  get isComplete(): boolean {
    return this.contexts.isComplete
  }

  /** Whether the write at place `b` is the write at place `a` or has seen it. */
  includes(b: number, a: number): boolean {
    if (this.isCarried) return a === b || this.carries(this.rows[b] as number, this.rows[a] as number)
    const { home, upTo } = this.contexts
    const learned = this.known[(home[b] as number) * this.rows.length + a] as number
    return learned <= (upTo[b] as number) || this.contexts.isAbove(a, b)
  }

  /** An earlier write that was not acknowledged has no name in contexts, and counts as not seen. */
  private carries(later: number, earlier: number): boolean {
    const { contexts, order, tie } = this.history
    return (order[earlier] as number) <= reachOf(contexts.get(later), tie[earlier] as number)
  }

  private addKey(key: number, ranks: Ranks): void {
    const start = this.starts[key] as number
    const end = this.starts[key + 1] as number
    if (start === end) return
    if (start + 1 === end) {
      this.contexts.arrangeAlone(this.rows[start] as number, start)
      return
    }
    ranks.fill(this.versions, key, this.placeOf, start, end - start)
    this.receptions.arrange(this.rows, start, end - start, ranks)
    this.contexts.arrange(key, this.rows, start, end, this.receptions)
    const { isHome } = this.contexts
    for (let j = 0; j < isHome.length; j++) if (isHome[j] === 1) this.learn(j, start)
  }

  /** Finds when replica j came to know the writes of the key that starts at `start`. */
  private learn(j: number, start: number): void {
    const { sequence, counts, capacity } = this.receptions
    const base = j * this.rows.length + start
    const received = counts[j] as number
    this.reached.fill(0)
    for (let p = 0; p < received; p++) {
      this.reached[j] = p + 1
      let top = this.meet(sequence[j * capacity + p] as number, p, base, 0)
      while (top > 0) top = this.follow(this.stack[top - 1] as number, p, base, start, top - 1)
    }
  }

  /** Notes that a write has become known, if it was not, and puts it on the stack, whose new height it returns. */
  private meet(write: number, p: number, base: number, top: number): number {
    if (this.known[base + write] !== NEVER) return top
    this.known[base + write] = p
    this.stack[top] = write
    return top + 1
  }

  /** Meets what the write has seen directly. */
  private follow(write: number, p: number, base: number, start: number, top: number): number {
    const { parent, anchors, home, upTo, tree } = this.contexts
    const place = start + write
    if ((parent[place] as number) >= 0) return this.meet((parent[place] as number) - start, p, base, top)
    if (tree[place] === INITIAL_TREE) return top
    const atHome = upTo[place] as number
    let height = this.meetReceptions(home[place] as number, atHome + (anchors[place] === 0 ? 1 : 0), p, base, top)
    if ((anchors[place] as number) < 2) return height
    const slot = this.history.observed[this.rows[place] as number] as number
    const { position, capacity } = this.receptions
    for (let j = (home[place] as number) + 1; j < this.reached.length; j++) {
      if (this.history.witnesses[slot + j] === 0) continue
      height = this.meetReceptions(j, position[j * capacity + write] as number, p, base, height)
    }
    return height
  }

  /** Meets the first `count` writes that replica j received. */
  private meetReceptions(j: number, count: number, p: number, base: number, top: number): number {
    const { sequence, capacity } = this.receptions
    let height = top
    for (let q = this.reached[j] as number; q < count; q++) {
      height = this.meet(sequence[j * capacity + q] as number, p, base, height)
    }
    if (count > (this.reached[j] as number)) this.reached[j] = count
    return height
  }
}

function writesOf(history: History): Int32Array {
  const writes = new Int32Array(history.count)
  let count = 0
  for (let id = 0; id < history.count; id++) if (isWrite(history.kind[id] as number)) writes[count++] = id
  return writes.slice(0, count)
}
