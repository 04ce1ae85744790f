/**
 * The nodes that the clients of a zone hold for down: each that refused a connection or did not answer an attempt in time, for so long from then
 * on, or until it answers an attempt well and in time. All clients of the zone share it, as all connections of one driver do.
 *
 * It is an opinion. A coordinator that timed out may have waited for replicas that are down and be well itself; a client cannot tell, and
 * marks it all the same, as drivers do.
 */
import type { Nanos, NodeId } from '../../core/ids.js'
import type { IsDown } from '../../replication/replica.js'

export class DownNodes {
  /** By node: held for down before this time. */
  private readonly until: Float64Array
  /** From this time on no node is. */
  private allUpFrom: Nanos = 0
  private readonly isDown: IsDown = (node) => this.clock.now < (this.until[node] as Nanos)

  constructor(
    private readonly clock: { readonly now: Nanos },
    nodes: number,
    /** How long a mark lasts. */
    private readonly markDown: Nanos,
  ) {
    this.until = new Float64Array(nodes)
  }

  /** Tells the nodes that are held for down; absent while none is. */
  get test(): IsDown | undefined {
    return this.clock.now < this.allUpFrom ? this.isDown : undefined
  }

  mark(node: NodeId): void {
    this.until[node] = this.clock.now + this.markDown
    this.allUpFrom = this.clock.now + this.markDown
  }

  unmark(node: NodeId): void {
    this.until[node] = 0
  }
}
