/** `topology` and `node`: zones, their nodes and clients, and the links between them. Without any, three nodes in one zone. */
import type { Cell, CellNode, CellZone } from '../cell.js'
import type { Section } from '../file/section.js'
import { LATER } from './later.js'
import { readLinks } from './links.js'
import { readNode } from './node.js'
import { sharesComplaint, sumText } from './shares.js'

export const MOST_NODES = 1000
const MOST_ZONES = 50
export const ZONE_NAME = /^[\p{L}\p{N}_](?:-?[\p{L}\p{N}_])*$/u
export const LONGEST_NAME = 40

export function readTopology(topology: Section, node: Section): Pick<Cell, 'zones' | 'links'> {
  const zones = readZones(topology, readNode(node))
  const names = zones.map((zone) => zone.name)
  const links = names.length > MOST_ZONES ? [] : readLinks(topology, names)
  topology.end(LATER.topology)
  return { zones, links }
}

function readZones(topology: Section, shared: CellNode): readonly CellZone[] {
  const section = topology.section('zones')
  const names = section.keys.length > 0 ? section.keys : ['local']
  const zones = names.map((name) => readZone(section, name, shared, names.length))
  if (names.length > MOST_ZONES)
    topology.complain('zones', `There are ${names.length} zones, and at most ${MOST_ZONES} are allowed`)
  const nodes = zones.reduce((sum, zone) => sum + zone.nodes, 0)
  const nodesText = sumText(
    zones.map((zone) => String(zone.nodes)),
    String(nodes),
  )
  if (nodes === 0) topology.complain('zones', `The zones have ${nodesText} nodes, and at least 1 is needed`)
  if (nodes > MOST_NODES)
    topology.complain('zones', `The zones have ${nodesText} nodes, and at most ${MOST_NODES} are allowed`)
  const complaint = sharesComplaint(
    'The clients of the zones',
    zones.map((zone) => zone.clients),
  )
  if (complaint !== undefined) topology.complain('zones', complaint)
  return zones
}

function readZone(zones: Section, name: string, shared: CellNode, count: number): CellZone {
  const isReserved = name === 'local' && count > 1
  if (isReserved || name.length > LONGEST_NAME || !ZONE_NAME.test(name)) {
    const why = isReserved
      ? 'links call the inside of a zone local'
      : name.length > LONGEST_NAME
        ? `it has ${name.length} characters, and a name has at most ${LONGEST_NAME}`
        : 'names are letters, digits, _ and single dashes inside'
    zones.complainOfKey(name, `${name} cannot name a zone: ${why}`)
  }
  const zone = zones.section(name, `Zone ${name}`)
  const read: CellZone = {
    name,
    nodes: zone.whole('nodes', 3, 0, MOST_NODES),
    clients: zone.percent('clients', 1 / count),
    node: readNode(zone.section('node', `The node of zone ${name}`), shared),
  }
  zone.end()
  return read
}
