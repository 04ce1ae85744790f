/**
 * Stand-ins that coordinate, in whole cells where nodes go down and come back all the time, so that often all replicas of a key are down. Clients send no
 * contexts, so under dotted version vectors no write replaces another, and every one that was acknowledged must be among the siblings of
 * its key in the end; were any event issued twice, one of its two values would be taken for the other, or for one that was replaced. So must every
 * add to a set that is a data type. Disks flush, and a crash undoes what was not flushed; an acknowledged write is durable at two nodes.
 */
import { expect, it } from 'vitest'
import { OK } from '../../../src/history/outcomes.js'
import type { FaultWindow } from '../../../src/history/probes.js'
import { equalValues, type Value } from '../../../src/history/values.js'
import { simulate } from '../../../src/runner/run-cell.js'
import { cellOf } from '../../runner/cells.js'

const SEEDS = Array.from({ length: process.env['QUORATE_LONG'] === '1' ? 20 : 3 }, (_, i) => i + 1)

const cell = (seed: number, operation: string, options: string) =>
  cellOf(`
seeds: [${seed}]
warmup: 0s
duration: 10s
settle: 60s
topology: { zones: { a: { nodes: 5 } }, links: { local: 0.2ms } }
node: { read: 0.05ms, write: 0.05ms, disk: { fsync: 5ms } }
client: { coordinator: round-robin, timeout: 200ms, retries: 5, backoff: 5ms, budget: 100% }
workload: { records: 20, keys: uniform, arrivals: poisson(100/s), operations: { ${operation}: 100% } }
faults: [ { crash: { node: each, every: exponential(500ms), for: exponential(500ms) } } ]
strategies: [ { quorum: { ${options}, versions: dotted, context: none, sloppy: true,
  timeouts: { read: 20ms, write: 20ms, forward: 30ms }, detector: { retry: 50ms }, hints: { every: 100ms }, anti-entropy: { mode: continuous, every: 20ms } } } ]`)

/** Of acknowledged writes those that no replica holds, those that were done while all replicas were down, and keys that differ. */
function count(operation: string, options: string) {
  const counts = { acknowledged: 0, lost: 0, byStandIns: 0, diverged: 0 }
  for (const seed of SEEDS) {
    const { history, probes } = simulate(cell(seed, operation, options))
    const { faults, finals } = probes
    for (let id = 0; id < history.count; id++) {
      if (history.outcome[id] !== OK) continue
      const key = history.key[id] as number
      const [from, to] = [history.intended[id] as number, history.completed[id] as number]
      const isDown = (node: number) =>
        faults.some((fault) => nodeOf(fault) === node && fault.from <= from && fault.to >= to)
      counts.acknowledged++
      if (!finals.values(key).some((value) => idsIn(value).includes(id))) counts.lost++
      if (probes.replicas(key).every(isDown)) counts.byStandIns++
    }
    counts.diverged += finals.writtenKeys.filter((key) => !areEqual(finals.values(key))).length
  }
  return counts
}

const nodeOf = ({ targets }: FaultWindow): number => Number(targets[0]?.replace('a-', '')) - 1

const areEqual = (values: readonly Value[]) => values.every((value) => equalValues(value, values[0] as Value))

function idsIn(value: Value): readonly number[] {
  if (typeof value === 'number') return [value]
  if ('ids' in value) return value.ids
  return 'elements' in value ? value.elements : []
}

it.each([
  ['update', 'put: local-first'],
  ['update', 'put: parallel'],
  ['add', 'put: local-first, merge: data-types'],
])('no acknowledged %s is lost: %s', (operation, options) => {
  const { acknowledged, lost, byStandIns, diverged } = count(operation, options)
  expect(acknowledged).toBeGreaterThan(500 * SEEDS.length)
  // All three are down with 1/8, and the two that are left are up with 1/4.
  expect(byStandIns).toBeGreaterThan(5 * SEEDS.length)
  expect(lost).toBe(0)
  expect(diverged).toBe(0)
})
