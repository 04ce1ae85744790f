/**
 * Operations at SERIAL are linearizable, key by key, whatever happens as long as disks are kept: on the fake cluster under random delays, lost and
 * doubled messages, cuts, crashes and clocks that differ, and in whole simulated cells under each kind of fault. All that is asked of a key
 * here goes through Paxos. What timed out may have happened at any time (one-chain.ts).
 */
import { describe, expect, it } from 'vitest'
import type { OperationId } from '../../../src/core/ids.js'
import { INITIAL } from '../../../src/core/ids.js'
import { RandomStream } from '../../../src/core/random.js'
import { MILLISECOND, SECOND } from '../../../src/core/units.js'
import type { History } from '../../../src/history/history.js'
import { COMPARE_AND_SET, isRead, READ } from '../../../src/history/operation-kinds.js'
import { OK, UNKNOWN } from '../../../src/history/outcomes.js'
import { quorum } from '../../../src/replication/leaderless/quorum.js'
import { Outcome } from '../../../src/replication/replica.js'
import { simulate } from '../../../src/runner/run-cell.js'
import { cellOf } from '../../runner/cells.js'
import { FakeCluster } from '../fake-cluster.js'
import { type Call, faultInChain } from './one-chain.js'

const LONG = process.env['QUORATE_LONG'] === '1'

interface Story {
  readonly calls: readonly Call[]
  readonly done: number
}

/** Five nodes hold one key, or with `copies` fewer; three of them coordinate for ten clients, one operation of each at a time. */
function randomStory(seed: number, copies: number): Story {
  const random = RandomStream.ofSeed(seed)
  const loss = random.below(3) * 0.05
  const skews = Array.from({ length: 5 }, () => random.below(2) * random.below(200) * MILLISECOND)
  const options = { n: copies, r: 'SERIAL', serial: 'SERIAL', w: ['ONE', 'QUORUM', 'ANY'][random.below(3)] }
  const cluster: FakeCluster<unknown> = new FakeCluster(quorum as never, options, {
    zones: [5],
    seed,
    clock: (node, now) => now - (skews[node] as number),
    delay: () => (1 + random.below(random.below(8) === 0 ? 60 : 6)) * MILLISECOND,
  })
  for (const node of cluster.nodes) {
    const receive = node.receive.bind(node)
    node.receive = (from, message, life) => {
      if (from !== node.id && random.float() < loss) return
      receive(from, message, life)
      if (from !== node.id && random.float() < loss) receive(from, message, life)
    }
  }
  const asked: { id: OperationId; begun: number; expected: OperationId | null }[] = []
  const known: OperationId[] = [INITIAL]
  for (let step = 0; step < 60; step++) {
    const up = cluster.nodes.filter(({ replica }) => replica !== null)
    const node = up[random.below(up.length)]?.id as number
    const what = random.below(10)
    if (what === 0 && up.length > 3) cluster.nodeAt(node).crash()
    else if (what === 1) for (const down of cluster.nodes.filter(({ replica }) => replica === null)) down.start()
    else if (what === 2) cluster.cut(node, (node + 1 + random.below(4)) % 5)
    else if (what === 3) cluster.heal()
    else {
      const expected = what < 7 ? (known.at(-1 - random.below(Math.min(2, known.length))) as OperationId) : null
      const kind = expected === null ? READ : COMPARE_AND_SET
      const begun = cluster.now
      const id = cluster.request(
        { kind, client: step, timeout: 5 * SECOND, ...(expected === null ? {} : { expected }) },
        node,
      )
      asked.push({ id, begun, expected })
    }
    cluster.run(random.below(4) === 0 ? 200 * MILLISECOND : random.below(30) * MILLISECOND)
    for (const { id } of asked) {
      const answer = cluster.answers.get(id)
      if (answer instanceof Outcome && known.at(-1) !== answer.value && !known.includes(answer.value as number))
        known.push(answer.value as number)
    }
  }
  for (const down of cluster.nodes.filter(({ replica }) => replica === null)) down.start()
  cluster.heal()
  cluster.settle()
  const calls = asked.flatMap(({ id, begun, expected }): readonly Call[] => {
    const answer = cluster.answers.get(id)
    const ended = cluster.answeredAt.get(id) as number
    if (answer instanceof Outcome) return [{ id, begun, ended, value: answer.value as number, replaced: expected }]
    if (expected === null || answer?.applied === 'no') return []
    return [{ id, begun, ended: Number.POSITIVE_INFINITY, value: id, replaced: expected }]
  })
  return {
    calls,
    done: calls.filter(({ replaced, ended }) => replaced !== null && ended < Number.POSITIVE_INFINITY).length,
  }
}

describe('one key of a fake cluster', () => {
  it.each([3, 4, 5])('of %i copies is linearizable in random weather', (copies) => {
    let done = 0
    for (let seed = 1; seed <= (LONG ? 20_000 : 400); seed++) {
      const story = randomStory(seed, copies)
      expect(faultInChain(story.calls), `seed ${seed}`).toBe(null)
      done += story.done
    }
    expect(done).toBeGreaterThan(400)
  })
})

/** What was asked of each key, as calls. */
function callsByKey(history: History): readonly (readonly Call[])[] {
  const byKey: Call[][] = []
  for (let id = 0; id < history.count; id++) {
    const kind = history.kind[id] as number
    const outcome = history.outcome[id] as number
    const begun = history.invoked(id)
    const key = history.key[id] as number
    const calls = byKey[key] ?? []
    byKey[key] = calls
    if (isRead(kind) && outcome === OK) {
      const value = history.observed[id] as number
      calls.push({ id, begun, ended: history.completed[id] as number, value, replaced: null })
    } else if (kind === COMPARE_AND_SET && (outcome === OK || outcome === UNKNOWN)) {
      const ended = outcome === OK ? (history.completed[id] as number) : Number.POSITIVE_INFINITY
      const replaced = history.observed[history.base[id] as number] as number
      calls.push({ id, begun, ended, value: id, replaced })
    }
  }
  return byKey
}

const WEATHERS: Readonly<Record<string, string>> = {
  none: '[]',
  crashes: '[ crash: { node: any, every: exponential(300ms), for: 200ms } ]',
  'losses of power': '[ power-loss: { node: each, every: exponential(800ms), for: 100ms } ]',
  partitions: '[ partition: { isolate: a, every: exponential(400ms), for: 300ms } ]',
  'lost messages': '[ message-loss: { loss: 5%, at: 0s, for: 4s } ]',
  'doubled messages': '[ duplication: { share: 20%, at: 0s, for: 4s } ]',
  pauses: '[ pause: { node: any, every: exponential(200ms), for: 300ms } ]',
  clocks: '[ clock: { node: any, every: exponential(300ms), for: 300ms, offset: -500ms, step: 100ms } ]',
  'slow links': '[ slow-link: { every: exponential(300ms), for: 200ms, extra: exponential(20ms) } ]',
}

const ATTEMPTS = ['timeout: 2s', 'timeout: 60ms, retries: 4, budget: 100%, backoff: 20ms']

describe.each(Object.keys(WEATHERS))('cells under %s', (weather) => {
  it.each(ATTEMPTS)('are linearizable, client: %s', (client) => {
    let done = 0
    for (let seed = 1; seed <= (LONG ? 40 : 2); seed++) {
      const { history } = simulate(
        cellOf(`
seeds: [${seed}]
warmup: 0s
duration: 4s
topology:
  transport: ${weather === 'doubled messages' || seed % 2 === 0 ? 'datagram' : 'tcp'}
  zones: { a: { nodes: 2, clients: 50% }, b: { nodes: 2, clients: 30% }, c: { nodes: 1, clients: 20% } }
  links: { local: 0.3ms, a--b: 3ms + exponential(1ms), a--c: 4ms + exponential(2ms), b--c: 5ms + exponential(1ms) }
node: { disk: { fsync: exponential(1ms) }, clock: { offset: normal(0ms 5ms) } }
client: { ${client} }
workload: { records: 20, operations: { read: 50%, compare-and-set: 50% }, keys: uniform, arrivals: poisson(60/s) }
strategies: [ { quorum: { n: 3, r: SERIAL, w: ${seed % 2 === 0 ? 'ONE' : 'QUORUM'}, serial: SERIAL } } ]
faults: ${WEATHERS[weather]}`),
      )
      callsByKey(history).forEach((calls, key) => {
        expect(faultInChain(calls), `seed ${seed}, key ${key}`).toBe(null)
        done += calls.filter(({ replaced, ended }) => replaced !== null && ended < Number.POSITIVE_INFINITY).length
      })
    }
    expect(done).toBeGreaterThan(20)
  })
})
