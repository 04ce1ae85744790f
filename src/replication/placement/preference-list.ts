/**
 * Walks round a ring from one of its ranges (DeCandia et al. 2007, section 4.3): the nodes met, skipping those met before.
 *
 * A number of copies is spread: first one node of every zone, then any others. Copies by zone are Cassandra's NetworkTopologyStrategy with a zone for a data
 * centre: of each zone the first nodes that the walk meets, so many as it is to hold. The list has the order in which they are taken.
 * Left out: racks inside a zone.
 */
import type { NodeId, ZoneId } from '../../core/ids.js'
import type { World } from '../../core/world.js'

/** Nodes that hold a key: so many in all, or so many of each zone. */
export type Copies = number | readonly number[]

export function totalCopies(copies: Copies): number {
  return typeof copies === 'number' ? copies : copies.reduce((sum, count) => sum + count, 0)
}

/** How many of the zone's nodes may hold one key. */
export function copiesIn(copies: Copies, zone: ZoneId): number {
  return typeof copies === 'number' ? copies : (copies[zone] as number)
}

/** `owners` are the nodes at the ends of the ranges; the walk begins with that of the range `start`. */
export function preferenceList(
  owners: readonly NodeId[],
  start: number,
  copies: Copies,
  world: World,
): readonly NodeId[] {
  if (typeof copies === 'number') return spread(owners, start, copies, world)
  const missing = [...copies]
  return walk(owners, start, totalCopies(copies), [], (node) => {
    const zone = world.zoneOf[node] as ZoneId
    if (missing[zone] === 0) return false
    missing[zone] = (missing[zone] as number) - 1
    return true
  })
}

/** The nodes that the same walk meets after those of the list. */
export function fallbackList(owners: readonly NodeId[], start: number, list: readonly NodeId[]): readonly NodeId[] {
  const others = new Set(owners).size - list.length
  return walk(owners, start, list.length + others, list, () => true).slice(list.length)
}

function spread(owners: readonly NodeId[], start: number, copies: number, world: World): readonly NodeId[] {
  const zones = world.zones.filter(({ nodes }) => nodes.length > 0).length
  const taken = new Set<ZoneId>()
  const isOfNewZone = (node: NodeId) => {
    const zone = world.zoneOf[node] as ZoneId
    const isNew = !taken.has(zone)
    taken.add(zone)
    return isNew
  }
  const first = walk(owners, start, Math.min(copies, zones), [], isOfNewZone)
  return walk(owners, start, copies, first, () => true)
}

/** Lengthens the list to `length` nodes, once round the ring at most; `take` is asked of each node that is not in it. */
function walk(
  owners: readonly NodeId[],
  start: number,
  length: number,
  list: readonly NodeId[],
  take: (node: NodeId) => boolean,
): readonly NodeId[] {
  const found = [...list]
  const isFound = new Set(list)
  for (let step = 0; step < owners.length && found.length < length; step++) {
    const node = owners[(start + step) % owners.length] as NodeId
    if (isFound.has(node) || !take(node)) continue
    found.push(node)
    isFound.add(node)
  }
  return found
}
