/**
 * Little's law, L = lambda W, and the response time law of closed loops, X (R + Z) = N. At the one station of `unreplicated`, the time
 * integral of the number in it, which the station keeps for itself, against arrivals and responses as the history tells them: the two
 * sides share no code. They differ only in what crosses the ends of the measured phase, some sojourns of 5 ms (or, of a
 * loop, thinking of 20 ms by 40 sessions) in 60 s: that is the tolerance, and no matter of chance.
 */
import { simulate } from '../../runner/run-cell.js'
import type { Bias, Finding } from './check.js'
import type { Family, Part } from './family.js'
import { cellsOf, simulated } from './simulated.js'

const SECONDS = 60
const SERVICE = '{ concurrency: 2, read: exponential(1ms), write: exponential(1.5ms), queue: 100000 }'
const EDGES: Bias = { value: 0.005, reason: 'what is under way at the ends of the measured phase' }

const stationWorkload = (arrivals: string): string => `
seeds: 1
duration: ${SECONDS}s
topology: { zones: { z: { nodes: 1, clients: 100% } }, links: { local: 0ms } }
node: ${SERVICE}
client: { timeout: 100s }
workload: { records: 1000, keys: uniform, operations: { read: 50%, update: 50% }, arrivals: ${arrivals} }
strategies: [ unreplicated ]
`

const station: Part = {
  name: 'station',
  seconds: 1,
  measure: (seed) => {
    const [cell] = cellsOf(stationWorkload('poisson(1200/s)'), seed)
    if (cell === undefined) throw new Error('A workload has a cell.')
    const { history, probes } = simulate(cell)
    const { measuredFrom, measuredTo } = probes.phases
    let sojourns = 0
    let n = 0
    for (let id = 0; id < history.count; id++) {
      const at = history.intended[id] as number
      if (at < measuredFrom || at >= measuredTo) continue
      sojourns += (history.completed[id] as number) - at
      n++
    }
    const held = probes.stations[0]?.meanInSystem as number
    return [findingOf('lambda W / L at a station of two servers', sojourns / (measuredTo - measuredFrom) / held, n, 1)]
  },
}

const SESSIONS = 40

const loop: Part = {
  name: 'loop',
  seconds: 1,
  measure: (seed) => {
    const { summaries } = simulated(stationWorkload(`closed(${SESSIONS} think 20ms)`), seed)
    const measures = summaries[0]?.measures ?? {}
    const value = (name: string): number => measures[name]?.value ?? Number.NaN
    const reads = measures['read.mean']?.n ?? 0
    const writes = measures['write.mean']?.n ?? 0
    const response = (value('read.mean') * reads + value('write.mean') * writes) / (reads + writes)
    const perMillisecond = value('throughput.ok') / 1000
    const share = (perMillisecond * (response + 20)) / SESSIONS
    return [findingOf(`X (R + Z) / N of ${SESSIONS} sessions that think for 20 ms`, share, reads + writes, 1)]
  },
}

function findingOf(name: string, measured: number, n: number, expected: number): Finding {
  return {
    name,
    unit: '',
    source: 'exact: Little 1961; Denning and Buzen 1978',
    expected,
    measured,
    n,
    spread: null,
    bias: EDGES,
  }
}

export const littlesLaw: Family = {
  name: 'little',
  summary: 'conservation of operations at a station and in a closed loop',
  parts: [station, loop],
}
