/**
 * Which acknowledged writes have a concurrent one: acknowledged too, and neither has seen the other.
 *
 * Among the blind writes at home at a replica each has seen those before it, so of those that had not seen a the last decides: if a
 * has seen that one, it has seen them all. A read-modify-write need not have seen what came before, so of those that had not seen
 * a the one that a's home learned of last decides; and within a's own tree, whether there is any that stands neither
 * above a nor below it, and that a has not seen through the root.
 */
import type { History } from '../history/history.js'
import { BestOfTrees, NO_VALUE } from './best-of-trees.js'
import type { KeyTrees } from './key-trees.js'
import type { Seen } from './seen.js'

export class ConcurrentWrites {
  /** 1 for each row that has one. */
  readonly marks: Uint8Array
  private readonly best: BestOfTrees
  /** The last acknowledged blind write before each place of a replica. */
  private readonly last: Int32Array
  /** By tree: where the replica at hand learned last of an acknowledged loose write. */
  private readonly learnedLast: Int32Array
  /** Of the writes that count within a tree: how many stand before a place in the order of families, above a write, and in a tree. */
  private readonly countBefore: Int32Array
  private readonly countAbove: Int32Array
  private readonly countIn: Int32Array

  constructor(
    history: History,
    private readonly seen: Seen,
    private readonly trees: KeyTrees,
  ) {
    this.marks = new Uint8Array(history.count)
    this.best = new BestOfTrees(seen.largest)
    this.last = new Int32Array(seen.largest + 1)
    this.learnedLast = new Int32Array(seen.largest + 1)
    this.countBefore = new Int32Array(seen.largest + 1)
    this.countAbove = new Int32Array(seen.largest)
    this.countIn = new Int32Array(seen.largest + 1)
  }

  /** Marks those of a key that has been loaded. */
  markKey(): void {
    const { trees } = this
    for (let home = 0; home < trees.isHome.length; home++) {
      if (trees.isHome[home] === 0) continue
      this.compareWithBlind(home)
      if (trees.loose > 0) this.compareWithLoose(home)
    }
    if (trees.loose > 0) this.compareWithinTrees()
  }

  /** With the blind writes at home at `home`. */
  private compareWithBlind(home: number): void {
    const { trees, last } = this
    last.fill(-1, 0, trees.size + 1)
    for (let write = 0; write < trees.size; write++) {
      if (trees.isAcknowledged[write] === 1 && trees.isAnchored(write) && trees.home(write) === home) {
        last[trees.upTo(write) + 1] = write
      }
    }
    for (let p = 1; p <= trees.size; p++) if (last[p] === -1) last[p] = last[p - 1] as number
    for (let write = 0; write < trees.size; write++) {
      if (trees.isAcknowledged[write] === 0) continue
      const other = last[Math.min(trees.size, trees.learned(home, write))] as number
      if (other >= 0 && !this.seen.includes(trees.start + write, trees.start + other)) this.mark(write)
    }
  }

  /** Of writes that are at home at `home`, with loose writes of other trees. */
  private compareWithLoose(home: number): void {
    const { trees, best } = this
    this.findLearnedLast(home)
    for (let other = 0; other < trees.isHome.length; other++) {
      if (trees.isHome[other] === 0) continue
      best.arrange(trees, other, this.learnedLast)
      for (let write = 0; write < trees.size; write++) {
        if (trees.isAcknowledged[write] === 0 || trees.home(write) !== home) continue
        if (best.before(trees.learned(other, write), trees.tree[write] as number) > trees.upTo(write)) this.mark(write)
      }
    }
  }

  private findLearnedLast(home: number): void {
    const { trees, learnedLast } = this
    learnedLast.fill(NO_VALUE, 0, trees.size)
    learnedLast[trees.initial] = NO_VALUE
    for (let write = 0; write < trees.size; write++) {
      if (trees.isAcknowledged[write] === 0 || trees.isAnchored(write)) continue
      const tree = trees.tree[write] as number
      learnedLast[tree] = Math.max(learnedLast[tree] as number, trees.learned(home, write))
    }
  }

  private compareWithinTrees(): void {
    const { trees, countBefore, countAbove, countIn } = this
    this.count()
    for (let write = 0; write < trees.size; write++) {
      if (trees.isAcknowledged[write] === 0 || !trees.isBeyondTree(write)) continue
      const below = (countBefore[trees.familyTo(write)] as number) - (countBefore[trees.familyFrom(write)] as number)
      const all = countIn[trees.tree[write] as number] as number
      if (all - below - (countAbove[write] as number) > 0) this.mark(write)
    }
  }

  /** Counts the acknowledged loose writes that the rest of their tree has not seen through the root. */
  private count(): void {
    const { trees, countBefore, countAbove, countIn } = this
    countIn.fill(0, 0, trees.size)
    countIn[trees.initial] = 0
    countBefore[0] = 0
    for (let i = 0; i < trees.size; i++) {
      const write = trees.inFamilies[i] as number
      const tree = trees.tree[write] as number
      const counts = this.counts(write)
      countBefore[i + 1] = (countBefore[i] as number) + counts
      countIn[tree] = (countIn[tree] as number) + counts
      const above = trees.above(write)
      countAbove[write] = above < 0 ? 0 : (countAbove[above] as number) + this.counts(above)
    }
  }

  private counts(write: number): number {
    const { trees } = this
    return trees.isAcknowledged[write] === 1 && !trees.isAnchored(write) && trees.isBeyondTree(write) ? 1 : 0
  }

  private mark(write: number): void {
    this.marks[this.trees.row(write)] = 1
  }
}
