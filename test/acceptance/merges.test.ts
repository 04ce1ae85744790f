/**
 * What must survive partitions and crashes once everything has healed and settled: every acknowledged increment and add under `crdt`, counted
 * here from the history and the replicas' final values and not by the measures, and one value per key under every
 * strategy that converges. `lww` on the same dice loses some, so the schedules do bite.
 */
import { describe, expect, it } from 'vitest'
import type { History } from '../../src/history/history.js'
import { ADD, INCREMENT, REMOVE } from '../../src/history/operation-kinds.js'
import { OK, UNKNOWN } from '../../src/history/outcomes.js'
import type { FinalValues } from '../../src/history/probes.js'
import { equalValues } from '../../src/history/values.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellsOf } from '../runner/cells.js'
import { sized } from './workload-run.js'

/** One seed, or five in the long form; two partitions overlap a crash, another crash strikes later. */
const workloadOf = (strategy: string): string => `
seeds: ${sized(1, 5)}
duration: 6s
topology:
  zones: { a: { nodes: 2, clients: 50% }, b: { nodes: 2, clients: 30% }, c: { nodes: 1, clients: 20% } }
  links: { a--b: 20ms + exponential(5ms), a--c: 30ms, b--c: 40ms + exponential(10ms) }
workload:
  records: 20
  operations: { read: 20%, update: 10%, read-modify-write: 10%, increment: 30%, add: 20%, remove: 10% }
  arrivals: poisson(1000/s)
strategies: [ ${strategy} ]
faults:
  - partition: { isolate: a, at: 1s, for: 2s }
  - crash: { node: b-1, at: 2s, for: 500ms }
  - partition: { isolate: c, at: 2500ms, for: 1s }
  - crash: { node: any, at: 4s, for: 1s }
`

const MULTI_LEADER = [
  '{ copies: 3 }',
  '{ copies: 5 }',
  '{ copies: 5, leaders: node }',
  '{ copies: 3, partitions: ring }',
]

describe('under partitions and crashes', () => {
  it.each(MULTI_LEADER)('crdt %s loses no increment and no add', (options) => {
    for (const cell of cellsOf(workloadOf(`{ crdt: ${options} }`))) {
      const { history, probes } = simulate(cell)
      const merges = new Merges(history, probes.finals)
      expect(merges.acknowledged).toBeGreaterThan(1_000)
      expect(merges.lost).toBe(0)
      expect(merges.fromNowhere).toBe(0)
    }
  })

  it.each(MULTI_LEADER)('lww %s loses some of both', (options) => {
    const runs = cellsOf(workloadOf(`{ lww: ${options} }`)).map((cell) => simulate(cell))
    const lost = runs.map(({ history, probes }) => new Merges(history, probes.finals).lost)
    expect(lost.every((count) => count > 0)).toBe(true)
  })

  it.each([
    ...MULTI_LEADER.flatMap((options) => [`{ lww: ${options} }`, `{ crdt: ${options} }`]),
    '{ lww: { timestamps: wall-clock } }',
    ...['none', 1, 'majority', 'all'].map((acks) => `{ single-leader: { acks: ${acks} } }`),
    '{ single-leader: { copies: 5, reads: any, partitions: ring } }',
  ])('%s has one value per key in the end', (strategy) => {
    for (const cell of cellsOf(workloadOf(strategy))) {
      const { finals } = simulate(cell).probes
      expect(finals.writtenKeys.length).toBe(60)
      for (const key of finals.writtenKeys) {
        const [first, ...others] = finals.values(key)
        expect(others.every((other) => first !== undefined && equalValues(first, other))).toBe(true)
      }
    }
  })
})

/** Acknowledged increments and adds against the final values; timed-out ones may have happened or not. */
class Merges {
  acknowledged = 0
  /** Acknowledged, nobody asked for their removal, and some replica lacks them. */
  lost = 0
  /** Held by some replica, and neither acknowledged nor timed out. */
  fromNowhere = 0
  private readonly removalAsked = new Set<number>()

  constructor(
    private readonly history: History,
    finals: FinalValues,
  ) {
    for (let id = 0; id < history.count; id++) {
      if (history.kind[id] === REMOVE) this.removalAsked.add(history.base[id] as number)
    }
    for (const key of finals.writtenKeys) {
      for (const value of finals.values(key)) {
        if (typeof value !== 'number' && 'count' in value) this.count(key, value.count)
        if (typeof value !== 'number' && 'elements' in value) this.compare(key, value.elements)
      }
    }
  }

  private count(key: number, count: number): void {
    const sure = this.rowsOf(key, INCREMENT, [OK]).length
    const possible = this.rowsOf(key, INCREMENT, [OK, UNKNOWN]).length
    this.acknowledged += sure
    this.lost += Math.max(0, sure - count)
    this.fromNowhere += Math.max(0, count - possible)
  }

  private compare(key: number, elements: readonly number[]): void {
    const sure = this.rowsOf(key, ADD, [OK])
    const possible = this.rowsOf(key, ADD, [OK, UNKNOWN])
    this.acknowledged += sure.length
    this.lost += sure.filter((id) => !elements.includes(id) && !this.removalAsked.has(id)).length
    this.fromNowhere += elements.filter((id) => !possible.includes(id)).length
  }

  private rowsOf(key: number, kind: number, outcomes: readonly number[]): readonly number[] {
    const { history } = this
    const rows: number[] = []
    for (let id = 0; id < history.count; id++) {
      if (history.key[id] === key && history.kind[id] === kind && outcomes.includes(history.outcome[id] as number))
        rows.push(id)
    }
    return rows
  }
}
