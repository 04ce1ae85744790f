/**
 * Which keys each leaf of each range's tree has: the same for all nodes, so it is made once for a cell. A leaf takes an equal part of its range's
 * tokens. A range has as many leaves as its loaded keys ask for, and no more than give each leaf `keys-per-leaf` of them, for deeper
 * trees tell nothing apart that these do not (Cassandra limits the depth by the logarithm of the keys as well); keys that are
 * inserted later join the leaf that their token falls into.
 *
 * Twelve bytes a key and leaf. What a node knows of other nodes' keys by this it never uses: a key that it does not
 * hold has no hash with it, and is not listed.
 */
import type { Key } from '../../../core/ids.js'
import { ceilPowerOfTwo } from '../../../core/mathematics.js'
import type { QuorumPlacement } from '../quorum-placement.js'
import { TreeShape } from './hash-tree.js'
import type { AntiEntropyOptions } from './options.js'

const NONE = -1

export class KeyIndex {
  /** By range. */
  private readonly shapes: readonly TreeShape[]
  private readonly firstLeaf: Int32Array
  private readonly counts: Int32Array
  /** By leaf of any range, the key that joined it last. */
  private readonly latest: Int32Array
  /** By key: the one that joined its leaf before, and its number among the keys of its range. */
  private before = new Int32Array(0)
  private slots = new Int32Array(0)

  constructor(
    private readonly placement: QuorumPlacement,
    readonly loaded: number,
    options: AntiEntropyOptions,
  ) {
    const sizes = new Int32Array(placement.partitions)
    for (let key = 0; key < loaded; key++) {
      const range = placement.partitionOf(key)
      sizes[range] = (sizes[range] as number) + 1
    }
    this.shapes = shapesOf(sizes, options)
    this.firstLeaf = new Int32Array(sizes.length)
    let leaves = 0
    this.shapes.forEach((shape, range) => {
      this.firstLeaf[range] = leaves
      leaves += shape.leaves
    })
    this.latest = new Int32Array(leaves).fill(NONE)
    this.counts = new Int32Array(sizes.length)
    this.grow(loaded)
    // Downwards, so that leaves list them upwards.
    for (let key = loaded - 1; key >= 0; key--) this.add(key)
  }

  shapeOf(range: number): TreeShape {
    return this.shapes[range] as TreeShape
  }

  /** Keys of the range that are known. */
  countIn(range: number): number {
    return this.counts[range] as number
  }

  rangeOf(key: Key): number {
    return this.placement.partitionOf(key)
  }

  leafOf(key: Key): number {
    return Math.floor(this.placement.placeInPartition(key) * this.shapeOf(this.rangeOf(key)).leaves)
  }

  /** The key's number among those of its range. A key that was inserted becomes known by this. */
  slotOf(key: Key): number {
    if (key >= this.slots.length) this.grow(Math.max(2 * this.slots.length, key + 1))
    if (this.slots[key] === NONE) this.add(key)
    return this.slots[key] as number
  }

  /** The keys of a leaf. */
  keysIn(range: number, leaf: number): readonly Key[] {
    const keys: Key[] = []
    let key = this.latest[(this.firstLeaf[range] as number) + leaf] as number
    for (; key !== NONE; key = this.before[key] as number) keys.push(key)
    return keys
  }

  private add(key: Key): void {
    const range = this.rangeOf(key)
    const leaf = (this.firstLeaf[range] as number) + this.leafOf(key)
    this.slots[key] = this.counts[range] as number
    this.counts[range] = (this.counts[range] as number) + 1
    this.before[key] = this.latest[leaf] as number
    this.latest[leaf] = key
  }

  private grow(keys: number): void {
    const slots = new Int32Array(keys).fill(NONE)
    slots.set(this.slots)
    this.slots = slots
    const before = new Int32Array(keys)
    before.set(this.before)
    this.before = before
  }
}

/** One for all ranges with as many leaves. */
function shapesOf(sizes: Int32Array, options: AntiEntropyOptions): readonly TreeShape[] {
  const shapes = new Map<number, TreeShape>()
  return Array.from(sizes, (keys) => {
    const leaves = leavesFor(keys, options)
    const shape = shapes.get(leaves) ?? new TreeShape(leaves, options.fanout)
    shapes.set(leaves, shape)
    return shape
  })
}

/** Leaves of a tree over so many keys: a power of two. */
export function leavesFor(keys: number, { depth, fanout, 'keys-per-leaf': perLeaf }: AntiEntropyOptions): number {
  const most = ceilPowerOfTwo(Math.max(1, keys / perLeaf))
  let leaves = depth === undefined ? most : 1
  for (let level = 0; level < (depth ?? 0) && leaves < most; level++) leaves *= fanout
  return Math.min(leaves, most)
}

const indexes = new WeakMap<QuorumPlacement, KeyIndex>()

/** The index of a cell, which all nodes share as they share the placement. */
export function sharedIndex(placement: QuorumPlacement, loaded: number, options: AntiEntropyOptions): KeyIndex {
  const known = indexes.get(placement)
  if (known !== undefined) return known
  const made = new KeyIndex(placement, loaded, options)
  indexes.set(placement, made)
  return made
}
