/** Every registered strategy, with the options that change what it does, under the conformance suite. */
import { expect, it } from 'vitest'
import { catalog } from '../../src/catalog.js'
import { withHardlyAnyContention } from '../conformance/workloads.js'
import { conformance } from '../conformance.js'

const OPTION_SETS: Readonly<Record<string, readonly string[]>> = {
  unreplicated: ['{}'],
  'single-leader': [
    '{}',
    '{ acks: none, reads: follower }',
    '{ copies: 5, acks: all, reads: any }',
    '{ copies: 5, acks: 1, reads: nearest, partitions: ring }',
  ],
  lww: ['{}', '{ copies: 5, timestamps: wall-clock }', '{ copies: 4, leaders: node, partitions: ring }'],
  crdt: ['{}', '{ copies: 5 }', '{ copies: 4, leaders: node, partitions: ring }', '{ registers: mv }'],
  quorum: [
    '{}',
    '{ r: 1, w: 1 }',
    '{ repair: none }',
    '{ repair: blocking }',
    '{ n: 5, r: 3, w: 3, contact: quorum, coordinator: client }',
    '{ n: 4, r: 1, w: 2, coordinator: client, vnodes: 1 }',
    '{ versions: dotted, merge: counter, r: 1 }',
    '{ versions: vectors, context: none, put: local-first, heads: true }',
    '{ versions: dotted, merge: data-types, put: local-first, heads: true }',
    '{ versions: vectors, merge: data-types, w: 1, r: 1 }',
    '{ versions: dotted, merge: last-write, w: 1, repair: blocking }',
    '{ hints: { every: 200ms }, detector: { retry: 200ms }, timeouts: { write: 300ms } }',
    '{ sloppy: true, hints: { every: 200ms }, detector: { kind: phi, gossip: 50ms } }',
  ],
}

const PAXOS = ['{ r: SERIAL, w: QUORUM, serial: SERIAL }', '{ n: 5, r: QUORUM, w: 1, serial: SERIAL, contact: quorum }']

it('every registered strategy is held to the conformance suite', () => {
  expect(Object.keys(OPTION_SETS).sort()).toEqual([...catalog.strategies.names].sort())
})

for (const [name, optionSets] of Object.entries(OPTION_SETS)) {
  for (const options of optionSets) conformance(name, options)
}

for (const options of PAXOS) conformance('quorum', options, withHardlyAnyContention)
