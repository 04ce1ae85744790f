/**
 * Which node a client asks, where the strategy leaves it open: `token-aware` takes a replica of the key, the nearest one; `nearest`
 * any node of the nearest zone; `round-robin` all nodes by turns; `fixed` stays with one node of the nearest zone. Equally near nodes
 * take turns, by a number that the workload gives (`Request.turn`), so that the choice is the same whatever else happens.
 */
import type { NodeId, ZoneId } from '../../core/ids.js'
import type { World } from '../../core/world.js'
import type { Request } from '../replica.js'

export class CoordinatorChooser {
  /** All nodes of the zone that is nearest to each zone and has nodes. */
  private readonly nearest: readonly (readonly NodeId[])[]

  constructor(private readonly world: World) {
    this.nearest = world.zones.map((_, zone) => nearestOf(world, zone, allNodes(world)))
  }

  choose(request: Request, replicas: readonly NodeId[]): NodeId {
    switch (this.world.coordinator) {
      case 'token-aware':
        return byTurn(nearestOf(this.world, request.zone, replicas), request)
      case 'nearest':
        return byTurn(this.nearest[request.zone] as readonly NodeId[], request)
      case 'round-robin':
        return request.turn % this.world.zoneOf.length
      case 'fixed': {
        const nodes = this.nearest[request.zone] as readonly NodeId[]
        return nodes[request.client % nodes.length] as NodeId
      }
    }
  }
}

/** Of `nodes`, those at the smallest distance from `zone`, in the order given. */
export function nearestOf(world: World, zone: ZoneId, nodes: readonly NodeId[]): readonly NodeId[] {
  let best = Number.POSITIVE_INFINITY
  let result: NodeId[] = []
  for (const node of nodes) {
    const distance = distanceTo(world, zone, node)
    if (distance < best) {
      best = distance
      result = [node]
    } else if (distance === best) {
      result.push(node)
    }
  }
  return result
}

/** One of several equal nodes, by turns. */
export function byTurn(nodes: readonly NodeId[], request: Request): NodeId {
  return nodes[request.turn % nodes.length] as NodeId
}

/** A node of the same zone is nearest whatever the delays say. */
function distanceTo(world: World, zone: ZoneId, node: NodeId): number {
  const other = world.zoneOf[node] as ZoneId
  return other === zone ? -1 : world.distance(zone, other)
}

function allNodes(world: World): readonly NodeId[] {
  return world.zoneOf.map((_, node) => node)
}
