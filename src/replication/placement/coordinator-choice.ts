/**
 * Which node a client asks, where the strategy leaves it open: `token-aware` takes a replica of the key, the nearest one; `nearest`
 * any node of the nearest zone; `round-robin` all nodes by turns; `fixed` stays with one node of the nearest zone.
 *
 * When those are down: `token-aware` goes on to the other nodes as near as the replica, which coordinate without holding the key, as the drivers
 * of Cassandra do; `nearest` and `round-robin` have the rest of theirs; `fixed` has none. Clients that fail over go on from there to the
 * next nearest zone.
 */
import type { NodeId, ZoneId } from '../../core/ids.js'
import type { World } from '../../core/world.js'
import type { IsDown, Request } from '../replica.js'
import { byDistance, Candidates, type Tiers, withinReach } from './candidates.js'
import type { HashRing } from './ring.js'

export class CoordinatorChooser {
  private readonly candidates: Candidates
  /** All nodes, by their distance from each zone. */
  private readonly everyone: readonly Tiers[]

  constructor(
    private readonly world: World,
    private readonly ring: HashRing,
  ) {
    const nodes = world.zoneOf.map((_, node) => node)
    this.everyone = world.zones.map((_, zone) => byDistance(world, zone, nodes))
    const groups = world.coordinator === 'token-aware' ? ring.partitions : nodes.length
    this.candidates = new Candidates(world.zones.length, groups, (group, zone) => this.rank(group, zone))
  }

  choose(request: Request, isDown: IsDown | undefined): NodeId {
    return this.candidates.choose(this.groupOf(request), request, isDown)
  }

  /** What the choice depends on besides the zone: the key's partition, the client's place among a zone's nodes, or nothing. */
  private groupOf({ key, zone, client }: Request): number {
    switch (this.world.coordinator) {
      case 'token-aware':
        return this.ring.partitionOf(key)
      case 'fixed':
        return client % this.nearest(zone).length
      default:
        return 0
    }
  }

  private rank(group: number, zone: ZoneId): Tiers {
    const { world } = this
    const everyone = this.everyone[zone] as Tiers
    switch (world.coordinator) {
      case 'token-aware':
        return withinReach(world, byDistance(world, zone, this.ring.replicas(group))).flatMap((replicas) => [
          replicas,
          everyone.find((nodes) => nodes.includes(replicas[0] as NodeId)) as readonly NodeId[],
        ])
      case 'nearest':
        return withinReach(world, everyone)
      case 'round-robin':
        return [everyone.flat().sort((left, right) => left - right)]
      case 'fixed':
        return withinReach(world, [[this.nearest(zone)[group] as NodeId], ...everyone])
    }
  }

  private nearest(zone: ZoneId): readonly NodeId[] {
    return (this.everyone[zone] as Tiers)[0] as readonly NodeId[]
  }
}
