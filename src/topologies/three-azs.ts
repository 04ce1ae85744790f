/**
 * Three availability zones of one region. Round trips between them take 1 ms: AWS has 0.25 to 3.37 ms (xkyle.com, undated, the best of 50 pings between each
 * two zones of each region), of which 0.92 is the middle by ratio; IBM Cloud has 1.8 to 2.2 ms (2024). Inside a zone they
 * take as long as in a rack. Ways of a few kilometres vary by more than long ones in proportion: 10%, an assumption of
 * ours, as is that a region's own network loses nothing.
 */
import { z } from 'zod'
import { jitter, loss, nodes } from './options.js'
import { LOCAL_MILLISECONDS } from './rack.js'
import { evenLayout, link, localLink, type Topology } from './topology.js'

interface Options {
  readonly nodes: number
  readonly jitter: number
  readonly loss: number
}

const ZONES = ['az-1', 'az-2', 'az-3']
const BETWEEN_MILLISECONDS = 1

export const threeAzs: Topology<Options> = {
  name: 'three-azs',
  summary: 'three availability zones of a region, 1 ms of round trip apart',
  source:
    'round trips between AZs of AWS (xkyle.com, undated) and within a zone of IBM Cloud VPC, 27 July to 25 August 2024',
  zones: ZONES,
  options: z.strictObject({ nodes: nodes(), jitter: jitter(0.1), loss: loss(0) }),
  layOut: (options) =>
    evenLayout(ZONES, options.nodes, (from, to) =>
      from === to ? localLink(LOCAL_MILLISECONDS) : link(BETWEEN_MILLISECONDS, options.jitter, options.loss),
    ),
}
