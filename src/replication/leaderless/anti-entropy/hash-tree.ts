/**
 * A hash tree over the keys of one range (Merkle 1987; DeCandia et al. 2007, section 4.7): a leaf stands for an equal part of the range's tokens, an
 * inner node for its children, and two trees that agree at a node agree below it.
 *
 * A leaf's hash is the sum of the hashes of its keys, an inner node's the sum of its children's, lane by lane, modulo 2^32: so a store
 * touches one path from a leaf to the root and no sibling, and a tree that followed every store is the one that a scan would build.
 * Real trees hash their children's hashes one after another, and mark the path for later instead; what the two
 * can tell apart is the same. Two words a node, and two a key.
 */

/** How many nodes each level has. Leaves and fanout are powers of two, so a node's number without its last bits is its parent's. */
export class TreeShape {
  /** Levels below the root. */
  readonly depth: number
  readonly nodes: number
  readonly fanoutBits: number
  /** The first node of each level, where they stand one level after another. */
  private readonly firsts: readonly number[]

  constructor(
    readonly leaves: number,
    fanout: number,
  ) {
    this.fanoutBits = log2(fanout)
    this.depth = Math.ceil(log2(leaves) / this.fanoutBits)
    const firsts: number[] = []
    let nodes = 0
    for (let level = 0; level <= this.depth; level++) {
      firsts.push(nodes)
      nodes += this.width(level)
    }
    this.firsts = firsts
    this.nodes = nodes
  }

  /** Nodes of a level. The root has fewer children than others where leaves are no power of the fanout. */
  width(level: number): number {
    return level === 0 ? 1 : this.leaves >>> ((this.depth - level) * this.fanoutBits)
  }

  /** The children, on the next level, of a node of a level above the leaves. */
  childrenOf(level: number, node: number): readonly number[] {
    const children = level === 0 ? this.width(1) : 1 << this.fanoutBits
    return Array.from({ length: children }, (_, i) => (node << this.fanoutBits) + i)
  }

  at(level: number, node: number): number {
    return (this.firsts[level] as number) + node
  }
}

export class HashTree {
  /** Two words of each node. */
  private readonly sums: Int32Array
  /** Two words of each key, by its slot in the range. */
  private hashes: Int32Array

  constructor(
    readonly shape: TreeShape,
    slots: number,
  ) {
    this.sums = new Int32Array(2 * shape.nodes)
    this.hashes = new Int32Array(2 * slots)
  }

  /** The key of the slot, in that leaf, has this hash from now on. */
  set(slot: number, leaf: number, high: number, low: number): void {
    if (2 * slot >= this.hashes.length) this.grow(slot)
    const { hashes, shape, sums } = this
    const highChange = high - (hashes[2 * slot] as number)
    const lowChange = low - (hashes[2 * slot + 1] as number)
    hashes[2 * slot] = high
    hashes[2 * slot + 1] = low
    let node = leaf
    for (let level = shape.depth; level >= 0; level--) {
      const at = 2 * shape.at(level, node)
      // What is stored is the sum modulo 2^32.
      sums[at] = (sums[at] as number) + highChange
      sums[at + 1] = (sums[at + 1] as number) + lowChange
      node >>>= shape.fanoutBits
    }
  }

  /** The two words of a node. */
  high(level: number, node: number): number {
    return this.sums[2 * this.shape.at(level, node)] as number
  }

  low(level: number, node: number): number {
    return this.sums[2 * this.shape.at(level, node) + 1] as number
  }

  /** The two words of a key; both are 0 where the key was not written. */
  keyHigh(slot: number): number {
    return 2 * slot < this.hashes.length ? (this.hashes[2 * slot] as number) : 0
  }

  keyLow(slot: number): number {
    return 2 * slot < this.hashes.length ? (this.hashes[2 * slot + 1] as number) : 0
  }

  private grow(slot: number): void {
    const larger = new Int32Array(Math.max(16, 4 * slot + 2))
    larger.set(this.hashes)
    this.hashes = larger
  }
}

function log2(powerOfTwo: number): number {
  return 31 - Math.clz32(powerOfTwo)
}
