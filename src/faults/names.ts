/**
 * What users call nodes and zones. A node is called by its zone and its number there, from 1: `us-1`. Where a zone has the name of a node,
 * the name means the node.
 */
import type { PartyId } from '../core/flow.js'
import type { NodeId } from '../core/ids.js'
import type { World } from '../core/world.js'

const MOST_LISTED = 20

/** The name of every node, by node. */
export function nodeNames(world: World): readonly string[] {
  const names: string[] = []
  for (const zone of world.zones)
    zone.nodes.forEach((node, i) => {
      names[node] = `${zone.name}-${i + 1}`
    })
  return names
}

/** The node of that name, or all nodes of the zone; none if there is neither. */
export function nodesNamed(name: string, world: World): readonly NodeId[] {
  const node = nodeNames(world).indexOf(name)
  if (node >= 0) return [node]
  return world.zones.find((zone) => zone.name === name)?.nodes ?? []
}

/** The node of that name, or all nodes and the clients of the zone; none if there is neither. */
export function partiesNamed(name: string, world: World): readonly PartyId[] {
  const zone = world.zones.findIndex((one) => one.name === name)
  const nodes = nodesNamed(name, world)
  const isZone = zone >= 0 && !nodeNames(world).includes(name)
  return isZone ? [...nodes, world.zoneOf.length + zone] : nodes
}

/** The name of the node, or `the clients of` the zone. */
export function partyName(party: PartyId, world: World): string {
  const nodes = world.zoneOf.length
  return nodeNames(world)[party] ?? `the clients of ${world.zones[party - nodes]?.name}`
}

export function allParties(world: World): readonly PartyId[] {
  return Array.from({ length: world.zoneOf.length + world.zones.length }, (_, party) => party)
}

/** A sentence about the first name of `option` that is neither a node's nor a zone's, or `undefined`. */
export function unknownName(option: string, names: readonly string[], world: World): string | undefined {
  const unknown = names.find((name) => partiesNamed(name, world).length === 0)
  if (unknown === undefined) return undefined
  const zones = world.zones.map((zone) => zone.name)
  return `${option}: there is no zone or node ${unknown}; the zones are ${some(zones)}, the nodes ${some(nodeNames(world))}`
}

export function some(names: readonly string[]): string {
  const rest = names.length - MOST_LISTED
  return [...names.slice(0, MOST_LISTED), ...(rest > 0 ? [`${rest} more`] : [])].join(', ')
}
