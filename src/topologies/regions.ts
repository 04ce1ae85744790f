/**
 * Topologies whose zones are regions of a cloud, from a published matrix of round-trip times. A region is one zone: its nodes stand in different
 * availability zones of it, as a cautious operator places them, and are all equally far apart. By default three regions on
 * three continents, because all of them at once are more than people replicate over. The delays of long ways vary by 1 to 3% and lose 0.01 to
 * 0.1% of the packets; the defaults are 2% and 0.01%, which we chose within those ranges.
 */
import { z } from 'zod'
import { assert } from '../core/assert.js'
import { jitter, loss, nodes, regions } from './options.js'
import { evenLayout, link, localLink, type Topology } from './topology.js'

/** Each region with the milliseconds of a round trip to those of the later rows, in their order. */
export type RoundTrips = readonly (readonly [region: string, milliseconds: readonly number[]])[]

export interface RegionOptions {
  readonly regions: readonly string[]
  readonly nodes: number
  readonly jitter: number
  readonly loss: number
}

interface Cloud {
  readonly name: string
  readonly summary: string
  readonly source: string
  readonly roundTrips: RoundTrips
  /** Between availability zones of one region. */
  readonly localMilliseconds: number
  readonly initialRegions: readonly string[]
}

export function regionTopology(cloud: Cloud): Topology<RegionOptions> {
  const { name, summary, source, roundTrips, localMilliseconds } = cloud
  const zones = roundTrips.map(([region]) => region)
  return {
    name,
    summary,
    source,
    zones,
    options: z.strictObject({
      regions: regions(name, zones, cloud.initialRegions),
      nodes: nodes(),
      jitter: jitter(0.02),
      loss: loss(0.0001),
    }),
    layOut: (options) =>
      evenLayout(options.regions, options.nodes, (from, to) =>
        from === to
          ? localLink(localMilliseconds)
          : link(roundTripOf(roundTrips, zones.indexOf(from), zones.indexOf(to)), options.jitter, options.loss),
      ),
  }
}

function roundTripOf(roundTrips: RoundTrips, a: number, b: number): number {
  const milliseconds = roundTrips[Math.min(a, b)]?.[1][Math.abs(a - b) - 1]
  assert(milliseconds !== undefined, 'Every two regions have a round-trip time.')
  return milliseconds
}
