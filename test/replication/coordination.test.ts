/**
 * How real systems coordinate, as transcripts: what each operation costs in messages, for a coordinator on the preference list and off it, what it
 * waits for, and what it does about a replica that is slow, silent or empty. Counts are those of DeCandia et al. 2007, Cassandra's StorageProxy and
 * Riak KV's FSMs, with N copies in D zones; the hops of clients are apart, as requests come to nodes from nowhere here.
 */
import { describe, expect, it } from 'vitest'
import type { NodeId } from '../../src/core/ids.js'
import { INITIAL } from '../../src/core/ids.js'
import { MILLISECOND } from '../../src/core/units.js'
import { DELETE, READ, UPDATE } from '../../src/history/operation-kinds.js'
import { quorum } from '../../src/replication/leaderless/quorum.js'
import type { QuorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import { FakeCluster, type Shape } from './fake-cluster.js'

const CASSANDRA = { contact: 'quorum', repair: 'blocking', digests: true, relay: true }
const RIAK = { put: 'local-first', forward: 'writes', heads: true }
const DYNAMO = { forward: 'writes' }

/** Five nodes, so that two are off every preference list of three. */
const oneZone: Shape = { zones: [5] }
/** Three copies in each of two zones of four. */
const twoZones: Shape = { zones: [4, 4] }

const start = (options: object, shape: Shape = oneZone) =>
  new FakeCluster<QuorumOptions>(quorum as never, options, shape)

type Cluster = FakeCluster<QuorumOptions>

const nodesOn = (cluster: Cluster, key = 0): readonly NodeId[] => cluster.placement.replicas(key)
const nodeOff = (cluster: Cluster, key = 0): NodeId =>
  cluster.nodes.map(({ id }) => id).find((id) => !nodesOn(cluster, key).includes(id)) as NodeId

/** Messages between nodes that one operation takes, of a coordinator on the list and of one off it. */
function messagesOf(kind: number, options: object, shape: Shape = oneZone): readonly [number, number] {
  return [(cluster: Cluster) => nodesOn(cluster)[0] as NodeId, nodeOff].map((choose) => {
    const cluster = start(options, shape)
    cluster.request({ kind: UPDATE }, nodesOn(cluster)[0])
    cluster.settle()
    const before = cluster.sent.length
    const operation = cluster.request({ kind }, choose(cluster))
    cluster.settle()
    cluster.outcome(operation)
    return cluster.sent.length - before
  }) as [number, number]
}

describe('messages per operation', () => {
  it('of Cassandra: a write goes to all N, a read to as many as must answer', () => {
    // On the list one of the three is the coordinator itself.
    expect(messagesOf(UPDATE, { ...CASSANDRA, n: 3, w: 'ONE' })).toEqual([4, 6])
    expect(messagesOf(UPDATE, { ...CASSANDRA, n: 3, w: 'ALL' })).toEqual([4, 6])
    expect(messagesOf(READ, { ...CASSANDRA, n: 3, r: 'ONE' })).toEqual([0, 2])
    expect(messagesOf(READ, { ...CASSANDRA, n: 3, r: 'QUORUM' })).toEqual([2, 4])
    expect(messagesOf(READ, { ...CASSANDRA, n: 3, r: 'ALL' })).toEqual([4, 6])
  })

  it('of Dynamo: all N are asked whatever R and W, and a write off the list is handed on and answered back', () => {
    expect(messagesOf(UPDATE, { ...DYNAMO, n: 3, w: 1 })).toEqual([4, 6])
    expect(messagesOf(READ, { ...DYNAMO, n: 3, r: 1 })).toEqual([4, 6])
    expect(messagesOf(READ, { ...DYNAMO, n: 3, r: 3 })).toEqual([4, 6])
  })

  it('of Riak: heads of all N and one body, which is at home where the coordinator has it', () => {
    expect(messagesOf(UPDATE, { ...RIAK, n: 3 })).toEqual([4, 6])
    expect(messagesOf(READ, { ...RIAK, n: 3 })).toEqual([4, 8])
  })
})

describe('a write that is relayed', () => {
  it('crosses to a remote zone once and comes back from each replica there', () => {
    const cluster = start({ ...CASSANDRA, n: 6, r: 'LOCAL_QUORUM', w: 'LOCAL_QUORUM' }, twoZones)
    const zoneOf = (node: NodeId) => cluster.world.zoneOf[node]
    const coordinator = nodesOn(cluster).find((node) => zoneOf(node) === 0) as NodeId
    cluster.request({ kind: UPDATE }, coordinator)
    cluster.settle()
    const isRemote = (from: NodeId, to: NodeId) => zoneOf(from) !== zoneOf(to)
    expect(cluster.countSent((_, from, to) => isRemote(from, to) && from === coordinator)).toBe(1)
    expect(cluster.countSent((_, from, to) => isRemote(from, to) && to === coordinator)).toBe(3)
    expect(cluster.countSent((_, from, to) => !isRemote(from, to) && zoneOf(from) === 1)).toBe(2)
    expect(new Set(cluster.valuesOf(0))).toEqual(new Set([0]))
  })

  it('takes the way to the relay, on to the replica, and back', () => {
    const cluster = start({ ...CASSANDRA, n: 6, w: 'ALL' }, twoZones)
    const coordinator = nodesOn(cluster).find((node) => cluster.world.zoneOf[node] === 0) as NodeId
    const write = cluster.request({ kind: UPDATE }, coordinator)
    cluster.settle()
    // 11 ms to the other zone, 1 ms inside it, 11 ms back.
    expect(cluster.answeredAt.get(write)).toBe(23 * MILLISECOND)
  })
})

describe('levels', () => {
  /** When a write, then a read, is answered, over two zones of four and three copies in each. */
  const answered = (w: string, r: string): readonly number[] => {
    const cluster = start({ ...CASSANDRA, n: 6, r, w }, twoZones)
    const coordinator = nodesOn(cluster).find((node) => cluster.world.zoneOf[node] === 0) as NodeId
    return [UPDATE, READ].map((kind) => {
      const begun = cluster.now
      const operation = cluster.request({ kind }, coordinator)
      cluster.settle()
      return ((cluster.answeredAt.get(operation) as number) - begun) / MILLISECOND
    })
  }

  it('wait for the zones that they name', () => {
    expect(answered('LOCAL_ONE', 'LOCAL_ONE')).toEqual([0, 0])
    expect(answered('LOCAL_QUORUM', 'LOCAL_QUORUM')).toEqual([2, 2])
    // Four of six: the first of the other zone is the relay itself, 11 ms there and back.
    expect(answered('QUORUM', 'QUORUM')).toEqual([22, 22])
    // Two of the other zone: the second one behind the relay.
    expect(answered('EACH_QUORUM', 'EACH_QUORUM')).toEqual([23, 22])
  })

  it('may differ from one kind of operation to the next', () => {
    const cluster = start({ n: 3, w: 1, levels: { insert: 3 } })
    const coordinator = nodesOn(cluster)[0]
    const update = cluster.request({ kind: UPDATE }, coordinator)
    const insert = cluster.request({ kind: 8 }, coordinator)
    cluster.settle()
    expect(cluster.answeredAt.get(update)).toBe(0)
    expect(cluster.answeredAt.get(insert)).toBe(2 * MILLISECOND)
  })
})

describe('digests', () => {
  /** The first replica has what the second, which is asked for a digest, has not. */
  const divided = (repair: string) => {
    const cluster = start({ ...CASSANDRA, repair, n: 3, r: 'ALL', w: 'ONE' })
    const [first, second, third] = nodesOn(cluster) as [NodeId, NodeId, NodeId]
    cluster.cut(first, second)
    const write = cluster.request({ kind: UPDATE }, first)
    cluster.settle()
    cluster.heal()
    return { cluster, write, first, second, third }
  }

  it('that agree answer after one round', () => {
    const cluster = start({ ...CASSANDRA, n: 3, r: 'QUORUM' })
    const read = cluster.request({ kind: READ }, nodesOn(cluster)[0])
    cluster.settle()
    expect(cluster.answeredAt.get(read)).toBe(2 * MILLISECOND)
  })

  it.each([
    ['none', 4],
    ['blocking', 6],
  ])('that disagree cost another round, and with repair: %s %i ms in all', (repair, milliseconds) => {
    const { cluster, write, first } = divided(repair)
    const begun = cluster.now
    const read = cluster.request({ kind: READ }, first)
    cluster.settle()
    expect(cluster.value(read)).toBe(write)
    expect((cluster.answeredAt.get(read) as number) - begun).toBe(milliseconds * MILLISECOND)
    expect(new Set(cluster.valuesOf(0))).toEqual(new Set(repair === 'none' ? [write, INITIAL] : [write]))
  })
})

describe('a body after heads', () => {
  it('comes from a replica that has the newest version', () => {
    const cluster = start({ ...RIAK, n: 3, r: 3, w: 1, repair: 'none' })
    const [first, second, third] = nodesOn(cluster) as [NodeId, NodeId, NodeId]
    cluster.cut(first, second)
    const write = cluster.request({ kind: UPDATE }, first)
    cluster.settle()
    cluster.heal()
    cluster.nodeAt(third).crash()
    const read = cluster.request({ kind: READ }, second)
    cluster.settle()
    expect(cluster.answers.has(read)).toBe(false)
    cluster.nodeAt(third).start()
    const begun = cluster.now
    const again = cluster.request({ kind: READ }, second)
    cluster.settle()
    // Heads there and back, then the body: 4 ms.
    expect((cluster.answeredAt.get(again) as number) - begun).toBe(4 * MILLISECOND)
    expect(cluster.value(again)).toBe(write)
  })
})

describe('a turn at the coordinator’s own copy', () => {
  it('comes before the write is sent to anyone, so its time adds to that of the others', () => {
    const shape: Shape = { ...oneZone, service: () => 5 * MILLISECOND }
    const serial = start({ ...RIAK, n: 3, w: 2 }, shape)
    const parallel = start({ n: 3, w: 2 }, shape)
    const times = [serial, parallel].map((cluster) => {
      const write = cluster.request({ kind: UPDATE }, nodesOn(cluster)[0])
      cluster.settle()
      return (cluster.answeredAt.get(write) as number) / MILLISECOND
    })
    // 5 + (1 + 5 + 1), and the greater of 5 and 1 + 5 + 1.
    expect(times).toEqual([12, 7])
  })

  it('that is refused by a full queue refuses the write, which nobody has', () => {
    const cluster = start({ ...RIAK, n: 3 })
    const [first] = nodesOn(cluster) as [NodeId]
    cluster.nodeAt(first).overloaded = true
    const write = cluster.request({ kind: UPDATE }, first)
    cluster.settle()
    expect(cluster.answers.get(write)).toEqual({ reason: 'overloaded', applied: 'no' })
    expect(new Set(cluster.valuesOf(0))).toEqual(new Set([INITIAL]))
  })
})

describe('speculation', () => {
  /** The replica that the coordinator asks is 50 ms away, all others are 1 ms away. */
  const slow = (options: object) => {
    const cluster = start(
      { ...CASSANDRA, n: 3, r: 'ONE', ...options },
      {
        ...oneZone,
        delay: (_from, to, message) => (to === slowest && message.operation >= 0 ? 50 : 1) * MILLISECOND,
      },
    )
    const off = nodeOff(cluster)
    const slowest = cluster.placement.replicas(0)[0] as NodeId
    const read = cluster.request({ kind: READ, turn: 0 }, off)
    cluster.settle()
    return { asked: cluster.countSent((_, from) => from === off), at: cluster.answeredAt.get(read) as number }
  }

  it('asks one more replica after its time, or at once', () => {
    expect(slow({})).toEqual({ asked: 1, at: 51 * MILLISECOND })
    expect(slow({ speculation: '10ms' })).toEqual({ asked: 2, at: 12 * MILLISECOND })
    expect(slow({ speculation: 'always' })).toEqual({ asked: 2, at: 2 * MILLISECOND })
    expect(slow({ speculation: '60ms' })).toEqual({ asked: 1, at: 51 * MILLISECOND })
  })

  it('after a percentile asks nobody twice before it knows one, and then the slow ones alone', () => {
    let slowest: NodeId | undefined
    const cluster = start(
      { ...CASSANDRA, n: 3, r: 'ONE', speculation: '99p' },
      { ...oneZone, delay: (_from, to) => (to === slowest ? 50 : 1) * MILLISECOND },
    )
    const off = nodeOff(cluster)
    const ask = (turn: number): number => {
      const begun = cluster.now
      const read = cluster.request({ kind: READ, turn }, off)
      cluster.settle()
      return ((cluster.answeredAt.get(read) as number) - begun) / MILLISECOND
    }
    const calm = Array.from({ length: 64 }, (_, turn) => ask(turn))
    expect([new Set(calm), cluster.countSent((_, from) => from === off)]).toEqual([new Set([2]), 64])
    slowest = nodesOn(cluster)[0]
    // Each of the three is asked once; of the slow one the coordinator knows after 2 ms that it is slow.
    expect([64, 65, 66].map(ask).sort((left, right) => left - right)).toEqual([2, 2, 4])
  })
})

describe('a replica that has nothing', () => {
  /** Beyond those that were loaded. */
  const NEW_KEY = 100

  const emptied = (options: object) => {
    const cluster = start({ n: 3, w: 3, r: 2, repair: 'none', ...options })
    const list = nodesOn(cluster, NEW_KEY) as [NodeId, NodeId, NodeId]
    const write = cluster.request({ kind: UPDATE, key: NEW_KEY }, list[0])
    cluster.settle()
    for (const node of list.slice(0, 2)) {
      cluster.nodeAt(node).loseDisk()
      cluster.nodeAt(node).start()
    }
    const read = cluster.request({ kind: READ, key: NEW_KEY }, list[0])
    cluster.settle()
    return { isFound: cluster.value(read) === write, after: cluster.answeredAt.get(read) as number }
  }

  /** When a read is answered that a node of the list coordinates, of a key that nobody has written; in milliseconds. */
  const answered = (key: number, options: object, shape?: Shape) => {
    const cluster = start({ n: 3, 'notfound-ok': false, ...options }, shape)
    const read = cluster.request({ kind: READ, key }, nodesOn(cluster, key)[0])
    cluster.settle()
    expect(cluster.value(read)).toBe(INITIAL)
    return (cluster.answeredAt.get(read) as number) / MILLISECOND
  }

  it('counts as an answer, which can be wrong, unless notfound-ok is false', () => {
    const begun = 2 * MILLISECOND
    // The second and the third answer at once; the second, which has nothing, was sent to first.
    expect(emptied({})).toEqual({ isFound: false, after: begun + 2 * MILLISECOND })
    // Two of three have nothing: one with it cannot be two.
    expect(emptied({ 'notfound-ok': false })).toMatchObject({ after: begun + 2 * MILLISECOND })
    expect(emptied({ 'notfound-ok': false, r: 1 })).toEqual({ isFound: true, after: begun + 2 * MILLISECOND })
    expect(emptied({ 'notfound-ok': false, r: 1, 'basic-quorum': true })).toMatchObject({ isFound: false })
  })

  it('is none that has the record as it was loaded', () => {
    // R = 1 is the coordinator itself, at once, and R = 3 all three; of a new key the first waits for all, and the second for none.
    expect([answered(0, { r: 1 }), answered(0, { r: 3 })]).toEqual([0, 2])
    expect([answered(NEW_KEY, { r: 1 }), answered(NEW_KEY, { r: 3 })]).toEqual([2, 0])
  })

  it('is one whose tombstone of such a record is purged', () => {
    const cluster = start({ n: 3, w: 3, r: 1, repair: 'none', 'notfound-ok': false, grace: '10ms' })
    const [first] = nodesOn(cluster) as [NodeId]
    cluster.request({ kind: DELETE }, first)
    cluster.run(20 * MILLISECOND)
    const begun = cluster.now
    const read = cluster.request({ kind: READ }, first)
    cluster.settle()
    expect((cluster.answeredAt.get(read) as number) - begun).toBe(2 * MILLISECOND)
  })

  it('counts in its zone where answers of one zone count', () => {
    // Two of the three at home have nothing after 2 ms, so that no two are left; the other zone would answer after 40 ms.
    const far: Shape = { ...twoZones, delay: (from, to) => (from < 4 === to < 4 ? 1 : 20) * MILLISECOND }
    expect(answered(NEW_KEY, { n: { a: 3, b: 3 }, r: 'LOCAL_QUORUM' }, far)).toBe(2)
  })
})

describe('the preference list proper', () => {
  it('must be reachable for as many as pr and pw say, or nothing is sent', () => {
    const cluster = start({ n: 3, r: 1, w: 1, pw: 3, pr: 3, timeouts: { write: '10ms' } })
    const [first] = nodesOn(cluster) as [NodeId]
    const write = cluster.request({ kind: UPDATE }, first)
    cluster.settle()
    expect(cluster.answeredAt.get(write)).toBe(2 * MILLISECOND)
  })
})

describe('a relay that is down', () => {
  it('is the only one to be held for it: nobody behind it was sent anything', () => {
    // Nodes 4 to 7 are zone b; turns of 0 and 3 take the first of its three replicas.
    const options = { n: { a: 1, b: 3 }, w: 3, relay: true, timeouts: { write: '50ms' } }
    const cluster = start({ ...options, detector: { kind: 'timeout', retry: '1h' } }, twoZones)
    const [coordinator] = nodesOn(cluster).filter((node) => node < 4) as [NodeId]
    const [relay] = nodesOn(cluster).filter((node) => node >= 4) as [NodeId]
    cluster.nodeAt(relay).crash()
    const write = (turn: number) => {
      const operation = cluster.request({ kind: UPDATE, turn }, coordinator)
      cluster.run(100 * MILLISECOND)
      return cluster.answers.get(operation)
    }
    expect(write(0)).toEqual({ reason: 'timeout', applied: 'unknown' })
    // The coordinator itself and the two others of the zone.
    expect(write(3)).not.toHaveProperty('reason')
  })
})

describe('a write that all who were sent it refuse', () => {
  it('is refused at once, though another replica, held for down, has refused nothing', () => {
    const cluster = start({ n: 3, r: 1, w: 1, timeouts: { write: '50ms' }, detector: { kind: 'timeout', retry: '1h' } })
    const [first, second, third] = nodesOn(cluster) as [NodeId, NodeId, NodeId]
    cluster.nodeAt(third).crash()
    cluster.request({ kind: UPDATE }, first)
    cluster.run(100 * MILLISECOND)
    for (const node of [first, second]) cluster.nodeAt(node).overloaded = true
    const begun = cluster.now
    const write = cluster.request({ kind: UPDATE }, first)
    cluster.run(100 * MILLISECOND)
    expect(cluster.answers.get(write)).toEqual({ reason: 'overloaded', applied: 'no' })
    expect((cluster.answeredAt.get(write) as number) - begun).toBe(2 * MILLISECOND)
  })
})

describe('a coordinator’s own timeout', () => {
  it('gives up before the client does: a read was not done, a write may have been', () => {
    const cluster = start({ n: 3, r: 2, w: 2, timeouts: { read: '20ms', write: '30ms' } })
    const [first, second, third] = nodesOn(cluster) as [NodeId, NodeId, NodeId]
    cluster.cut(first, second)
    cluster.cut(first, third)
    const read = cluster.request({ kind: READ }, first)
    const write = cluster.request({ kind: UPDATE }, first)
    cluster.settle()
    expect(cluster.answers.get(read)).toEqual({ reason: 'timeout', applied: 'no' })
    expect(cluster.answers.get(write)).toEqual({ reason: 'timeout', applied: 'unknown' })
    expect(cluster.answeredAt.get(read)).toBe(20 * MILLISECOND)
    expect(cluster.answeredAt.get(write)).toBe(30 * MILLISECOND)
  })
})

describe('affinity', () => {
  it('names the replica that answered the read first as the one to write through', () => {
    const cluster = start(
      { ...DYNAMO, n: 3, versions: 'vectors', affinity: 'fastest' },
      {
        ...oneZone,
        delay: (from, to) => (from === near || to === near ? 1 : 5) * MILLISECOND,
      },
    )
    const near = nodesOn(cluster)[1] as NodeId
    const read = cluster.request({ kind: READ }, nodeOff(cluster))
    cluster.settle()
    expect(cluster.outcome(read).context?.coordinator).toBe(near)
  })

  it('is nothing without contexts to travel in', () => {
    const cluster = start({ ...DYNAMO, n: 3, versions: 'vectors' })
    const read = cluster.request({ kind: READ }, nodeOff(cluster))
    cluster.settle()
    expect(cluster.outcome(read).context?.coordinator).toBe(null)
  })
})
