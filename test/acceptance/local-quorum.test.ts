/**
 * LOCAL_QUORUM over two data centres with three copies in each (Cassandra's ConsistencyLevel; reference: systems 2.1 and 13). Two of three copies
 * of a data centre are written and two are read, which overlap, so where a key is written no read of it is stale. The copies of the
 * other data centre are waited for by nobody: there a read misses what is still on its way, to the millisecond.
 *
 * A data centre that is destroyed takes with it what it had acknowledged and not sent far enough: the tail. A coordinator sends a write to the other
 * data centre as it sends it to its own, and has its quorum a local round trip later, so of a delay D between data centres and L inside
 * one the tail is D - 2L long; the acknowledgements that are then on their way still reach their clients. It takes a
 * cut: what is on the wire arrives at the other end, and if the links live on nothing that was acknowledged is lost.
 *
 * Left out: hints and disks that come back, which would bring the tail back, and writes that were not acknowledged.
 */
import { describe, expect, it } from 'vitest'
import type { OperationId } from '../../src/core/ids.js'
import { MILLISECOND } from '../../src/core/units.js'
import type { History } from '../../src/history/history.js'
import { isWrite, READ_BACK } from '../../src/history/operation-kinds.js'
import { OK } from '../../src/history/outcomes.js'
import { HistoryIndex } from '../../src/measures/history-index.js'
import { collect } from '../../src/results/collect.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'
import { expectTruth } from './estimate.js'
import { sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const PRESETS = ['cassandra-local-quorum', 'scylla-local-quorum'] as const

const SEEDS = Array.from({ length: sized(4, 40) }, (_, i) => i + 1)

const idsWhere = ({ count }: History, test: (id: OperationId) => boolean): readonly OperationId[] =>
  Array.from({ length: count }, (_, id) => id).filter(test)

interface Links {
  readonly local: string
  readonly between: string
  readonly readBacks: string
}

/** A record is written, and read by plain reads, from its home alone; each write is read back from either data centre. */
const readingCell = (preset: string, seed: number, { local, between, readBacks }: Links) =>
  cellOf(`
seeds: [${seed}]
warmup: 0s
duration: 4s
topology:
  zones: { a: { nodes: 4, clients: 50% }, b: { nodes: 4, clients: 50% } }
  links: { local: ${local}, a--b: ${between} }
node: { read: 0ms, write: 0ms }
client: { coordinator: token-aware, timeout: 10s }
workload:
  records: 100
  operations: { read: 30%, update: 70% }
  keys: { law: uniform, locality: 100% }
  arrivals: poisson(500/s)
  read-back: { share: 100%, after: ${readBacks} }
strategies: [ { preset: ${preset} } ]
`)

/** Reads, and those of them that are stale, in the data centre that writes their keys and in the other. */
interface Reads {
  readonly home: { reads: number; stale: number }
  readonly away: { reads: number; stale: number }
}

function count(sum: Reads, index: HistoryIndex): void {
  const { history } = index
  const homes = homesOf(index)
  const { reads, missed } = index.freshness
  reads.forEach((read, i) => {
    if ((missed[i] as number) < 0) return
    const counts = homes.get(history.key[read] as number) === index.zoneOf(read) ? sum.home : sum.away
    counts.reads++
    if ((missed[i] as number) > 0) counts.stale++
  })
}

/** Of each key the zone that all its writes come from. */
function homesOf(index: HistoryIndex): ReadonlyMap<number, number> {
  const { history } = index
  const homes = new Map<number, number>()
  for (const write of idsWhere(history, (id) => isWrite(history.kind[id] as number))) {
    const key = history.key[write] as number
    expect(homes.get(key) ?? index.zoneOf(write)).toBe(index.zoneOf(write))
    homes.set(key, index.zoneOf(write))
  }
  return homes
}

describe('reads of what one data centre writes', () => {
  /** Inside a data centre too a write may be slower than the read that follows it. */
  const LINKS: Links = {
    local: '0.1ms + exponential(2ms)',
    between: '20ms + exponential(5ms)',
    readBacks: '[0ms, 5ms]',
  }

  const readsOf = (preset: string): Reads => {
    const sum = { home: { reads: 0, stale: 0 }, away: { reads: 0, stale: 0 } }
    for (const seed of SEEDS) {
      const { history, probes } = simulate(readingCell(preset, seed, LINKS))
      count(sum, new HistoryIndex(history, probes))
    }
    return sum
  }

  it.each(PRESETS)('are never stale there and often in the other, with %s', (preset) => {
    const { home, away } = readsOf(preset)
    expect(home.reads).toBeGreaterThan(1500 * SEEDS.length)
    expect(home.stale).toBe(0)
    expect(away.stale).toBeGreaterThan(0.5 * away.reads)
  })

  it('are stale there too at LOCAL_ONE, on the same dice', () => {
    const { home } = readsOf('cassandra-local-one')
    expect(home.stale).toBeGreaterThan(0.02 * home.reads)
  })

  /**
   * With L = 0.5 ms and D = 20 ms: a coordinator sends a write at s, its client hears of it at s + 3L, and the far copies have it at s + D, the one
   * that it is relayed through, and s + D + L. A read that follows x after reaches its coordinator at s + 4L + x, which reads its own copy
   * then and another at s + 5L + x: it misses the write for certain if 5L + x < D, x < 17.5 ms, and never if 4L + x >= D + L, x >= 18.5 ms.
   */
  it.each(PRESETS)('miss in the other what is still on its way, and nothing else, with %s', (preset) => {
    const readBacks = ['0ms', '17.4ms', '18.6ms']
    const links: Links = { local: '0.5ms', between: '20ms', readBacks: `[${readBacks.join(', ')}]` }
    const seen = new Map(readBacks.map((after) => [after, { reads: 0, misses: 0 }]))
    const { history, probes } = simulate(readingCell(preset, 1, links))
    const index = new HistoryIndex(history, probes)
    const homes = homesOf(index)
    for (const read of idsWhere(history, (id) => history.kind[id] === READ_BACK && history.outcome[id] === OK)) {
      const write = history.base[read] as OperationId
      const waited = ((history.intended[read] as number) - (history.completed[write] as number)) / MILLISECOND
      const isMissed = !((history.order[read] as number) >= (history.order[write] as number))
      if (homes.get(history.key[write] as number) === index.zoneOf(read)) expect(isMissed).toBe(false)
      else {
        const counts = seen.get(`${waited}ms`) as { reads: number; misses: number }
        counts.reads++
        if (isMissed) counts.misses++
      }
    }
    const [atOnce, justBefore, justAfter] = [...seen.values()] as { reads: number; misses: number }[]
    for (const counts of [atOnce, justBefore, justAfter]) expect(counts?.reads).toBeGreaterThan(500)
    expect(atOnce?.misses).toBe(atOnce?.reads)
    expect(justBefore?.misses).toBe(justBefore?.reads)
    expect(justAfter?.misses).toBe(0)
  })
})

describe('a data centre that is destroyed', () => {
  const RATE = 2000
  const DESTROYED_AT = 500
  const LOCAL = 1

  /** Every write has a key of its own, so none is superseded. What is destroyed starts again, empty, when the load has ended. */
  const destroyedCell = (preset: string, seed: number, link: string, isCut: boolean) =>
    cellOf(`
seeds: [${seed}]
warmup: 0s
duration: 600ms
settle: 60s
topology:
  zones: { a: { nodes: 4, clients: 100% }, b: { nodes: 4, clients: 0% } }
  links: { local: ${LOCAL}ms, a--b: ${link} }
node: { read: 0ms, write: 0ms }
client: { coordinator: token-aware, timeout: 10s }
workload: { records: 1, operations: { update: 100% }, keys: fresh, arrivals: poisson(${RATE}/s) }
strategies: [ { preset: ${preset} } ]
faults:
  - zone-outage: { zone: a, at: ${DESTROYED_AT}ms, for: 1h, disk: lose }
  ${isCut ? `- partition: { isolate: a, at: ${DESTROYED_AT}ms, for: 1h }` : ''}
`)

  /** Acknowledged writes, and those that are lost by the measure, whose number is also that of those that no copy holds in the end. */
  function destroy(preset: string, seed: number, link: string, isCut = true) {
    const cell = destroyedCell(preset, seed, link, isCut)
    const { history, probes, digest } = simulate(cell)
    const writes = idsWhere(history, (id) => history.outcome[id] === OK)
    const lost = writes.filter((id) => !probes.finals.values(history.key[id] as number).includes(id))
    expect(lost).toEqual(writes.filter((id) => history.destroyed.has(id)))
    const { ratios } = collect(cell, history, probes, digest)
    expect(ratios['lost.durability']).toEqual([lost.length, writes.length])
    return { history, writes, lost }
  }

  it.each(PRESETS)('takes its tail with it, to the last write, and nothing older, with %s', (preset) => {
    const between = 50
    for (const seed of SEEDS) {
      const { history, writes, lost } = destroy(preset, seed, `${between}ms`)
      // Asked at t the coordinator has it at t + L, its quorum at t + 3L, and the other data centre has it at t + L + D.
      const isInTail = (id: OperationId) => {
        const asked = (history.intended[id] as number) / MILLISECOND
        return asked + 3 * LOCAL <= DESTROYED_AT && asked + LOCAL + between > DESTROYED_AT
      }
      expect(lost).toEqual(idsWhere(history, isInTail))
      expect(writes.length).toBeGreaterThan(0.8 * RATE * 0.5)
    }
  })

  it.each(PRESETS)(
    'takes as many writes as arrive in a one-way delay less a local round trip, with %s',
    (preset) => {
      let lost = 0
      for (const seed of SEEDS) {
        lost += destroy(preset, seed, '{ delay: 50ms + exponential(10ms), transport: datagram }').lost.length
      }
      // Arrivals are a Poisson process and delays are independent, so the number is Poisson with the mean rate (E D - 2L).
      const truth = (SEEDS.length * RATE * (60 - 2 * LOCAL)) / 1000
      const spread = { standardError: Math.sqrt(truth), freedom: null, shareOf: null }
      expectTruth('lost', { measured: lost, spread, n: SEEDS.length }, truth)
    },
    TIMEOUT_MILLISECONDS,
  )

  it.each(PRESETS)('takes nothing that was acknowledged if its links live on, with %s', (preset) => {
    const { writes, lost } = destroy(preset, 1, '50ms', false)
    expect(writes.length).toBeGreaterThan(0.8 * RATE * 0.5)
    expect(lost).toEqual([])
  })
})
