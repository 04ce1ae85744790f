/**
 * The newest heartbeat that a node knows of each node: a generation, which grows each time the process starts, and a version, which it counts up in
 * that generation. Whoever merges two tables keeps the newer of each, so it does not matter in which order, by what way and how
 * often heartbeats arrive.
 */
import type { NodeId } from '../../../core/ids.js'

/** One row of a table. */
export interface Heartbeat {
  readonly node: NodeId
  readonly generation: number
  readonly version: number
}

export class Heartbeats {
  private readonly latest: (Heartbeat | null)[]

  constructor(nodes: number) {
    this.latest = Array<Heartbeat | null>(nodes).fill(null)
  }

  /** All that are known, by node. */
  all(): readonly Heartbeat[] {
    return this.latest.filter((heartbeat) => heartbeat !== null)
  }

  of(node: NodeId): Heartbeat | null {
    return this.latest[node] as Heartbeat | null
  }

  put(heartbeat: Heartbeat): void {
    this.latest[heartbeat.node] = heartbeat
  }

  isNews(heartbeat: Heartbeat): boolean {
    const known = this.of(heartbeat.node)
    return known === null || isNewer(heartbeat, known)
  }

  /** Those that are newer than in the other table, or missing there. */
  newerThan(others: readonly Heartbeat[]): readonly Heartbeat[] {
    const theirs = Array<Heartbeat | null>(this.latest.length).fill(null)
    for (const other of others) theirs[other.node] = other
    return this.all().filter((heartbeat) => {
      const other = theirs[heartbeat.node] as Heartbeat | null
      return other === null || isNewer(heartbeat, other)
    })
  }
}

function isNewer(left: Heartbeat, right: Heartbeat): boolean {
  return left.generation > right.generation || (left.generation === right.generation && left.version > right.version)
}
