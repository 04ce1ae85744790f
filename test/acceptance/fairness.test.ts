/**
 * Fairness of the dice: the delay of a message depends on what the message is, not on when the strategy happens to send it or on what
 * else is under way. So W = 1 and W = 2 see every write at every replica at the same moment, and differ only in which of them they wait for.
 *
 * Where the client coordinates, datagrams: over tcp the messages that a session's last operation left behind hold up its next, and
 * which session is idle, and so its last operation, does depend on W.
 */
import { describe, expect, it } from 'vitest'
import type { History } from '../../src/history/history.js'
import { isWrite } from '../../src/history/operation-kinds.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'

const workloadOf = (w: number, coordinator: string, transport: string): string => `
seeds: [1]
duration: 10s
topology:
  transport: ${transport}
  zones: { a: { nodes: 3, clients: 50% }, b: { nodes: 2, clients: 30% }, c: { nodes: 3, clients: 20% } }
  links:
    a--b: 5ms + exponential(2ms)
    a--c: 8ms + exponential(2ms)
    b--c: 4ms + lognormal(1ms 1)
node: { concurrency: 1 }
workload: { arrivals: poisson(1000/s) }
strategies: [ { quorum: { n: 3, r: 2, w: ${w}, coordinator: ${coordinator} } } ]
`

describe('the dice', () => {
  it.each([
    { coordinator: 'node', transport: 'tcp' },
    { coordinator: 'node', transport: 'datagram' },
    { coordinator: 'client', transport: 'datagram' },
  ])('are the same for W = 1 and W = 2: coordinator $coordinator, $transport', ({ coordinator, transport }) => {
    const one = simulate(cellOf(workloadOf(1, coordinator, transport))).history
    const two = simulate(cellOf(workloadOf(2, coordinator, transport))).history
    const receipts = receiptsOf(one)
    expect(receipts.length).toBeGreaterThan(5_000)
    expect(receipts.flat().every((receipt) => receipt > 0)).toBe(true)
    expect(receiptsOf(two)).toEqual(receipts)
    // The same weather, and yet another latency.
    expect(sum(two.completed)).toBeGreaterThan(sum(one.completed))
  })
})

/** Of every write, by arrival: when each replica of its key received it, in nanoseconds after its intended start. */
function receiptsOf(history: History): readonly (readonly number[])[] {
  const receipts: number[][] = []
  for (let id = 0; id < history.count; id++) {
    if (!isWrite(history.kind[id] as number)) continue
    const first = history.observed[id] as number
    receipts.push([...history.receipts.slice(first, first + history.copiesPerKey)])
  }
  return receipts
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
