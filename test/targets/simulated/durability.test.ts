/**
 * Flushes of the disk in a whole cell: what waits for them, that many writes share one, what a crash takes and that a client which was told
 * of a write finds it again. Delays and services are nothing, so all that takes time is the disk.
 */
import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../../src/core/units.js'
import { isWrite, READ } from '../../../src/history/operation-kinds.js'
import { OK } from '../../../src/history/outcomes.js'
import type { Message, Replica, ReplicaContext, Request } from '../../../src/replication/replica.js'
import { Outcome } from '../../../src/replication/replica.js'
import { simulate } from '../../../src/runner/run-cell.js'
import { cellOf } from '../../runner/cells.js'
import { runWith } from './scripted.js'

const cell = (strategy: string, more = '', fsync = '10ms', arrivals = 'poisson(1000/s)') =>
  cellOf(`
seeds: [1]
warmup: 0s
duration: 2s
topology: { zones: { a: { nodes: 3 } }, links: { local: 0ms } }
node: { read: 0ms, write: 0ms, disk: { fsync: ${fsync} } }
workload: { records: 20, keys: uniform, arrivals: ${arrivals}, operations: { read: 50%, update: 30%, increment: 20% } }
strategies: [ ${strategy} ]
${more}`)

/** Latencies of writes that succeeded, in milliseconds. */
function writeLatencies({ history }: ReturnType<typeof simulate>): number[] {
  const found: number[] = []
  for (let id = 0; id < history.count; id++) {
    if (history.outcome[id] !== OK || !isWrite(history.kind[id] as number)) continue
    found.push(((history.completed[id] as number) - (history.intended[id] as number)) / MILLISECOND)
  }
  return found
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

describe('a write', () => {
  it('waits for the flush going on and for one of its own, which it shares', () => {
    const latencies = writeLatencies(simulate(cell('unreplicated')))
    expect(Math.min(...latencies)).toBeGreaterThanOrEqual(10)
    expect(Math.max(...latencies)).toBeLessThanOrEqual(20)
    // With 500 writes a second the disk is always flushing; a write arrives at any time of a flush.
    expect(mean(latencies)).toBeGreaterThan(14.5)
    expect(mean(latencies)).toBeLessThan(15.5)
    expect(latencies.length).toBeGreaterThan(900)
  })

  it('waits for nobody where it comes alone', () => {
    const latencies = writeLatencies(simulate(cell('unreplicated', '', '1ms', 'closed(1 think 5ms)')))
    expect(new Set(latencies)).toEqual(new Set([1]))
  })

  it('is acknowledged by followers once it is durable there too', () => {
    const latencies = writeLatencies(simulate(cell('single-leader', '', '1ms', 'closed(1 think 5ms)')))
    expect(new Set(latencies)).toEqual(new Set([2]))
  })

  it('is acknowledged by a quorum once it is durable there', () => {
    const latencies = writeLatencies(
      simulate(cell('quorum: { coordinator: client }', '', '1ms', 'closed(1 think 5ms)')),
    )
    expect(new Set(latencies)).toEqual(new Set([1]))
  })
})

describe('a crash', () => {
  const crashes = `client: { timeout: 50ms }
faults:
${[300, 700, 1100, 1500].map((at) => `  - crash: { node: a-1, at: ${at}ms, for: 100ms }`).join('\n')}`

  it.each(['unreplicated', 'single-leader', 'lww', 'crdt'])(
    'takes from %s nothing that a client was told of',
    (strategy) => {
      const { history, probes } = simulate(cell(strategy, crashes))
      expect([...history.destroyed].filter((id) => history.outcome[id] === OK)).toEqual([])
      const counts = new Map<number, number>()
      for (let id = 0; id < history.count; id++) {
        const key = history.key[id] as number
        if (history.outcome[id] === OK && history.kind[id] === 5) counts.set(key, (counts.get(key) ?? 0) + 1)
      }
      for (const [key, acknowledged] of counts) {
        const value = probes.finals.values(key)[0]
        expect(typeof value === 'object' && 'count' in value ? value.count : 0).toBeGreaterThanOrEqual(acknowledged)
      }
    },
  )

  it('takes what nobody was told of', () => {
    const { history } = simulate(cell('unreplicated', crashes))
    expect(history.destroyed.size).toBeGreaterThan(10)
    const seen = new Set(history.observed.slice(0, history.count).filter((_, id) => history.kind[id] === READ))
    // Reads are not kept from seeing what is not durable yet.
    expect([...history.destroyed].some((id) => seen.has(id))).toBe(true)
  })
})

describe('with a flush period', () => {
  const strategy = 'quorum: { n: 3, r: 2, w: 2, flush: 400ms }'
  const everywhere = (fault: string) =>
    `settle: 2s\nclient: { timeout: 50ms }\nfaults: [ { ${fault}: { node: [a-1, a-2, a-3], at: 1500ms, for: 100ms } } ]`

  it('a write waits for no disk', () => {
    expect(new Set(writeLatencies(simulate(cell(strategy))))).toEqual(new Set([0]))
  })

  it('a crash of the process takes nothing', () => {
    const { history } = simulate(cell(strategy, everywhere('crash')))
    expect([...history.destroyed]).toEqual([])
  })

  it('lost power takes what was written since the last flush began, on every host alike', () => {
    const { history } = simulate(cell(strategy, everywhere('power-loss')))
    const acknowledged: number[] = []
    for (let id = 0; id < history.count; id++)
      if (isWrite(history.kind[id] as number) && history.outcome[id] === OK) acknowledged.push(id)
    const writtenAt = (id: number) => history.intended[id] as number
    // Flushes of 10 ms begin 400 ms after the first write that none before them has flushed: the nodes' at one time, as delays are nothing.
    let begins = writtenAt(acknowledged[0] as number) + 400 * MILLISECOND
    let last = 0
    while (begins + 10 * MILLISECOND < 1500 * MILLISECOND) {
      last = begins
      const next = acknowledged.find((id) => writtenAt(id) > last) as number
      begins = Math.max(writtenAt(next), last + 10 * MILLISECOND) + 400 * MILLISECOND
    }
    const lost = acknowledged.filter((id) => writtenAt(id) > last && writtenAt(id) < 1500 * MILLISECOND)
    expect(lost.length).toBeGreaterThan(50)
    expect(acknowledged.filter((id) => history.destroyed.has(id))).toEqual(lost)
  })

  it('what a crash of the process has left is flushed by the next one', () => {
    const crashes = `settle: 2s
client: { timeout: 50ms }
faults:
  - crash: { node: [a-1, a-2, a-3], at: 900ms, for: 100ms }
  - power-loss: { node: [a-1, a-2, a-3], at: 1990ms, for: 1ms }`
    const { history } = simulate(cell(strategy, crashes))
    const destroyed = [...history.destroyed].map((id) => history.intended[id] as number)
    expect(Math.min(...destroyed)).toBeGreaterThan(1000 * MILLISECOND)
  })
})

/** Writes to two places of its disk in one event, and waits for the disk in between. */
class TwoWrites implements Replica<Message> {
  readonly first
  readonly second

  constructor(
    private readonly context: ReplicaContext<Message>,
    readonly found: (readonly number[])[],
  ) {
    this.first = context.disk.cell('first', 0)
    this.second = context.disk.cell('second', 0)
  }

  onStart(): void {
    this.found.push([this.first.value, this.second.value])
  }

  onRequest({ operation }: Request): void {
    this.first.value = operation
    this.context.sync(0, operation)
    this.second.value = operation
  }

  onDurable(_kind: number, operation: number): void {
    this.context.reply(operation, new Outcome(operation, operation, 0))
  }

  onMessage(): void {}
  onTimer(): void {}
  onOverload(): void {}

  valueOf(): number {
    return this.first.value
  }
}

describe('what one event writes', () => {
  it('is durable together or not at all, wherever in it the replica waits for the disk', () => {
    const found: (readonly number[])[] = []
    runWith(
      `
warmup: 0s
duration: 1s
topology: { zones: { a: {} }, links: { local: 0ms } }
node: { disk: { fsync: 3ms } }
workload: { operations: { update: 100% }, arrivals: poisson(200/s) }
faults: [ { crash: { node: a-1, for: 1ms, every: uniform(1ms 20ms) } } ]`,
      (context) => new TwoWrites(context, found),
    )
    expect(found.length).toBeGreaterThan(50)
    for (const [first, second] of found) expect(second).toBe(first)
    expect(new Set(found.map(([first]) => first)).size).toBeGreaterThan(10)
  })
})
