/**
 * For one replica of a key: over the trees at home there whose place is before p, the greatest value of any, and the greatest of any
 * other tree. So one can ask for the greatest value in trees that did not know of a write, its own tree apart, in constant
 * time. Buffers are used key by key.
 */

import type { KeyTrees } from './key-trees.js'

export const NO_VALUE = -1

export class BestOfTrees {
  /** For p = 0 .. count: the greatest value among trees with upTo < p, its tree, and the greatest of another tree. */
  private readonly best: Int32Array
  private readonly bestTree: Int32Array
  private readonly second: Int32Array
  /** Trees by upTo + 1, as chains. */
  private readonly head: Int32Array
  private readonly next: Int32Array
  private count = 0

  /** For keys with up to `capacity` writes; tree number `capacity` is that of the initial version. */
  constructor(capacity: number) {
    this.best = new Int32Array(capacity + 2)
    this.bestTree = new Int32Array(capacity + 2)
    this.second = new Int32Array(capacity + 2)
    this.head = new Int32Array(capacity + 2)
    this.next = new Int32Array(capacity + 1)
  }

  /** Works out the answers for the key's trees that are at home at `home`; `values` by tree, those without any have `NO_VALUE`. */
  arrange(trees: KeyTrees, home: number, values: Int32Array): void {
    this.chain(trees, home)
    let best = NO_VALUE
    let bestTree = -1
    let second = NO_VALUE
    for (let p = 0; p <= this.count; p++) {
      for (let tree = this.head[p] as number; tree >= 0; tree = this.next[tree] as number) {
        const value = values[tree] as number
        if (value > best) {
          second = best
          best = value
          bestTree = tree
        } else if (value > second) second = value
      }
      this.best[p] = best
      this.bestTree[p] = bestTree
      this.second[p] = second
    }
  }

  private chain(trees: KeyTrees, home: number): void {
    this.count = trees.size
    this.head.fill(-1, 0, trees.size + 1)
    for (let root = 0; root < trees.size; root++) {
      if (trees.tree[root] === root && trees.home(root) === home) this.add(root, trees.upTo(root))
    }
    if (home === 0) this.add(trees.initial, -1)
  }

  private add(tree: number, upTo: number): void {
    this.next[tree] = this.head[upTo + 1] as number
    this.head[upTo + 1] = tree
  }

  /** The greatest value in trees that knew nothing of what the replica learned of at `learned`, but for tree `except`. */
  before(learned: number, except: number): number {
    const p = learned < this.count ? learned : this.count
    return (this.bestTree[p] === except ? this.second[p] : this.best[p]) as number
  }
}
