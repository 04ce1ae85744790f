/**
 * Replicas of one key that are equally near share its reads, whoever coordinates: of B that a read asks among k, each is asked B / k of the time. All
 * reads are of one key, so no evenness of the ring helps. The client's choice of the coordinator, who asks itself first, goes by the same turns.
 *
 * How sharp it is: of n reads each replica is asked by a share of p = B / k of them; SE = sqrt(p (1 - p) n), and less where coordinators go
 * round; tolerance 4 SE of n = 6,000. An order that goes by the turn as the client does asks one replica always and
 * another every third time, 55 SE away.
 */
import { expect, it } from 'vitest'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'

const READS = 6000

const oneZone = (nodes: number): string => `zones: { a: { nodes: ${nodes} } }, links: { local: 1ms }`
const TWO_ZONES =
  'zones: { a: { nodes: 3, clients: 100% }, b: { nodes: 3, clients: 0% } }, links: { local: 1ms, a--b: 10ms }'

/** How often each replica of zone a was asked. */
function asked(topology: string, coordinator: string, level: string): readonly number[] {
  const { probes } = simulate(
    cellOf(`
seeds: [1]
warmup: 0s
duration: 3s
topology: { ${topology} }
client: { coordinator: ${coordinator} }
workload: { records: 1, operations: { read: 100% }, arrivals: constant(${READS / 3}/s) }
strategies: [ { preset: cassandra-${level}, speculation: none } ]
`),
  )
  const inZone = probes.replicas(0).filter((node) => probes.zoneOfNode[node] === 0)
  return inZone.map((node) => probes.stations[node]?.completions as number)
}

it.each([
  ['token-aware clients', 'quorum', 2, oneZone(3), 'token-aware'],
  ['token-aware clients, with nodes that hold other keys', 'quorum', 2, oneZone(5), 'token-aware'],
  ['clients that go round all nodes', 'quorum', 2, oneZone(3), 'nearest'],
  ['clients that go round all nodes, most of which hold other keys', 'one', 1, oneZone(6), 'nearest'],
  ['token-aware clients of one of two zones', 'local-quorum', 2, TWO_ZONES, 'token-aware'],
  ['clients that go round the nodes of one of two zones', 'local-quorum', 2, TWO_ZONES, 'nearest'],
])('replicas share the reads of %s at %s', (_, level, replicasAsked, topology, coordinator) => {
  const share = replicasAsked / 3
  const tolerance = 4 * Math.sqrt(share * (1 - share) * READS)
  for (const count of asked(topology, coordinator, level))
    expect(Math.abs(count - share * READS), `${count} of ${READS}`).toBeLessThan(tolerance)
})
