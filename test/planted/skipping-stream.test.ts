/**
 * A planted bug: a stream that skips an entry after it has reconnected. The first batch that a receiver gets, which is the first thing sent after a
 * cut or a crash, reaches it without one of its entries and ends as far on as before. The conformance suite must catch it.
 */
import { expect, it } from 'vitest'
import { crdt } from '../../src/replication/crdt/crdt.js'
import { BATCH, BatchMessage, type LogEntry } from '../../src/replication/log-shipping/messages.js'
import { lww } from '../../src/replication/multi-leader/lww.js'
import type { Message, Replica, Strategy } from '../../src/replication/replica.js'
import { singleLeader } from '../../src/replication/single-leader/single-leader.js'
import { faultyWorkload } from '../conformance/workloads.js'
import { violations } from '../conformance.js'
import { cellOf } from '../runner/cells.js'
import { withPlanted } from './planted.js'

const SEEDS = [1, 2, 3, 4, 5, 6]

/** The second entry of a batch in the place of the first too. */
function withoutFirst(message: Message): Message {
  const { log, first, entries } = message as BatchMessage<LogEntry>
  return entries.length < 2 ? message : new BatchMessage(log, first, [entries[1] as LogEntry, ...entries.slice(1)])
}

function skipping(strategy: Strategy<never, Message>): unknown {
  const create: typeof strategy.create = (...arguments_) => {
    const replica: Replica<Message> = strategy.create(...arguments_)
    const onMessage = replica.onMessage.bind(replica)
    replica.onMessage = (from, message) => onMessage(from, message.kind === BATCH ? withoutFirst(message) : message)
    return replica
  }
  return { ...strategy, create }
}

it.each([
  ['single-leader', singleLeader],
  ['lww', lww],
  ['crdt', crdt],
])('a stream of %s that skips after reconnecting', (name, strategy) => {
  const diverged = () => SEEDS.map((seed) => violations(cellOf(faultyWorkload(name, seed)), 'converges'))
  expect(diverged()).toEqual(SEEDS.map(() => 0))
  expect(Math.max(...withPlanted(skipping(strategy as unknown as Strategy<never, Message>), diverged))).toBeGreaterThan(
    0,
  )
})
