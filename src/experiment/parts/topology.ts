/**
 * `topology` and `node`: zones, their nodes and clients, and the links between them. Without any, three nodes in one zone. Zones and links of a
 * preset are overridden key by key.
 */
import type { Catalog } from '../../catalog.js'
import type { Cell, CellNode, CellZone } from '../cell.js'
import { type Section, suggestion } from '../file/section.js'
import { readLinks } from './links.js'
import { hardwareOf, readNode } from './node.js'
import { sharesComplaint, sumText } from './shares.js'
import { type NamedLayout, readTopologyPreset } from './topology-preset.js'

export const MOST_NODES = 1000
const MOST_ZONES = 50
export const ZONE_NAME = /^[\p{L}\p{N}_](?:-?[\p{L}\p{N}_])*$/u
export const LONGEST_NAME = 40

export interface ReadTopology extends Pick<Cell, 'zones' | 'links'> {
  readonly presets: readonly UsedPreset[]
}

/** A topology, hardware or preset of a strategy by name, for reports, which tell where its figures come from. */
export interface UsedPreset {
  readonly kind: string
  readonly name: string
  readonly source: string
}

type Zone = Omit<CellZone, 'node'>

interface ReadZone {
  readonly zone: CellZone
  readonly node: Section
}

export function readTopology(topology: Section, node: Section, catalog: Catalog): ReadTopology {
  const { problems } = topology.reading
  const shared = readNode(node, catalog.nodeHardware)
  const before = problems.count
  const preset = readTopologyPreset(topology, catalog.topologies)
  // Any other complaint about the topology would only follow from one about its preset.
  if (problems.count > before) return { zones: [], links: [], presets: [] }
  const read = readZones(topology, shared, catalog, preset)
  const zones = read.map(({ zone }) => zone)
  const names = zones.map((zone) => zone.name)
  const links = names.length > MOST_ZONES ? [] : readLinks(topology, names, preset)
  topology.end()
  const nodes = [node, ...read.map((one) => one.node)]
  const hardware = new Set(nodes.flatMap((section) => hardwareOf(section, catalog.nodeHardware) ?? []))
  const presets = [
    ...(preset === undefined ? [] : [usedPreset(catalog.topologies.kind, preset.topology)]),
    ...[...hardware].map((one) => usedPreset(catalog.nodeHardware.kind, one)),
  ]
  return { zones, links, presets }
}

function usedPreset(kind: string, { name, source }: Omit<UsedPreset, 'kind'>): UsedPreset {
  return { kind, name, source }
}

function readZones(topology: Section, shared: CellNode, catalog: Catalog, preset?: NamedLayout): readonly ReadZone[] {
  const section = topology.section('zones')
  const given = preset === undefined ? zonesOf(section) : preset.zones
  if (preset !== undefined) refuseOtherZones(section, preset)
  const read = given.map((zone) => readZone(section, zone, shared, catalog, given.length))
  const zones = read.map(({ zone }) => zone)
  if (given.length > MOST_ZONES)
    topology.complain('zones', `There are ${given.length} zones, and at most ${MOST_ZONES} are allowed`)
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
  return read
}

function zonesOf({ keys }: Section): readonly Zone[] {
  const names = keys.length > 0 ? keys : ['local']
  return names.map((name) => ({ name, nodes: 3, clients: 1 / names.length }))
}

function refuseOtherZones(zones: Section, { topology, zones: laidOut }: NamedLayout): void {
  const names = laidOut.map((zone) => zone.name)
  for (const key of zones.keys) {
    if (names.includes(key)) continue
    const sentence = `There is no zone ${key} to override${suggestion(key, names)}`
    zones.complainOfKey(key, `${sentence}; with these options ${topology.name} has ${names.join(', ')}`)
  }
}

function readZone(
  zones: Section,
  { name, nodes, clients }: Zone,
  shared: CellNode,
  { nodeHardware }: Catalog,
  count: number,
): ReadZone {
  const isReserved = name === 'local' && count > 1
  if (isReserved || name.length > LONGEST_NAME || !ZONE_NAME.test(name)) {
    const why = isReserved
      ? 'links call the inside of a zone local'
      : name.length > LONGEST_NAME
        ? `it has ${name.length} characters, and a name has at most ${LONGEST_NAME}`
        : 'names are letters, digits, _ and single dashes inside'
    zones.complainOfKey(name, `${name} cannot name a zone: ${why}`)
  }
  const section = zones.section(name, `Zone ${name}`)
  const counts = {
    nodes: section.whole('nodes', nodes, 0, MOST_NODES),
    clients: section.percent('clients', clients),
  }
  const node = section.section('node', `The node of zone ${name}`)
  section.end()
  return { zone: { name, ...counts, node: readNode(node, nodeHardware, shared) }, node }
}
