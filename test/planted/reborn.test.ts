/**
 * A planted bug: a node that has lost its disk goes on under the name it had. Its dots and places in logs are then those of writes that
 * others still hold, and pass for them. The conformance suite must catch it, as increments and adds that are lost, copies that differ or
 * an assertion.
 */
import { expect, it } from 'vitest'
import { crdt } from '../../src/replication/crdt/crdt.js'
import type { Strategy } from '../../src/replication/replica.js'
import { singleLeader } from '../../src/replication/single-leader/single-leader.js'
import { workloadIn } from '../conformance/workloads.js'
import { violations } from '../conformance.js'
import { cellOf } from '../runner/cells.js'
import { withPlanted, withReplaced } from './planted.js'

const SEEDS = [1, 2, 3]

/** The strategy with replicas that are told their node's number for an identity. */
function withOldNames(strategy: Strategy<never, never>): unknown {
  const create: typeof strategy.create = (context, ...others) =>
    strategy.create(withReplaced(context, { identity: context.id }), ...others)
  return { ...strategy, create }
}

/** Seeds under which the suite would complain. */
function caught(name: string): readonly number[] {
  return SEEDS.filter((seed) => {
    const cell = cellOf(workloadIn('faults that spare one disk of each key', name, seed))
    try {
      return violations(cell, 'converges') > 0
    } catch {
      return true
    }
  })
}

it.each([
  ['crdt', crdt],
  ['single-leader', singleLeader],
])('a reborn replica of %s with its old identity', (name, strategy) => {
  expect(caught(name)).toEqual([])
  const seeds = withPlanted(withOldNames(strategy as Strategy<never, never>), () => caught(name))
  expect(seeds.length).toBeGreaterThan(0)
})
