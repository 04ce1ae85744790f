/**
 * One rack: three nodes in one zone, and their clients beside them. Round trips take 0.09 ms, the middle of the 0.08 to 0.10 ms that the
 * documentation of IBM Cloud VPC tells of two machines in one zone (27 July to 25 August 2024); in a rack it is hardly less, because most
 * of it passes in the hosts.
 */
import { z } from 'zod'
import { nodes } from './options.js'
import { evenLayout, localLink, type Topology } from './topology.js'

const ZONES = ['rack']
export const LOCAL_MILLISECONDS = 0.09

export const rack: Topology<{ nodes: number }> = {
  name: 'rack',
  summary: 'one zone, its nodes 0.09 ms of round trip apart',
  source: 'round trips within a zone of IBM Cloud VPC, 27 July to 25 August 2024',
  zones: ZONES,
  options: z.strictObject({ nodes: nodes() }),
  layOut: (options) => evenLayout(ZONES, options.nodes, () => localLink(LOCAL_MILLISECONDS)),
}
