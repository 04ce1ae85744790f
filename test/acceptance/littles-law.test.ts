/**
 * Little's law at every station: its own time integral of the number in it, against arrivals and sojourns as the history tells them
 * (L = lambda W). The two sides share no code. They differ only in what crosses the ends of the measured phase, some sojourns of 5 ms
 * in 60 s, so 1% is loose, and not a matter of chance.
 *
 * A quorum's stations are seen through receipts (written once a service ends), or, with one copy, through response times;
 * the rest of each path has a constant delay.
 */
import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../src/core/units.js'
import type { History } from '../../src/history/history.js'
import type { Probes } from '../../src/history/probes.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'

const workloadOf = (nodes: number, legs: string, strategy: string, arrivals: string, operations: string): string => `
seeds: [1]
duration: 60s
topology: { zones: { z: { nodes: ${nodes}, clients: 100% } }, links: { local: ${legs} } }
node: { concurrency: 2, read: exponential(1ms), write: exponential(1.5ms), queue: 100000 }
client: { timeout: 100s }
workload: { records: 1000, keys: uniform, operations: ${operations}, arrivals: ${arrivals} }
strategies: [ ${strategy} ]
`

describe("Little's law", () => {
  it('holds at the one station of unreplicated', () => {
    const text = workloadOf(1, '0ms', 'unreplicated', 'poisson(1200/s)', '{ read: 50%, update: 50% }')
    expectLaw(text, (history, _probes, id, add) => add(0, responseOf(history, id)))
  })

  it('holds at every station of a quorum cluster that writes three copies', () => {
    const quorum = '{ quorum: { w: 1, coordinator: client } }'
    const text = workloadOf(5, '1ms', quorum, 'poisson(1500/s)', '{ update: 100% }')
    expectLaw(text, (history, probes, id, add) => {
      const first = history.observed[id] as number
      probes.replicas(history.key[id] as number).forEach((node, i) => {
        add(node, (history.receipts[first + i] as number) - MILLISECOND)
      })
    })
  })

  it('holds at every station of a quorum cluster that reads and writes one copy', () => {
    const quorum = '{ quorum: { n: 1, r: 1, w: 1, coordinator: client } }'
    const text = workloadOf(5, '1ms', quorum, 'poisson(4000/s)', '{ read: 50%, update: 50% }')
    expectLaw(text, (history, probes, id, add) => {
      add(probes.replicas(history.key[id] as number)[0] as number, responseOf(history, id) - 2 * MILLISECOND)
    })
  })
})

type Visits = (history: History, probes: Probes, id: number, add: (node: number, sojourn: number) => void) => void

/** `visits` says at which nodes an operation was served, and for how many nanoseconds it was there. */
function expectLaw(text: string, visits: Visits): void {
  const { history, probes } = simulate(cellOf(text))
  const { measuredFrom, measuredTo } = probes.phases
  const sojourns = probes.stations.map(() => 0)
  for (let id = 0; id < history.count; id++) {
    const at = history.intended[id] as number
    if (at < measuredFrom || at >= measuredTo) continue
    visits(history, probes, id, (node, sojourn) => {
      sojourns[node] = (sojourns[node] as number) + sojourn
    })
  }
  for (const { node, meanInSystem, completions } of probes.stations) {
    expect(completions).toBeGreaterThan(30_000)
    const ratio = (sojourns[node] as number) / (measuredTo - measuredFrom) / meanInSystem
    expect(Math.abs(ratio - 1), `lambda W over L at node ${node}: ${ratio}`).toBeLessThan(0.01)
  }
}

function responseOf(history: History, id: number): number {
  return (history.completed[id] as number) - (history.intended[id] as number)
}
