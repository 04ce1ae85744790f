/** Closed forms and invariants that the whole simulator must reproduce. */
import { describe, expect, it } from 'vitest'
import { runCell } from '../../src/runner/run-cell.js'
import { cellOf } from './cells.js'

const QUEUE = (servers: number, perSecond: number, law: string) => `
seeds: [1]
duration: 400s
topology: { zones: { z: { nodes: 1, clients: 100% } }, links: { local: 0ms } }
node: { concurrency: ${servers}, read: ${law}, queue: 100000 }
client: { timeout: 100s }
workload: { operations: { read: 100% }, arrivals: poisson(${perSecond}/s) }
strategies: [unreplicated]
`

/** Reference values times the service rate: mean and p99 of the response (staleness.md, Q2 to Q4). */
const QUEUES = [
  { name: 'M/M/1 at .5', servers: 1, perSecond: 500, law: 'exponential(1ms)', mean: 2, p99: 9.21 },
  { name: 'M/M/2 at .5', servers: 2, perSecond: 1000, law: 'exponential(1ms)', mean: 4 / 3, p99: 5.666 },
  { name: 'M/M/4 at .5', servers: 4, perSecond: 2000, law: 'exponential(1ms)', mean: 1.087, p99: 4.764 },
  { name: 'M/D/1 at .5', servers: 1, perSecond: 500, law: '1ms', mean: 1.5, p99: 4.336 },
]

describe('queues', () => {
  // 200,000 correlated responses or more: the standard error is below 0.7% of the mean and 1.2% of p99; four of them.
  it.each(QUEUES)('$name has the mean and the p99 of the closed form', ({ servers, perSecond, law, mean, p99 }) => {
    const { measures } = runCell(cellOf(QUEUE(servers, perSecond, law)))
    expect(Math.abs((measures['read.mean'] as number) / mean - 1)).toBeLessThan(0.028)
    expect(Math.abs((measures['read.p99'] as number) / p99 - 1)).toBeLessThan(0.048)
  })
})

const QUORUM = (r: number, w: number) => `
seeds: [1]
duration: 10s
topology: { zones: { z: { nodes: 5, clients: 100% } }, links: { local: exponential(5ms) } }
workload: { records: 50, keys: uniform, arrivals: poisson(2000/s) }
strategies: [ { quorum: { r: ${r}, w: ${w} } } ]
`

describe('quorums', () => {
  it('R + W > N reads nothing stale, R + W <= N on the same dice does', () => {
    const strict = runCell(cellOf(QUORUM(2, 2))).ratios['stale.ratio'] as readonly [number, number]
    const weak = runCell(cellOf(QUORUM(1, 1))).ratios['stale.ratio'] as readonly [number, number]
    expect(strict[0]).toBe(0)
    expect(strict[1]).toBeGreaterThan(9_000)
    expect(weak[0] / weak[1]).toBeGreaterThan(0.01)
  })
})

const FOLLOWER = (delay: string) => `
seeds: [1]
duration: 60s
topology:
  zones: { a: { nodes: 1, clients: 100% }, b: { nodes: 1, clients: 0% } }
  links: { local: 0ms, a--b: { write: ${delay}, writeAck: 0ms, read: 0ms, readReply: 0ms } }
node: { concurrency: 100, read: 0ms, write: 0ms }
workload: { records: 1, keys: uniform, arrivals: poisson(2000/s) }
strategies: [ { single-leader: { copies: 2, acks: none, reads: follower } } ]
`

describe('an asynchronous follower', () => {
  // Writes of the key come at 1,000/s, so lambda E[D] = 0.7; 30,000 stale reads, allowing for their correlation.
  it.each(['0.7ms', 'exponential(0.7ms)'])('is stale with 1 - exp(-lambda E[D]) for D = %s', (delay) => {
    const [stale, reads] = runCell(cellOf(FOLLOWER(delay))).ratios['stale.ratio'] as readonly [number, number]
    expect(stale).toBeGreaterThan(20_000)
    expect(Math.abs(stale / reads / (1 - Math.exp(-0.7)) - 1)).toBeLessThan(0.02)
  })
})

const MERGES = (strategy: string) => `
seeds: [1]
duration: 6s
topology:
  zones: { a: { nodes: 1, clients: 50% }, b: { nodes: 1, clients: 30% }, c: { nodes: 1, clients: 20% } }
  links: { a--b: 20ms, a--c: 30ms, b--c: 40ms }
workload: { records: 20, operations: { read: 40%, increment: 30%, add: 20%, remove: 10% }, arrivals: poisson(1000/s) }
strategies: [ ${strategy} ]
faults: [ { partition: { isolate: a, at: 2s, for: 1s } }, { crash: { node: b-1, at: 4s, for: 500ms } } ]
`

describe('under a partition and a crash', () => {
  it.each(['single-leader', 'lww', 'crdt'])('%s converges', (strategy) => {
    expect(runCell(cellOf(MERGES(strategy))).measures['diverged.keys']).toBe(0)
  })

  it('crdt loses no increment or add, lww does', () => {
    const crdt = runCell(cellOf(MERGES('crdt'))).ratios['lost.rmw'] as readonly [number, number]
    const lww = runCell(cellOf(MERGES('lww'))).ratios['lost.rmw'] as readonly [number, number]
    expect(crdt[0]).toBe(0)
    expect(crdt[1]).toBeGreaterThan(1_000)
    expect(lww[0]).toBeGreaterThan(0)
  })
})

describe('determinism', () => {
  it('a cell has the same digest with either event queue, and after other cells', () => {
    const cell = cellOf(MERGES('crdt'))
    const alone = runCell(cell).digest
    runCell(cellOf(QUORUM(1, 1)))
    expect(runCell(cell).digest).toBe(alone)
    expect(runCell(cell, { queue: 'heap' }).digest).toBe(alone)
  })
})
