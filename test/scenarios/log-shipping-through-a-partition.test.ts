/**
 * What a partition of 4 s does to a leader that waits for its one follower, 35 ms away, at 1,000 writes per second; clients wait for ever.
 *
 * Over tcp the outage is longer than the cut. The connection sends its first held segment again after .2, .6, 1.4, 3 and 6.2 s, the
 * fourth time still within the cut, so nothing passes for 2.2 s after the heal: the back-off of RFC 6298, not the log shipping. Over
 * datagrams the sender's own period of 1 s finds the follower sooner. Then some 5,000 entries of backlog go over in batches that double
 * to 512, one for each round trip of 70 ms, so a 35 ms follower catches up at 7,300 entries per second. Nothing is lost or reordered.
 */
import { describe, expect, it } from 'vitest'
import { MICROSECOND, MILLISECOND, SECOND } from '../../src/core/units.js'
import type { History } from '../../src/history/history.js'
import { OK } from '../../src/history/outcomes.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'

const CUT = 2 * SECOND
const HEAL = 6 * SECOND
const ROUND_TRIP = 70 * MILLISECOND

const workloadOf = (transport: string): string => `
seeds: [1]
warmup: 0s
duration: 12s
topology:
  transport: ${transport}
  zones: { us: { nodes: 1, clients: 100% }, eu: { nodes: 1, clients: 0% } }
  links: { local: 0ms, us--eu: 35ms }
node: { write: 0ms }
client: { timeout: 100s }
workload: { operations: { update: 100% }, arrivals: poisson(1000/s) }
strategies: [ { single-leader: { copies: 2, acks: 1 } } ]
faults: [ { partition: { isolate: eu, at: 2s, for: 4s } } ]
`

describe.each(['tcp', 'datagram'])('a partition of 4 s over %s', (transport) => {
  const { history } = simulate(cellOf(workloadOf(transport)))
  const writes = Array.from({ length: history.count }, (_, id) => id)
  const resumed = Math.min(...writes.map((id) => history.completed[id] as number).filter((at) => at > HEAL))

  it('holds up answers and loses none', () => {
    expect(writes.every((id) => history.outcome[id] === OK)).toBe(true)
    expect(writes.some((id) => isBetween(history.completed[id] as number, CUT + ROUND_TRIP, HEAL))).toBe(false)
  })

  it('ends when the transport, or else the sender, tries again', () => {
    if (transport === 'tcp') {
      // First come the acknowledgements that were under way when the cut began, held since the first of them met it.
      const afterLastTry = resumed - CUT - 6200 * MILLISECOND
      expect(isBetween(afterLastTry, ROUND_TRIP / 2, ROUND_TRIP / 2 + 5 * MILLISECOND)).toBe(true)
    } else {
      expect(resumed).toBeLessThan(HEAL + SECOND + ROUND_TRIP)
    }
  })

  it('is followed by a short catching up, and then by live entries again', () => {
    const backlog = writes.filter((id) => isBetween(history.intended[id] as number, CUT, resumed)).length
    const batches = backlog / (512 - 1000 * (ROUND_TRIP / SECOND)) + 4
    const live = resumed + batches * ROUND_TRIP
    const later = writes.filter((id) => (history.intended[id] as number) > live)
    expect(later.length).toBeGreaterThan(1_000)
    expect(
      later.every((id) => (history.completed[id] as number) - (history.intended[id] as number) === ROUND_TRIP),
    ).toBe(true)
  })

  it('leaves the order of the log alone', () => {
    const followed = writes.map((id) => receivedByFollower(history, id))
    expect(followed.every((at, i) => i === 0 || at >= (followed[i - 1] as number) - MICROSECOND)).toBe(true)
  })
})

/** Receipts are kept in single precision, to within a microsecond here. */
function receivedByFollower(history: History, id: number): number {
  return (history.intended[id] as number) + (history.receipts[(history.observed[id] as number) + 1] as number)
}

function isBetween(time: number, from: number, to: number): boolean {
  return time > from && time < to
}
