/**
 * A planted bug: a leader that does not compare. It carries out every compare-and-set as if it were a modify, so of two that build on the same
 * version both are acknowledged and one is lost. The conformance suite must catch it.
 */
import { expect, it } from 'vitest'
import { COMPARE_AND_SET, MODIFY } from '../../src/history/operation-kinds.js'
import type { Message, Request, Strategy } from '../../src/replication/replica.js'
import { singleLeader } from '../../src/replication/single-leader/single-leader.js'
import { unreplicated } from '../../src/replication/unreplicated.js'
import { calmWorkload, withConditionsAlone } from '../conformance/workloads.js'
import { lostConditions } from '../conformance.js'
import { cellOf } from '../experiment/specs.js'
import { withPlanted } from './planted.js'

const unconditional = (request: Request): Request =>
  request.kind === COMPARE_AND_SET ? { ...request, kind: MODIFY } : request

function blind(strategy: Strategy<never, Message>): unknown {
  const create: typeof strategy.create = (...arguments_) => {
    const replica = strategy.create(...arguments_)
    const onRequest = replica.onRequest.bind(replica)
    replica.onRequest = (request) => onRequest(unconditional(request))
    return replica
  }
  return { ...strategy, create }
}

it.each([
  ['single-leader', singleLeader],
  ['unreplicated', unreplicated],
])('a node of %s that does not compare', (name, strategy) => {
  const cell = cellOf(withConditionsAlone(calmWorkload(name, 1)), 'duration=1s')
  expect(lostConditions(cell)).toBe(0)
  const planted = blind(strategy as unknown as Strategy<never, Message>)
  expect(withPlanted(planted, () => lostConditions(cell))).toBeGreaterThan(0)
})
