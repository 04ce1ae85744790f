/**
 * Who stands at each place of a preference list while one operation lasts. In a strict quorum those are the replicas themselves, some
 * of which the coordinator holds for down; in a sloppy one (DeCandia et al. 2007, section 4.6) the next nodes of the ring that it
 * holds for up stand in for those, and keep what they are sent as hints for them.
 */
import type { Key, NodeId } from '../../core/ids.js'
import { type FailureDetector, TRUSTING } from './failure-detector.js'
import type { QuorumPlacement } from './quorum-placement.js'

export interface Standing {
  /** By place. */
  readonly nodes: readonly NodeId[]
  /** The replicas proper, by place; the same list where nobody stands in. */
  readonly primaries: readonly NodeId[]
  /** Places where another node stands in. */
  readonly fallbacks: number
  /** Places whose node is held for down. */
  readonly down: number
}

export class Standings {
  /** Where everybody is up, by partition of the ring. */
  private readonly allUp: (Standing | undefined)[] = []
  private readonly trustsAll: boolean

  constructor(
    private readonly placement: QuorumPlacement,
    private readonly detector: FailureDetector,
    private readonly isSloppy: boolean,
  ) {
    this.trustsAll = detector === TRUSTING
  }

  of(key: Key, partition: number): Standing {
    const whereAllAreUp = this.allUp[partition] ?? this.whereAllAreUp(partition)
    if (this.trustsAll) return whereAllAreUp
    const { primaries } = whereAllAreUp
    return primaries.every((node) => this.detector.isUp(node)) ? whereAllAreUp : this.withSomeDown(key, primaries)
  }

  private whereAllAreUp(partition: number): Standing {
    const primaries = this.placement.replicasOf(partition)
    const made = { nodes: primaries, primaries, fallbacks: 0, down: 0 }
    this.allUp[partition] = made
    return made
  }

  private withSomeDown(key: Key, primaries: readonly NodeId[]): Standing {
    const others = this.isSloppy ? this.placement.fallbacks(key).filter((node) => this.detector.isUp(node)) : []
    const nodes = [...primaries]
    let fallbacks = 0
    let down = 0
    primaries.forEach((node, place) => {
      if (this.detector.isUp(node)) return
      const other = this.placement.standIn(node, others)
      if (other === undefined) down |= 1 << place
      else {
        others.splice(others.indexOf(other), 1)
        nodes[place] = other
        fallbacks |= 1 << place
      }
    })
    return { nodes, primaries, fallbacks, down }
  }
}
