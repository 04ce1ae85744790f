/**
 * A planted bug: a merge of sets that is through with its work once it has gone through what arrived, and so forgets the tail of what it
 * held. It does no harm while adds arrive in the order of their ids; a concurrent add that arrives late takes others out, and because
 * the context has seen their dots they count as removed. It is planted where the merged state is stored. The conformance suite must catch it.
 */
import { expect, it } from 'vitest'
import { crdt } from '../../src/replication/crdt/crdt.js'
import type { CrdtState } from '../../src/replication/crdt/state.js'
import type { ObjectColumn } from '../../src/replication/disk.js'
import type { Strategy } from '../../src/replication/replica.js'
import { calmWorkload, faultyWorkload } from '../conformance/workloads.js'
import { violations } from '../conformance.js'
import { cellOf } from '../runner/cells.js'
import { withPlanted, withReplaced } from './planted.js'

/** The seeds of the suite. */
const SEEDS = [1, 2, 3]

/** Of the set the elements up to the last that has come in, where any has. */
function withoutTail(held: CrdtState | undefined, merged: CrdtState): CrdtState {
  if (held?.type !== 'set' || merged.type !== 'set') return merged
  const { set } = merged
  const last = set.ids.filter((id) => !held.set.ids.includes(id)).at(-1) ?? Number.POSITIVE_INFINITY
  const ids = set.ids.filter((id) => id <= last)
  return { ...merged, set: { ...set, ids, dots: set.dots.slice(0, ids.length) } }
}

const forgetful = (states: ObjectColumn<CrdtState>): ObjectColumn<CrdtState> =>
  withReplaced(states, { set: (key, state) => states.set(key, withoutTail(states.get(key), state)) })

const real = crdt as unknown as Strategy<never, never>
const planted: typeof real = {
  ...real,
  create: (context, ...others) => {
    const { disk } = context
    const objects = (name: string) => (name === 'states' ? forgetful(disk.objects(name)) : disk.objects(name))
    return real.create(withReplaced(context, { disk: withReplaced(disk, { objects: objects as never }) }), ...others)
  },
}

it.each([
  ['no fault', calmWorkload],
  ['partitions and crashes', faultyWorkload],
])('a merge that drops a dot keeps replicas apart under %s', (_name, workload) => {
  const diverged = () => SEEDS.map((seed) => violations(cellOf(workload('crdt', seed)), 'converges'))
  expect(diverged()).toEqual(SEEDS.map(() => 0))
  expect(Math.max(...withPlanted(planted, diverged))).toBeGreaterThan(0)
})
