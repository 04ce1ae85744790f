/**
 * From a workload file to what came out: the mix and the skew of YCSB's own generators, homes and their locality, each within 4 standard
 * errors of a share of n operations. The shares of records are counts of 2^24 draws by a Java program of our own with YCSB's formulas.
 */
import { describe, expect, it } from 'vitest'
import { READ } from '../../src/history/operation-kinds.js'
import { runCell, simulate } from '../../src/runner/run-cell.js'
import { cellOf } from './cells.js'

const RUN = 'seeds: 1\nwarmup: 0s\nduration: 10s\nstrategies: [unreplicated]\n'

function expectShare(count: number | undefined, n: number, share: number): void {
  expect(Math.abs((count ?? 0) - n * share)).toBeLessThan(4 * Math.sqrt(n * share * (1 - share)))
}

const cellWith = (keys: string) =>
  cellOf(`${RUN}workload:
  { records: 1000, keys: ${keys}, operations: { read: 95%, update: 5% }, arrivals: poisson(3000/s) }`)

describe.each([
  ['ycsb-zipfian', 144, 144, 0.038646],
  ['latest', 999, 999, 0.1294],
  ['latest', 900, 999, 0.69576],
  ['exponential', 900, 999, 0.30417],
  ['hotspot(20% 80%)', 0, 199, 0.8],
])('keys of %s', (keys, first, last, share) => {
  it(`fall on the records ${first} to ${last} as often as in YCSB`, () => {
    const { history } = simulate(cellWith(keys))
    const found = history.key.subarray(0, history.count).filter((key) => key >= first && key <= last)
    expectShare(found.length, history.count, share)
  })
})

it('the mix and the hottest record are told with the result', () => {
  const { realised, operations } = runCell(cellWith('ycsb-zipfian'))
  expectShare(realised?.operations['read'], operations.invoked, 0.95)
  expectShare(realised?.operations['update'], operations.invoked, 0.05)
  expectShare(realised?.records.hottest, operations.invoked, 0.038646)
  expect(realised?.records.existing).toBe(1000)
})

it('clients keep to the records of their zone', () => {
  const { history, probes } = simulate(
    cellOf(`${RUN}topology: { zones: { us: { clients: 70% }, eu: { clients: 30% } }, links: { us--eu: 5ms } }
workload: { records: 100, keys: { law: uniform, locality: 90% }, arrivals: poisson(3000/s) }`),
  )
  const atHome = [0, 0]
  const all = [0, 0]
  for (let id = 0; id < history.count; id++) {
    const zone = probes.clientZone[history.client[id] as number] as number
    all[zone] = (all[zone] as number) + 1
    if ((history.key[id] as number) % 2 === zone) atHome[zone] = (atHome[zone] as number) + 1
  }
  for (const zone of [0, 1]) expectShare(atHome[zone], all[zone] as number, 0.9)
})

it('a law among the records loaded passes over those inserted', () => {
  const text = (among: string) =>
    `${RUN}workload: { records: 10, keys: { law: uniform, among: ${among} }, operations: { read: 50%, insert: 50% }, arrivals: poisson(200/s) }`
  const largestRead = (among: string): number => {
    const { history } = simulate(cellOf(text(among)))
    const keys = history.key.subarray(0, history.count).filter((_, id) => history.kind[id] === READ)
    return Math.max(...keys)
  }
  expect(largestRead('loaded')).toBe(9)
  expect(largestRead('all')).toBeGreaterThan(500)
})
