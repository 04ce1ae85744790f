/**
 * A planted bug: a merge of sets that is through with its work once it has gone through what arrived, and so forgets the tail of what it
 * held. It does no harm while adds arrive in the order of their ids; a concurrent add that arrives late takes others out, and because
 * the context has seen their dots they count as removed. The conformance suite must catch it.
 */
import { expect, it, vi } from 'vitest'
import type { DotStore } from '../../src/replication/crdt/dot-store.js'
import { calmWorkload, faultyWorkload } from '../conformance/workloads.js'
import { violations } from '../conformance.js'
import { cellOf } from '../runner/cells.js'

const planted = vi.hoisted(() => ({ isOn: false }))

vi.mock('../../src/replication/crdt/dot-store.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/replication/crdt/dot-store.js')>()
  const mergeStores = (held: DotStore, delta: DotStore): DotStore => {
    const whole = original.mergeStores(held, delta)
    const last = delta.ids.at(-1)
    if (!planted.isOn || last === undefined) return whole
    const kept = whole.ids.filter((id) => id <= last)
    return { ...whole, ids: kept, dots: whole.dots.slice(0, kept.length) }
  }
  return { ...original, mergeStores }
})

/** The seeds of the suite. */
const SEEDS = [1, 2, 3]

it.each([
  ['no fault', calmWorkload],
  ['partitions and crashes', faultyWorkload],
])('a merge that drops a dot keeps replicas apart under %s', (_name, workload) => {
  const diverged = (): readonly number[] => SEEDS.map((seed) => violations(cellOf(workload('crdt', seed)), 'converges'))
  planted.isOn = false
  expect(diverged()).toEqual(SEEDS.map(() => 0))
  planted.isOn = true
  expect(Math.max(...diverged())).toBeGreaterThan(0)
})
