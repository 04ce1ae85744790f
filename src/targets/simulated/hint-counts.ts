/** The hints that nodes keep for others over the measured phase: the most that one kept at once, how many were kept and how many dropped. */
import type { NodeId } from '../../core/ids.js'
import type { HintUse } from '../../history/probes.js'
import type { HintEvent } from '../../replication/replica.js'

export class HintCounts {
  /** By node, of those that have told. */
  private readonly kept = new Map<NodeId, number>()
  private most = 0
  private keptSince = 0
  private droppedSince = 0

  on(event: HintEvent, node: NodeId, kept: number): void {
    this.kept.set(node, kept)
    if (kept > this.most) this.most = kept
    if (event === 'kept') this.keptSince++
    else if (event === 'dropped') this.droppedSince++
  }

  /** Counts anew from what is kept now. */
  begin(): void {
    this.most = Math.max(0, ...this.kept.values())
    this.keptSince = 0
    this.droppedSince = 0
  }

  /** Since it began; `undefined` where nobody keeps hints. */
  use(): HintUse | undefined {
    if (this.kept.size === 0) return undefined
    return { most: this.most, kept: this.keptSince, dropped: this.droppedSince }
  }
}
