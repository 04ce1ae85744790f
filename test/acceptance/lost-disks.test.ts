/**
 * What is lost with disks, to the last increment: under crdt a counter ends at the number of increments that some copy still holds, so it lacks
 * exactly those that the destroyed copies alone held, and these are `lost.durability`; nothing is invented. The same of the elements of
 * sets, as far as nobody asked for their removal. Where disks survive nothing is lost at all.
 */
import { describe, expect, it } from 'vitest'
import type { History } from '../../src/history/history.js'
import { ADD, INCREMENT, REMOVE } from '../../src/history/operation-kinds.js'
import { OK } from '../../src/history/outcomes.js'
import type { Probes } from '../../src/history/probes.js'
import type { Value } from '../../src/history/values.js'
import { collect } from '../../src/results/collect.js'
import { simulate } from '../../src/runner/run-cell.js'
import { workloadIn } from '../conformance/workloads.js'
import { cellOf } from '../runner/cells.js'
import { sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const SEEDS = Array.from({ length: sized(10, 200) }, (_, i) => i + 1)

const rowsOf = (history: History, kind: number): number[] =>
  Array.from({ length: history.count }, (_, id) => id).filter((id) => history.kind[id] === kind)

const finalOf = (probes: Probes, key: number): Value => probes.finals.values(key)[0] as Value

/** Whether some replica still holds the write. */
function isHeld(history: History, id: number): boolean {
  return Array.from({ length: history.copiesPerKey }, (_, replica) => replica).some((replica) =>
    history.hasReceived(id, replica),
  )
}

/** What is in the final counters and not held by anyone, and the reverse. */
function differences(history: History, probes: Probes): number {
  const held = new Map<number, number>()
  for (const id of rowsOf(history, INCREMENT)) {
    const key = history.key[id] as number
    held.set(key, (held.get(key) ?? 0) + (isHeld(history, id) ? 1 : 0))
  }
  let differences = 0
  for (const [key, expected] of held) {
    const value = finalOf(probes, key)
    differences += Math.abs(expected - (typeof value === 'object' && 'count' in value ? value.count : 0))
  }
  const removalAsked = new Set(rowsOf(history, REMOVE).map((id) => history.base[id]))
  for (const id of rowsOf(history, ADD).filter((add) => !removalAsked.has(add))) {
    const value = finalOf(probes, history.key[id] as number)
    const isThere = typeof value === 'object' && 'elements' in value && value.elements.includes(id)
    if (isThere !== isHeld(history, id)) differences++
  }
  return differences
}

describe('crdt', () => {
  it(
    'loses with disks exactly what no other copy held',
    () => {
      let destroyed = 0
      for (const seed of SEEDS) {
        const cell = cellOf(workloadIn('faults that spare one disk of each key', 'crdt', seed))
        const { history, probes, digest } = simulate(cell)
        expect(differences(history, probes), `seed ${seed}`).toBe(0)
        const gone = [...history.destroyed].filter((id) => history.outcome[id] === OK)
        const { ratios } = collect(cell, history, probes, digest)
        expect(ratios['lost.durability']?.[0]).toBe(gone.length)
        const merges = gone.filter((id) => [INCREMENT, ADD].includes(history.kind[id] as number))
        expect(ratios['lost.merges']?.[0]).toBe(merges.length)
        destroyed += gone.length
      }
      expect(destroyed).toBeGreaterThan(0)
    },
    TIMEOUT_MILLISECONDS,
  )

  it(
    'loses and invents nothing where disks survive',
    () => {
      for (const seed of SEEDS) {
        const { history, probes } = simulate(cellOf(workloadIn('faults that keep disks', 'crdt', seed)))
        expect(differences(history, probes), `seed ${seed}`).toBe(0)
        expect(history.destroyed.size).toBe(0)
      }
    },
    TIMEOUT_MILLISECONDS,
  )
})
