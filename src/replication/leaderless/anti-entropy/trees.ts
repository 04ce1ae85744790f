/**
 * Where a node's trees come from. In continuous exchange it has one for each of its ranges, kept up with every store: they are on the disk beside
 * what they are made of, as Riak's are, so a crash costs nothing, and a lost disk leaves empty ones. Here they are made when
 * they are first asked for, out of what is held. A session has a tree of its own, of what is held at one moment, for which all
 * keys of the range were read; a crash forgets it.
 *
 * Left out of Riak's: building a tree anew every week lest it differ from what is held, which here it never does.
 */
import type { Key } from '../../../core/ids.js'
import { INITIAL } from '../../../core/ids.js'
import type { LocalCopy } from '../local-copy.js'
import { NOTHING_HELD } from '../versioned.js'
import { HashTree } from './hash-tree.js'
import type { KeyHash } from './key-hash.js'
import type { KeyIndex } from './key-index.js'

export class Trees {
  /** Those that are kept up, by partition. */
  private readonly kept = new Map<number, HashTree>()

  constructor(
    private readonly index: KeyIndex,
    private readonly copy: LocalCopy,
    private readonly hash: KeyHash,
  ) {}

  /** The tree of the range that is kept up from now on. */
  live(partition: number): HashTree {
    const known = this.kept.get(partition)
    if (known !== undefined) return known
    const made = this.build(partition)
    this.kept.set(partition, made)
    return made
  }

  /** A tree of what is held now, for one who keeps it to himself. */
  build(partition: number): HashTree {
    const { index } = this
    const shape = index.shapeOf(partition)
    const tree = new HashTree(shape, index.countIn(partition))
    for (let leaf = 0; leaf < shape.leaves; leaf++) {
      for (const key of index.keysIn(partition, leaf)) {
        if (this.copy.store.held(key) !== INITIAL) this.hashInto(tree, key, leaf)
      }
    }
    return tree
  }

  /** The keys of these leaves that this node holds something of: those that were loaded or written, and not purged since. */
  keysIn(partition: number, leaves: readonly number[]): Key[] {
    return leaves.flatMap((leaf) => this.index.keysIn(partition, leaf)).filter((key) => this.holds(key))
  }

  /** Whether there is anything to send. */
  holds(key: Key): boolean {
    const { store } = this.copy
    if (store.order(key) !== NOTHING_HELD.order) return true
    return key < this.index.loaded && store.held(key) === INITIAL
  }

  onStored(partition: number, key: Key): void {
    const tree = this.kept.get(partition)
    if (tree !== undefined) this.hashInto(tree, key, this.index.leafOf(key))
  }

  private hashInto(tree: HashTree, key: Key, leaf: number): void {
    const { high, low } = this.hash.of(key, this.copy.at(key))
    tree.set(this.index.slotOf(key), leaf, high, low)
  }
}
