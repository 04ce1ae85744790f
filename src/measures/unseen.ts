/**
 * Which acknowledged writes other writes had not seen: those that were overwritten unseen, and those that have a concurrent one. Both are
 * worked out key by key over the same trees of writes.
 */
import type { History } from '../history/history.js'
import { ConcurrentWrites } from './concurrent.js'
import { ConcurrentInContexts } from './concurrent-in-contexts.js'
import { KeyTrees } from './key-trees.js'
import { OverwrittenWrites } from './overwritten.js'
import type { Seen } from './seen.js'
import type { VersionOrder } from './version-order.js'

export class Unseen {
  /** 1 for each row that is such a write; none where it is not known what writes have seen. */
  readonly isOverwritten: Uint8Array
  readonly isConcurrent: Uint8Array

  constructor(history: History, seen: Seen, versions: VersionOrder, keys: number) {
    if (seen.isCarried) {
      // Such versions are ordered in part, and replace only what they have seen.
      this.isOverwritten = new Uint8Array(history.count)
      this.isConcurrent = new ConcurrentInContexts(history, versions, keys).marks
      return
    }
    const trees = new KeyTrees(history, seen)
    const overwritten = new OverwrittenWrites(history, seen, versions, trees)
    const concurrent = new ConcurrentWrites(history, seen, trees)
    this.isOverwritten = overwritten.marks
    this.isConcurrent = concurrent.marks
    if (!seen.isComplete) return
    for (let key = 0; key < keys; key++) {
      if ((seen.starts[key + 1] as number) - (seen.starts[key] as number) < 2) continue
      trees.load(key)
      if (trees.acknowledged < 2) continue
      overwritten.markKey(key)
      concurrent.markKey()
    }
  }
}
