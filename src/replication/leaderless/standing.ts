/**
 * Who stands at each place of a preference list while one operation lasts. In a strict quorum those are the replicas themselves, some
 * of which the coordinator holds for down; in a sloppy one (DeCandia et al. 2007, section 4.6) the next nodes of the ring that it
 * holds for up stand in for those, and keep what they are sent as hints for them.
 */
import type { Key, NodeId } from '../../core/ids.js'
import type { FailureDetector } from './failure-detector.js'
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
  /** Where everybody is up, one for each preference list. */
  private readonly allUp = new Map<readonly NodeId[], Standing>()

  constructor(
    private readonly placement: QuorumPlacement,
    private readonly detector: FailureDetector,
    private readonly isSloppy: boolean,
  ) {}

  of(key: Key): Standing {
    const primaries = this.placement.replicas(key)
    const { detector } = this
    for (let place = 0; place < primaries.length; place++) {
      if (!detector.isUp(primaries[place] as NodeId)) return this.withSomeDown(key, primaries)
    }
    return this.whereAllAreUp(primaries)
  }

  private whereAllAreUp(primaries: readonly NodeId[]): Standing {
    const known = this.allUp.get(primaries)
    if (known !== undefined) return known
    const made = { nodes: primaries, primaries, fallbacks: 0, down: 0 }
    this.allUp.set(primaries, made)
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
