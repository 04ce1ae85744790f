/** `topology` and `node` as parts/topology.ts, links.ts and node.ts read them. */

import type { Catalog } from '../../catalog.js'
import { LONGEST_NAME, MOST_NODES, ZONE_NAME } from '../parts/topology.js'
import { choice, described, type JsonSchema, mapping, section, whole } from './json-schema.js'
import { optionsOfAny } from './plugins.js'
import { bandwidth, law, partsPerMillion, percent } from './quantities.js'

const LOCAL = 'lognormal(0.25ms 0.3)'
const TRANSPORT = choice('tcp keeps order and sends again; datagram loses and reorders', ['tcp', 'datagram'], 'tcp')

export const node = ({ nodeHardware }: Catalog): JsonSchema =>
  section('The station, clock and disk of every node', {
    preset: choice('Hardware by name, which the other keys override', nodeHardware.names),
    concurrency: whole('Servers of a node: requests that it works on at a time', 1, 4096, 4),
    read: law('How long a read takes at a node', 'time', 'exponential(0.2ms)'),
    write: law('How long a write takes at a node', 'time', 'exponential(0.3ms)'),
    scan: law('How long a scan takes at a node for each record, beside one read', 'time', '2us'),
    queue: whole('Requests that may wait at a node; beyond it the node refuses', 0, 1_000_000_000, 1000),
    clock: section("The nodes' clocks", {
      offset: law("How far a node's clock is off, drawn once for each", 'time', '0ms'),
      drift: partsPerMillion("Each node's own constant rate, uniform in plus or minus this", '0ppm'),
    }),
    disk: section('The disks; without fsync every write is durable at once', {
      fsync: law('How long a flush takes, after which what it covers is durable', 'time'),
    }),
  })

const zone = (catalog: Catalog): JsonSchema =>
  section('A zone: nodes close together, such as a rack, a data centre or a region', {
    nodes: whole('Nodes of the zone', 0, MOST_NODES, 3),
    clients: percent('The share of clients that live here; those of all zones sum to 100%'),
    node: described(node(catalog), 'What the nodes of this zone have of their own, key by key'),
  })

const leg = (what: string): JsonSchema => law(`One-way delay of ${what}, in place of delay`, 'time')

const linkOptions = {
  type: 'object',
  properties: {
    delay: law('One-way delay', 'time', LOCAL),
    write: leg('writes and replication'),
    writeAck: leg('their acknowledgements'),
    read: leg('read requests'),
    readReply: leg('answers to reads'),
    loss: percent('Probability that a segment or datagram is lost', '0%'),
    bandwidth: bandwidth('What the link carries in a second; absent: no limit'),
    transport: TRANSPORT,
  },
  additionalProperties: false,
}

const link = (description: string, options: JsonSchema): JsonSchema => ({
  description,
  anyOf: [law('One-way delay', 'time'), options],
})

/** A link of a preset, or one way of a link that stands for both, may be overridden key by key, so no delay is required here. */
export function topology(catalog: Catalog): JsonSchema {
  const { topologies } = catalog
  return section('Zones and the links between them; three nodes in one zone if left out', {
    preset: choice('A topology by name; what zones and links say overrides it', topologies.names),
    ...optionsOfAny(topologies),
    transport: TRANSPORT,
    zones: {
      ...mapping('Zones by name', zone(catalog)),
      propertyNames: { pattern: ZONE_NAME.source, maxLength: LONGEST_NAME },
    },
    links: {
      ...mapping(
        'local: inside every zone; a--b: both ways; a->b: one way',
        link('A one-way delay, or more about the link', linkOptions),
      ),
      propertyNames: { pattern: '^local$|--|->' },
    },
  })
}
