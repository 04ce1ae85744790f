/**
 * Lost updates against what is known of them.
 *
 * C clients that read-modify-write one record in step all read the same value, and of their C writes the one that is ordered last replaces
 * the others unseen: (C - 1) / C are lost, exactly, under every strategy without compare-and-set, the leader included.
 *
 * Two sites under last-write-wins, blind writes at rate lambda at each, constant delay D, stamps by clocks that differ by s: a write at the
 * site whose clock is behind loses to any write of the other site from s before it to D after it, one at the other site to any
 * from D - s after it. Those between s and D before it had been received: it loses to what it had seen. Concurrent
 * are the writes of the other site from D before to D after, whatever the clocks say. Times between Poisson writes make
 * each a share 1 - exp(-lambda x). Writes of one key meet each other: the standard error is a jackknife over the seeds.
 */
import { describe, expect, it } from 'vitest'
import { collect } from '../../src/results/collect.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf, cellsOf } from '../runner/cells.js'
import { expectTruth, pooledRatio } from './estimate.js'
import { LONG, sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const STRATEGIES = [
  'single-leader',
  'lww',
  'crdt',
  'quorum',
  'quorum: { n: 3, r: 1, w: 3, coordinator: client }',
  'unreplicated',
]

const inStep = (strategy: string, clients: number): string => `
seeds: [1]
duration: 30s
topology:
  zones: { local: { nodes: 3, clients: 100% } }
  links: { local: 5ms }
node: { read: 0ms, write: 0ms }
workload: { records: 1, operations: { read-modify-write: 100% }, arrivals: closed(${clients} think 1s) }
strategies: [ ${strategy.includes(':') ? `{ ${strategy} }` : strategy} ]
`

describe('clients that read, modify and write in step', () => {
  it.each(STRATEGIES.flatMap((strategy) => [2, 5, 8].map((clients) => ({ strategy, clients }))))(
    'lose all but one of $clients writes under $strategy',
    ({ strategy, clients }) => {
      const cell = cellOf(inStep(strategy, clients))
      const { history, probes, digest } = simulate(cell)
      const { ratios } = collect(cell, history, probes, digest)
      const writes = ratios['lost.ratio']?.[1] as number
      expect(writes).toBeGreaterThan(25 * clients)
      expect(writes % clients).toBe(0)
      const lost = [(writes * (clients - 1)) / clients, writes]
      expect(ratios).toMatchObject({ 'lost.overwritten': lost, 'lost.rmw': lost, 'lost.ratio': lost })
      expect(ratios['lost.durability']).toEqual([0, writes])
    },
  )
})

const DELAY_MILLISECONDS = 10
const WRITES_PER_MILLISECOND = 0.02
const RECORDS = 20
const SEEDS = sized(10, 20)

const twoSites = (skew: number): string => `
seeds: ${SEEDS}
duration: ${sized(8, 100)}s
topology:
  zones:
    a: { nodes: 1, clients: 50%, node: { clock: { offset: 0ms } } }
    b: { nodes: 1, clients: 50%, node: { clock: { offset: ${skew}ms } } }
  links: { local: 0ms, a--b: ${DELAY_MILLISECONDS}ms }
node: { read: 0ms, write: 0ms }
workload:
  records: ${RECORDS}
  keys: uniform
  operations: { update: 100% }
  arrivals: poisson(${2 * 1000 * WRITES_PER_MILLISECOND * RECORDS}/s)
strategies: [ { lww: { copies: 2, leaders: zone, timestamps: wall-clock } } ]
`

describe('two sites under last write wins', () => {
  it.each([0, DELAY_MILLISECONDS / 2, 2 * DELAY_MILLISECONDS])(
    'lose what the closed form says where clocks differ by %d ms',
    (skew) => {
      const found = cellsOf(twoSites(skew)).map((cell) => {
        const { history, probes, digest } = simulate(cell)
        return collect(cell, history, probes, digest).ratios
      })
      const within = (milliseconds: number) => 1 - Math.exp(-WRITES_PER_MILLISECOND * Math.max(0, milliseconds))
      const delay = DELAY_MILLISECONDS
      const met = within(2 * delay)
      const truths = {
        'lost.overwritten@a': within(delay + skew),
        'lost.overwritten@b': within(delay - skew),
        'lost.overwritten.seen@a': (1 - met) * within(skew - delay),
        'lost.overwritten.seen@b': 0,
        'conflicts.ratio@a': met,
        'conflicts.ratio@b': met,
      }
      for (const [measure, truth] of Object.entries(truths)) {
        const estimate = pooledRatio(found.map((ratios) => ratios[measure] as readonly [number, number]))
        expectTruth(measure, estimate, truth)
        if (LONG && truth > 0) expect(Math.abs(estimate.value / truth - 1), measure).toBeLessThan(0.02)
      }
      expect(found.every((ratios) => ratios['lost.rmw']?.[0] === 0)).toBe(true)
    },
    TIMEOUT_MILLISECONDS,
  )
})
