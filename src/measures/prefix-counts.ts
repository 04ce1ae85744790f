/**
 * Counts marks below a position while marks are being added: a binary indexed tree (Fenwick 1994), log n steps for either. It keeps the count
 * of missed versions affordable when one key takes the whole load and a replica falls far behind.
 */

export class PrefixCounts {
  private readonly tree: Int32Array
  private size = 0

  constructor(capacity: number) {
    this.tree = new Int32Array(capacity + 1)
  }

  /** Forgets all marks; positions are 0 .. size - 1 from now on. */
  reset(size: number): void {
    this.tree.fill(0, 0, size + 1)
    this.size = size
  }

  mark(position: number): void {
    for (let i = position + 1; i <= this.size; i += i & -i) this.tree[i] = (this.tree[i] as number) + 1
  }

  /** Marks at positions below `position`. */
  below(position: number): number {
    let count = 0
    for (let i = position; i > 0; i -= i & -i) count += this.tree[i] as number
    return count
  }
}
