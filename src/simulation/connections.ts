/**
 * The connections between processes, one for each direction of each pair that talks: nodes among themselves, and clients with nodes. Over tcp messages
 * of a connection arrive in the order in which they were sent. Numbers leave room for clients that open later.
 */
import type { Nanos, ProcessId } from '../core/ids.js'

const CLIENTS_AT_FIRST = 64

export class Connections {
  /** By connection: when its latest message arrives, or arrived. */
  private lastDelivery: Float64Array

  constructor(private readonly nodes: number) {
    this.lastDelivery = new Float64Array(nodes * nodes + 2 * nodes * CLIENTS_AT_FIRST)
  }

  of(from: ProcessId, to: ProcessId): number {
    const { nodes } = this
    if (from < nodes) return to < nodes ? from * nodes + to : nodes * nodes + 2 * ((to - nodes) * nodes + from)
    return nodes * nodes + 2 * ((from - nodes) * nodes + to) + 1
  }

  /** When a message arrives that would arrive at `at` if nothing were before it. */
  inOrder(from: ProcessId, to: ProcessId, at: Nanos): Nanos {
    const connection = this.of(from, to)
    if (connection >= this.lastDelivery.length) {
      const larger = new Float64Array(2 * connection)
      larger.set(this.lastDelivery)
      this.lastDelivery = larger
    }
    const earliest = this.lastDelivery[connection] as number
    const inOrder = at < earliest ? earliest : at
    this.lastDelivery[connection] = inOrder
    return inOrder
  }

  /** The next message opens it anew, and waits for nothing. */
  reopen(connection: number): void {
    this.lastDelivery[connection] = 0
  }
}
