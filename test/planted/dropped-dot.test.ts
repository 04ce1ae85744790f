/**
 * A planted bug: a merge of sets that is through with its work once it has gone through what arrived, and so forgets the tail of what it
 * held. It does no harm while adds arrive in the order of their ids; a concurrent add that arrives late takes others out, and because
 * the context has seen their dots they count as removed. The conformance suite must catch it.
 */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { DotStore } from '../../src/replication/crdt/dot-store.js'
import { calmWorkload, faultyWorkload } from '../conformance/workloads.js'
import type * as Conformance from '../conformance.js'
import type * as Cells from '../runner/cells.js'

const MERGE = '../../src/replication/crdt/dot-store.js'
/** The seeds of the suite. */
const SEEDS = [1, 2, 3]

let isOn = false
let suite: { readonly violations: typeof Conformance.violations; readonly cellOf: typeof Cells.cellOf }

// Modules are shared between the files of a run: the planted one, and all that builds on it, is read anew here and forgotten afterwards.
beforeAll(async () => {
  vi.resetModules()
  vi.doMock(MERGE, async (importOriginal) => {
    const original = await importOriginal<typeof import('../../src/replication/crdt/dot-store.js')>()
    const mergeStores = (held: DotStore, delta: DotStore): DotStore => {
      const whole = original.mergeStores(held, delta)
      const last = delta.ids.at(-1)
      if (!isOn || last === undefined) return whole
      const kept = whole.ids.filter((id) => id <= last)
      return { ...whole, ids: kept, dots: whole.dots.slice(0, kept.length) }
    }
    return { ...original, mergeStores }
  })
  const { violations } = await import('../conformance.js')
  const { cellOf } = await import('../runner/cells.js')
  suite = { violations, cellOf }
})

afterAll(() => {
  vi.doUnmock(MERGE)
  vi.resetModules()
})

it.each([
  ['no fault', calmWorkload],
  ['partitions and crashes', faultyWorkload],
])('a merge that drops a dot keeps replicas apart under %s', (_name, workload) => {
  const diverged = (): readonly number[] =>
    SEEDS.map((seed) => suite.violations(suite.cellOf(workload('crdt', seed)), 'converges'))
  isOn = false
  expect(diverged()).toEqual(SEEDS.map(() => 0))
  isOn = true
  expect(Math.max(...diverged())).toBeGreaterThan(0)
})
