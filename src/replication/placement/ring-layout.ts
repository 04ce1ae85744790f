/**
 * Where nodes stand on a ring: the owner of each of its ranges, in the order of tokens, and where the ranges end.
 *
 * `even`: equal ranges (Dynamo's strategy 3), laid out in rounds, in each of which every node owns one; a round goes through the zones in
 * turn. Equally large zones: from round to round nodes change places, but stay so near their first one that the neighbours of a preference
 * list are distinct. Otherwise the nodes of a zone take each other's places by turns. `random`: every node draws
 * so many tokens and owns the range that ends at each (Dynamo's strategy 1; Cassandra before 4.0 with 256 of them).
 *
 * Only nodes of zones that hold copies stand there. In Cassandra the others have tokens too, which no preference list takes. Left out:
 * more tokens for nodes of greater capacity.
 */
import type { NodeId } from '../../core/ids.js'
import type { Random } from '../../core/random.js'
import type { World } from '../../core/world.js'
import { type Copies, copiesIn } from './preference-list.js'

export type Tokens = 'even' | 'random'

export interface RingLayout {
  /** The node at each range's end. */
  readonly owners: readonly NodeId[]
  /** The last token of each range, ascending; null where all ranges are of one width. */
  readonly tokens: readonly number[] | null
}

/** Passes over a round after which its order has little to do with the first one's. */
const SWAPPING_PASSES = 8

/** `vnodes` equal ranges for each node. */
export function evenLayout(world: World, copies: Copies, vnodes: number, random: Random): RingLayout {
  const orders = world.zones.map((zone, id) => (copiesIn(copies, id) > 0 ? shuffled(zone.nodes, random) : []))
  const zones = orders.filter((nodes) => nodes.length > 0)
  const first = interleaveZones(orders)
  const reach = Math.floor((first.length - neighbours(copies, zones.length)) / 2)
  const areEqual = new Set(zones.map((nodes) => nodes.length)).size === 1
  const rounds = Array.from({ length: vnodes }, (_, i) =>
    areEqual ? reordered(first, reach, world, random) : interleaveZones(orders.map((nodes) => rotated(nodes, i))),
  )
  return { owners: rounds.flat(), tokens: null }
}

/** `vnodes` random tokens for each node, no two alike. */
export function randomLayout(world: World, copies: Copies, vnodes: number, random: Random): RingLayout {
  const nodes = world.zones.flatMap((zone, id) => (copiesIn(copies, id) > 0 ? zone.nodes : []))
  const ownerOf = new Map<number, NodeId>()
  for (const node of nodes) {
    const wanted = ownerOf.size + vnodes
    while (ownerOf.size < wanted) {
      const token = random.next()
      if (!ownerOf.has(token)) ownerOf.set(token, node)
    }
  }
  const tokens = [...ownerOf.keys()].sort((left, right) => left - right)
  return { owners: tokens.map((token) => ownerOf.get(token) as NodeId), tokens }
}

/** Owners one after another among which a preference list finds all its nodes, if they are distinct and zones take turns. */
function neighbours(copies: Copies, zones: number): number {
  return typeof copies === 'number' ? copies : Math.max(...copies) * zones
}

/** The same nodes in another order: none further than `reach` from its place, and every place in its zone. */
function reordered(nodes: readonly NodeId[], reach: number, world: World, random: Random): readonly NodeId[] {
  const zoneAt = (place: number) => world.zoneOf[nodes[place] as NodeId]
  // Where the node at each place came from.
  const origins = nodes.map((_, place) => place)
  for (let i = 0; i < SWAPPING_PASSES * nodes.length; i++) {
    const place = i % nodes.length
    const other = place + random.below(reach + 1)
    if (other >= nodes.length || zoneAt(other) !== zoneAt(place)) continue
    const here = origins[place] as number
    const there = origins[other] as number
    if (Math.abs(there - place) > reach || Math.abs(here - other) > reach) continue
    origins[place] = there
    origins[other] = here
  }
  return origins.map((origin) => nodes[origin] as NodeId)
}

/** All nodes, so that each zone's are spread evenly over the sequence. */
function interleaveZones(zones: readonly (readonly NodeId[])[]): readonly NodeId[] {
  const placed = zones.flatMap((nodes, zone) =>
    nodes.map((node, i) => ({ node, zone, position: (i + 0.5) / nodes.length })),
  )
  placed.sort((left, right) => left.position - right.position || left.zone - right.zone)
  return placed.map((entry) => entry.node)
}

function rotated(nodes: readonly NodeId[], by: number): readonly NodeId[] {
  return nodes.map((_, i) => nodes[(i + by) % nodes.length] as NodeId)
}

function shuffled(nodes: readonly NodeId[], random: Random): readonly NodeId[] {
  const result = [...nodes]
  for (let i = result.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const swapped = result[i] as NodeId
    result[i] = result[j] as NodeId
    result[j] = swapped
  }
  return result
}
