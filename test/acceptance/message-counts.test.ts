/**
 * What each operation of each preset costs in messages, in the whole simulator: one client at a time, who thinks far longer than anything takes to
 * settle, speculation off; counts are exact, of one operation each, through every node of the client's zone in turn. Gossip and tree
 * exchanges are apart, by what the nodes say of them, and so are the hops of the client, one there and one back.
 *
 * The law: N replicas, of which the coordinator is one (on the preference list) or is not (off it). A message to oneself is none.
 * - Cassandra's StorageProxy, Scylla's: a write is 2 (N - self) in the coordinator's zone and 1 + (N - 1) + N for N in another: one request over the
 *   long link, handed on to the others there, and an acknowledgement of each. A read is 2 (blockFor - self), and 0 where ONE is itself.
 * - Dynamo (DeCandia et al. 2007, section 4.5), Riak KV's FSMs: a write is 2 (N - 1) from a coordinator on the list; off it, 2 more for the
 *   request handed on and its answer. Dynamo's read is 2 (N - self), whatever R. Riak's is as many heads, and a body: 2 more where it is not at home.
 * - Voldemort's client coordinates (Bailis et al. 2012): 2 N, and it is off every list.
 * - Paxos (Cassandra's `cas`): N prepare, M = majority read, N propose, N commit. A read at SERIAL commits nothing. Below, where it is written out.
 *
 * Left out: what failures add (hints, repairs, retries), which other tests count.
 */
import { describe, expect, it } from 'vitest'
import type { NodeId } from '../../src/core/ids.js'
import { OK } from '../../src/history/outcomes.js'
import { presets } from '../../src/presets/index.js'
import { HEADER_BYTES } from '../../src/replication/message-bytes.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'

/** Some nodes of zone a hold the one key, and some do not. */
const ONE_ZONE = 'zones: { a: { nodes: 5 } }, links: { local: 1ms }'
const TWO_ZONES =
  'zones: { a: { nodes: 4, clients: 100% }, b: { nodes: 4, clients: 0% } }, links: { local: 1ms, a--b: 10ms }'

const VALUE_BYTES = 1000

const workloadOf = (place: string, entry: string, kind: string, turn: number): string => `
seeds: [1]
# Operation number \`turn\`, and nothing else, begins in the measured phase, which is over only when all has long been quiet.
warmup: ${10 * turn - 5}s
duration: 10s
topology: { ${place} }
node: { read: 0ms, write: 0ms }
client: { timeout: 1s, coordinator: nearest }
workload: { records: 1, values: ${VALUE_BYTES}B, operations: { ${kind}: 100% }, arrivals: closed(1 think 10s) }
strategies: [ ${entry} ]
`

const BEGIN_WITH_A_READ = ['compare-and-set', 'read-modify-write']

interface Cost {
  /** Whether the coordinator is, of the first row. */
  readonly isOnList: boolean
  readonly messages: number
  readonly wanBytes: number
}

/** Of the operation that goes through the node whose turn it is; turns count from 0, and that of 0 begins with the cell. */
function costOf(place: string, entry: string, kind: string, turn: number): Cost {
  const { history, probes } = simulate(cellOf(workloadOf(place, entry, kind, turn)))
  const { measuredFrom, measuredTo } = probes.phases
  const rows = Array.from({ length: history.count }, (_, id) => id).filter(
    (id) => measuredFrom <= (history.intended[id] as number) && (history.intended[id] as number) < measuredTo,
  )
  expect(rows).toHaveLength(BEGIN_WITH_A_READ.includes(kind) ? 2 : 1)
  expect(rows.map((id) => history.outcome[id])).toEqual(rows.map(() => OK))
  const asked = history.node[rows[0] as number] as NodeId
  const { messages, wanBytes, background = {} } = probes.traffic
  const inBackground = (purpose: string) => background[purpose]?.messages ?? 0
  for (const purpose of ['read-repair', 'hints', 'anti-entropy']) expect(inBackground(purpose)).toBe(0)
  const ofClients = asked < 0 ? 0 : 2 * rows.length
  return {
    isOnList: probes.replicas(0).includes(asked),
    messages: messages - inBackground('gossip') - inBackground('tree-exchange') - ofClients,
    wanBytes,
  }
}

/** Of zone a. */
const NODES: Readonly<Record<string, number>> = { [ONE_ZONE]: 5, [TWO_ZONES]: 4 }

/** The distinct costs of coordinators on the list, and off it. */
function costs<T>(place: string, entry: string, kind: string, what: (cost: Cost) => T): readonly [T[], T[]] {
  const all = Array.from({ length: NODES[place] as number }, (_, i) => costOf(place, entry, kind, i + 1))
  const of = (isOnList: boolean) => [...new Set(all.filter((cost) => cost.isOnList === isOnList).map(what))]
  return [of(true), of(false)]
}

const withoutSpeculation = (preset: string): string => `{ preset: ${preset}, speculation: none }`

const messages = (place: string, preset: string, kind: string) =>
  costs(place, withoutSpeculation(preset), kind, (cost) => cost.messages)

/** By preset and kind of operation, for a coordinator on the preference list and off it. */
type Row = readonly [string, string, number, number]

const IN_ONE_ZONE: readonly Row[] = [
  // Cassandra: 2 (N - self) whatever the level.
  ['cassandra-any', 'update', 4, 6],
  ['cassandra-one', 'update', 4, 6],
  ['cassandra-two', 'update', 4, 6],
  ['cassandra-three', 'update', 4, 6],
  ['cassandra-quorum', 'update', 4, 6],
  ['cassandra-local-one', 'update', 4, 6],
  ['cassandra-local-quorum', 'update', 4, 6],
  ['cassandra-each-quorum', 'update', 4, 6],
  ['cassandra-all', 'update', 4, 6],
  ['cassandra-serial', 'update', 4, 6],
  ['scylla-local-quorum', 'update', 4, 6],
  // 2 (N - 1), and the request handed on and answered.
  ['dynamo', 'update', 4, 6],
  ['riak-default', 'update', 4, 6],
  ['riak-typed', 'update', 4, 6],
  ['riak-lww', 'update', 4, 6],
  // 2 (blockFor - self). ANY is none for reads, which are at ONE.
  ['cassandra-any', 'read', 0, 2],
  ['cassandra-one', 'read', 0, 2],
  ['cassandra-two', 'read', 2, 4],
  ['cassandra-three', 'read', 4, 6],
  ['cassandra-quorum', 'read', 2, 4],
  ['cassandra-local-one', 'read', 0, 2],
  ['cassandra-local-quorum', 'read', 2, 4],
  ['cassandra-each-quorum', 'read', 2, 4],
  ['cassandra-all', 'read', 4, 6],
  ['scylla-local-quorum', 'read', 2, 4],
  // 2 (N - self), whatever R.
  ['dynamo', 'read', 4, 6],
  // 2 (N - self) heads, and 2 for the body that is not at home.
  ['riak-default', 'read', 4, 8],
  ['riak-typed', 'read', 4, 8],
  ['riak-lww', 'read', 4, 8],
  // A data type is added to without a read before it.
  ['riak-typed', 'increment', 4, 6],
  ['riak-typed', 'add', 4, 6],
  // Dynamo's write goes to the replica that answered the read fastest, so it is never handed on: 4 + 4, and 6 + 4. Riak's is: 4 + 4, and 8 + 6.
  ['dynamo', 'read-modify-write', 8, 10],
  ['riak-default', 'read-modify-write', 8, 14],
  // Prepare 2 (N - self), propose nothing 2 (N - self), read 2 (M - self) with M = 2: 4 + 4 + 2, and 6 + 6 + 4.
  ['cassandra-serial', 'read', 10, 16],
  // The read before it, then prepare, read, propose, commit: 10 + (4 + 2 + 4 + 4), and 16 + (6 + 4 + 6 + 6).
  ['cassandra-serial', 'compare-and-set', 24, 38],
  // The same after a plain read: 2 + 14, and 4 + 22.
  ['cassandra-quorum', 'compare-and-set', 16, 26],
  ['cassandra-local-quorum', 'compare-and-set', 16, 26],
  ['scylla-local-quorum', 'compare-and-set', 16, 26],
]

/** 2 N, and no coordinator is on the list. */
const OF_CLIENTS: readonly (readonly [string, string, number])[] = [
  ['voldemort', 'update', 6],
  ['voldemort', 'read', 6],
]

describe('messages per operation in one zone, N = 3', () => {
  it('are told of every preset', () => {
    const told = new Set([...IN_ONE_ZONE, ...OF_CLIENTS].map(([preset, kind]) => `${preset} ${kind}`))
    for (const preset of presets.names)
      for (const kind of ['read', 'update']) expect(told).toContain(`${preset} ${kind}`)
  })

  it.each(IN_ONE_ZONE)('%s: %s takes %i on the preference list and %i off it', (preset, kind, on, off) => {
    expect(messages(ONE_ZONE, preset, kind)).toEqual([[on], [off]])
  })

  it.each(OF_CLIENTS)('%s: %s takes %i, as the client coordinates', (preset, kind, off) => {
    expect(messages(ONE_ZONE, preset, kind)).toEqual([[], [off]])
  })
})

describe('messages per operation in two zones of N = 3', () => {
  it.each([
    // 2 (3 - self) here, and 1 request + 2 handed on + 3 acknowledgements of the other zone, whatever the level.
    ['cassandra-any', 'update', 10, 12],
    ['cassandra-one', 'update', 10, 12],
    ['cassandra-two', 'update', 10, 12],
    ['cassandra-three', 'update', 10, 12],
    ['cassandra-quorum', 'update', 10, 12],
    ['cassandra-local-one', 'update', 10, 12],
    ['cassandra-local-quorum', 'update', 10, 12],
    ['cassandra-each-quorum', 'update', 10, 12],
    ['cassandra-all', 'update', 10, 12],
    ['cassandra-serial', 'update', 10, 12],
    ['scylla-local-quorum', 'update', 10, 12],
    // 2 (blockFor - self): QUORUM is 4 of 6, LOCAL_QUORUM 2 of 3, EACH_QUORUM 2 and 2.
    ['cassandra-any', 'read', 0, 2],
    ['cassandra-one', 'read', 0, 2],
    ['cassandra-two', 'read', 2, 4],
    ['cassandra-three', 'read', 4, 6],
    ['cassandra-quorum', 'read', 6, 8],
    ['cassandra-local-one', 'read', 0, 2],
    ['cassandra-local-quorum', 'read', 2, 4],
    ['cassandra-each-quorum', 'read', 6, 8],
    ['cassandra-all', 'read', 10, 12],
    ['scylla-local-quorum', 'read', 2, 4],
    // N = 6 and M = 4: 10 + 10 + 6, and 12 + 12 + 8.
    ['cassandra-serial', 'read', 26, 32],
    // After that read, 10 + 6 + 10 + 10, and 12 + 8 + 12 + 12. What Paxos sends is not relayed.
    ['cassandra-serial', 'compare-and-set', 62, 76],
    // At LOCAL_SERIAL, N = 3 and M = 2 choose, and all 6 are sent the commit: 2 + (4 + 2 + 4 + 10), and 4 + (6 + 4 + 6 + 12).
    ['cassandra-local-quorum', 'compare-and-set', 22, 32],
    ['scylla-local-quorum', 'compare-and-set', 22, 32],
  ])('%s: %s takes %i on the preference list and %i off it', (preset, kind, on, off) => {
    expect(messages(TWO_ZONES, preset, kind)).toEqual([[on], [off]])
  })
})

describe('of these, over the long link', () => {
  /** Nobody gossips, but learns who is down by asking, so that all that crosses is of the operation. */
  const wanBytes = (preset: string, kind: string, more = '') => {
    const [on, off] = costs(
      TWO_ZONES,
      `{ preset: ${preset}, speculation: none, detector: { kind: timeout }${more} }`,
      kind,
      (cost) => cost.wanBytes,
    )
    expect(on).toEqual(off)
    return on
  }
  const BARE = HEADER_BYTES
  const VALUE = HEADER_BYTES + VALUE_BYTES
  const DIGEST = HEADER_BYTES + 16

  it('a write goes once and comes back from each replica, and without a relay goes to each', () => {
    expect(wanBytes('cassandra-one', 'update')).toEqual([VALUE + 3 * BARE])
    expect(wanBytes('cassandra-all', 'update')).toEqual([VALUE + 3 * BARE])
    expect(wanBytes('cassandra-all', 'update', ', relay: none')).toEqual([3 * VALUE + 3 * BARE])
  })

  it('a read brings back one digest for each replica there that it needs', () => {
    expect(wanBytes('cassandra-three', 'read')).toEqual([0])
    expect(wanBytes('cassandra-local-quorum', 'read')).toEqual([0])
    expect(wanBytes('cassandra-quorum', 'read')).toEqual([BARE + DIGEST])
    expect(wanBytes('cassandra-each-quorum', 'read')).toEqual([2 * (BARE + DIGEST)])
    expect(wanBytes('cassandra-all', 'read')).toEqual([3 * (BARE + DIGEST)])
  })

  it('a read at SERIAL goes to all three twice, and to one for the value', () => {
    expect(wanBytes('cassandra-serial', 'read')).toEqual([2 * 3 * (BARE + BARE) + BARE + VALUE])
  })
})
