/**
 * With whom a node has agreed on what: the ranges that it shares, and of each the replicas that were found to hold the same since it last
 * changed here. A cell has settled once every node has agreed on all its ranges with all their replicas, and no sooner: if each
 * of two has found the other the same since its own latest change, they are the same now.
 */
import type { NodeId } from '../../../core/ids.js'
import type { QuorumPlacement } from '../quorum-placement.js'

const NOT_HELD = -1

/** One range that a node shares, and one of the others that hold it. */
export interface Pair {
  /** Among the ranges of the node. */
  readonly range: number
  readonly peer: NodeId
}

export class Agreement {
  /** By the node's own count of its ranges. */
  readonly partitions: readonly number[]
  private readonly indexOf: Int32Array
  private readonly changes: Float64Array
  /** A bit for each place of the preference list. */
  private readonly agreed: Int32Array
  /** Pairs that have not agreed. */
  private open = 0

  constructor(
    private readonly placement: QuorumPlacement,
    private readonly id: NodeId,
  ) {
    this.indexOf = new Int32Array(placement.partitions).fill(NOT_HELD)
    const partitions: number[] = []
    for (let partition = 0; partition < placement.partitions; partition++) {
      const replicas = placement.replicasOf(partition)
      if (!replicas.includes(id)) continue
      this.indexOf[partition] = partitions.length
      partitions.push(partition)
      this.open += replicas.length - 1
    }
    this.partitions = partitions
    this.changes = new Float64Array(partitions.length)
    this.agreed = new Int32Array(partitions.length)
  }

  get isComplete(): boolean {
    return this.open === 0
  }

  /** Negative where the node does not hold it. */
  rangeOf(partition: number): number {
    return this.indexOf[partition] as number
  }

  /** Those that this node opens exchanges for: of two replicas, the earlier of the preference list does. */
  pairsToOpen(): readonly Pair[] {
    return this.partitions.flatMap((partition, range) => {
      const replicas = this.placement.replicasOf(partition)
      return replicas.slice(replicas.indexOf(this.id) + 1).map((peer) => ({ range, peer }))
    })
  }

  /** Counts what was stored in the range. */
  changesOf(range: number): number {
    return this.changes[range] as number
  }

  changed(range: number): void {
    this.changes[range] = (this.changes[range] as number) + 1
    let agreed = this.agreed[range] as number
    for (; agreed !== 0; agreed &= agreed - 1) this.open++
    this.agreed[range] = 0
  }

  /** The peer held the same as this node did when the range had changed so often. */
  agree(range: number, peer: NodeId, changes: number): void {
    if (changes !== this.changesOf(range)) return
    const place = this.placement.replicasOf(this.partitions[range] as number).indexOf(peer)
    const agreed = this.agreed[range] as number
    if ((agreed & (1 << place)) !== 0) return
    this.agreed[range] = agreed | (1 << place)
    this.open--
  }
}
