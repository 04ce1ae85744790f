/**
 * Which acknowledged writes were overwritten unseen: some acknowledged write that is ordered after one had not seen it. Only where
 * the later of two versions replaces the earlier, which under a partial order it does not.
 *
 * A tree has seen all that its home knew at the tree's place, and of the rest each member those above it. So the writes that have
 * not seen a are those of the trees placed before the home learned of a, but for a's own descendants; the one of them that is
 * ordered last decides.
 */
import type { Key } from '../core/ids.js'
import type { History } from '../history/history.js'
import { BestOfTrees } from './best-of-trees.js'
import type { KeyTrees } from './key-trees.js'
import { Ranks, UNRANKED } from './ranks.js'
import type { Seen } from './seen.js'
import type { VersionOrder } from './version-order.js'

const NO_RANK = -1

export class OverwrittenWrites {
  /** 1 for each row that is one. */
  readonly marks: Uint8Array
  private readonly ranks: Ranks
  private readonly best: BestOfTrees
  /** The last rank in each tree. */
  private readonly lastOf: Int32Array
  /** In the order of families: the last rank in the tree up to here, and from here on. */
  private readonly lastUpTo: Float64Array
  private readonly lastFrom: Float64Array

  constructor(
    history: History,
    private readonly seen: Seen,
    private readonly versions: VersionOrder,
    private readonly trees: KeyTrees,
  ) {
    this.marks = new Uint8Array(history.count)
    this.ranks = new Ranks(seen.largest)
    this.best = new BestOfTrees(seen.largest)
    this.lastOf = new Int32Array(seen.largest + 1)
    this.lastUpTo = new Float64Array(seen.largest)
    this.lastFrom = new Float64Array(seen.largest)
  }

  /** Marks those of a key that has been loaded. */
  markKey(key: Key): void {
    const { trees, ranks, versions, seen } = this
    if (!versions.isTotal(key)) return
    ranks.fill(versions, key, seen.placeOf, trees.start, trees.size)
    if (ranks.ranked < 2) return
    this.findLast()
    for (let home = 0; home < trees.isHome.length; home++) if (trees.isHome[home] === 1) this.compareAt(home)
    if (trees.loose > 0) this.compareWithinTrees()
  }

  private findLast(): void {
    const { trees, lastOf } = this
    lastOf.fill(NO_RANK, 0, trees.size)
    lastOf[trees.initial] = NO_RANK
    for (let write = 0; write < trees.size; write++) {
      const tree = trees.tree[write] as number
      const rank = this.ranks.rankOf[write] as number
      if (rank !== UNRANKED && rank > (lastOf[tree] as number)) lastOf[tree] = rank
    }
  }

  /** Marks what writes of other trees, at home at `home`, overwrote unseen. */
  private compareAt(home: number): void {
    const { trees, ranks, best } = this
    best.arrange(trees, home, this.lastOf)
    for (let rank = 0; rank < ranks.ranked; rank++) {
      const write = ranks.byRank[rank] as number
      if (best.before(trees.learned(home, write), trees.tree[write] as number) > rank) this.mark(write)
    }
  }

  /** Marks what writes of the same tree overwrote that stand elsewhere than below it. */
  private compareWithinTrees(): void {
    const { trees, ranks } = this
    this.findLastInFamilies()
    for (let rank = 0; rank < ranks.ranked; rank++) {
      const write = ranks.byRank[rank] as number
      if (trees.isBeyondTree(write) && this.lastOutside(write) > rank) this.mark(write)
    }
  }

  private findLastInFamilies(): void {
    const { trees, lastUpTo, lastFrom } = this
    const treeAt = (i: number) => trees.tree[trees.inFamilies[i] as number]
    for (let i = 0; i < trees.size; i++) {
      const before = i > 0 && treeAt(i - 1) === treeAt(i) ? (lastUpTo[i - 1] as number) : NO_RANK
      lastUpTo[i] = Math.max(before, this.rankAt(i))
    }
    for (let i = trees.size - 1; i >= 0; i--) {
      const after = i + 1 < trees.size && treeAt(i + 1) === treeAt(i) ? (lastFrom[i + 1] as number) : NO_RANK
      lastFrom[i] = Math.max(after, this.rankAt(i))
    }
  }

  private rankAt(i: number): number {
    const rank = this.ranks.rankOf[this.trees.inFamilies[i] as number] as number
    return rank === UNRANKED ? NO_RANK : rank
  }

  /** The last rank in the write's tree among those that are not its descendants. */
  private lastOutside(write: number): number {
    const { trees, lastUpTo, lastFrom } = this
    const from = trees.familyFrom(write) - 1
    const to = trees.familyTo(write)
    const isOfTree = (i: number) => trees.tree[trees.inFamilies[i] as number] === trees.tree[write]
    const before = from >= 0 && isOfTree(from) ? (lastUpTo[from] as number) : NO_RANK
    const after = to < trees.size && isOfTree(to) ? (lastFrom[to] as number) : NO_RANK
    return Math.max(before, after)
  }

  private mark(write: number): void {
    this.marks[this.trees.row(write)] = 1
  }
}
