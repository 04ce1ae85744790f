/**
 * Whom a client may ask, best first: tiers of nodes, ranked once for each group of keys and each zone of clients. Nodes of one tier take turns, by a
 * number that the workload gives (`Request.turn`), so the choice is the same whatever else happens; a retry has the next turn.
 *
 * A node that the clients hold for down is passed over while any other candidate is up, and those that are up share its turns evenly. If all
 * are down one is asked all the same, by turns over all, because only asking shows that a node is back.
 * While nothing is held for down this is one look into a table.
 */
import type { NodeId, ZoneId } from '../../core/ids.js'
import type { World } from '../../core/world.js'
import type { IsDown, Request } from '../replica.js'

export type Tiers = readonly (readonly NodeId[])[]

export class Candidates {
  private readonly ranked: (Tiers | null)[]

  constructor(
    private readonly zones: number,
    groups: number,
    /** The first tier is never empty. */
    private readonly rank: (group: number, zone: ZoneId) => Tiers,
  ) {
    this.ranked = new Array(zones * groups).fill(null)
  }

  /** `isDown` is absent while no node is held for down. */
  choose(group: number, { zone, turn }: Request, isDown: IsDown | undefined): NodeId {
    const place = group * this.zones + zone
    const tiers = this.ranked[place] ?? this.rankAt(place, group, zone)
    if (isDown !== undefined) return firstUp(tiers, turn, isDown)
    const nodes = tiers[0] as readonly NodeId[]
    return nodes[turn % nodes.length] as NodeId
  }

  private rankAt(place: number, group: number, zone: ZoneId): Tiers {
    const tiers = this.rank(group, zone)
    this.ranked[place] = tiers
    return tiers
  }
}

/** Nodes by their distance from `zone`, equally near ones together in the order given; one of the zone itself comes first whatever the delays say. */
export function byDistance(world: World, zone: ZoneId, nodes: readonly NodeId[]): Tiers {
  const distance = (node: NodeId): number => {
    const other = world.zoneOf[node] as ZoneId
    return other === zone ? -1 : world.distance(zone, other)
  }
  const distances = [...new Set(nodes.map(distance))].sort((left, right) => left - right)
  return distances.map((one) => nodes.filter((node) => distance(node) === one))
}

/** The tiers that clients go to: beyond the nearest only if they fail over. */
export function withinReach(world: World, tiers: Tiers): Tiers {
  return world.failOver ? tiers : tiers.slice(0, 1)
}

function firstUp(tiers: Tiers, turn: number, isDown: IsDown): NodeId {
  for (const tier of tiers) {
    const up = countUp(tier, isDown)
    if (up > 0) return nthUp(tier, turn % up, isDown)
  }
  // A node may stand in two tiers.
  const all = [...new Set(tiers.flat())]
  return all[turn % all.length] as NodeId
}

function countUp(tier: readonly NodeId[], isDown: IsDown): number {
  let count = 0
  for (let i = 0; i < tier.length; i++) if (!isDown(tier[i] as NodeId)) count++
  return count
}

function nthUp(tier: readonly NodeId[], n: number, isDown: IsDown): NodeId {
  let i = 0
  for (let before = 0; ; i++) if (!isDown(tier[i] as NodeId) && before++ === n) break
  return tier[i] as NodeId
}
