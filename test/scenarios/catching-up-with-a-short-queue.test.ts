/**
 * A follower whose service queue is far shorter than a batch of the log still catches up after a crash, and as fast as it can serve. Two
 * servers with 1 ms of work for each entry do 2,000 a second, so some 1,500 entries of backlog take a second at least. The client is in the
 * leader's zone and the leader's own queue is long: nothing else is turned away.
 */
import { describe, expect, it } from 'vitest'
import { SECOND } from '../../src/core/units.js'
import { collect } from '../../src/results/collect.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'

const workloadOf = (queue: number): string => `
seeds: [1]
warmup: 0s
duration: 4s
topology:
  zones:
    a: { nodes: 1, clients: 100% }
    b: { nodes: 1, clients: 0%, node: { concurrency: 2, queue: ${queue}, write: 1ms } }
  links: { local: 0ms, a--b: 10ms }
node: { write: 0ms }
workload: { operations: { update: 100% }, arrivals: poisson(500/s) }
strategies: [ { single-leader: { copies: 2, acks: none } } ]
faults: [ { crash: { node: b-1, at: 1s, for: 2900ms } } ]
`

describe('a follower that is back after a crash', () => {
  it.each([1000, 20, 2, 0])('catches up with room for %i in its queue', (queue) => {
    const cell = cellOf(workloadOf(queue))
    const { history, probes, digest } = simulate(cell)
    const settled = Math.max(...history.settled.slice(0, history.count))
    expect(collect(cell, history, probes, digest).measures['diverged.keys']).toBe(0)
    expect(settled).toBeGreaterThan(4.7 * SECOND)
    expect(settled).toBeLessThan(6 * SECOND)
  })
})
