/**
 * Siblings in the simulator: how many there are where a closed form tells, what a store that keeps them never loses, and what merging
 * them brings back (reference: staleness Q14, systems 13b).
 */
import { describe, expect, it } from 'vitest'
import type { OperationId } from '../../src/core/ids.js'
import { MILLISECOND } from '../../src/core/units.js'
import type { History } from '../../src/history/history.js'
import { isWrite, REMOVE } from '../../src/history/operation-kinds.js'
import { OK } from '../../src/history/outcomes.js'
import type { Value } from '../../src/history/values.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'
import { expectTruth } from './estimate.js'
import { sized } from './workload-run.js'

const idsOf = (value: Value): readonly OperationId[] =>
  typeof value === 'number' ? (value < 0 ? [] : [value]) : 'ids' in value ? value.ids : []

const estimate = (measured: number, standardError: number, n: number) => ({
  measured,
  spread: { standardError, freedom: null, shareOf: null },
  n,
})

const acknowledged = (history: History, test: (id: OperationId) => boolean): readonly OperationId[] =>
  Array.from({ length: history.count }, (_, id) => id).filter(
    (id) => history.outcome[id] === OK && isWrite(history.kind[id] as number) && test(id),
  )

describe('the number of siblings', () => {
  const LAMBDA = 100
  const TAU = 0.02

  /** On one node, whose reads and writes take no time: a read-modify-write writes 20 ms after it has read. */
  const workload = (seconds: number) => `
duration: ${seconds}s
topology: { zones: { a: { nodes: 1 } }, links: { local: 10ms } }
node: { read: 0ms, write: 0ms, concurrency: 100 }
workload: { records: 1, operations: { read-modify-write: 100% }, arrivals: poisson(${LAMBDA}/s) }
strategies: [ { quorum: { n: 1, r: 1, w: 1, versions: dotted } } ]
`

  it('is 1 + Poisson(lambda tau) where Poisson writes come a time tau after their reads', () => {
    const { history } = simulate(cellOf(workload(sized(200, 2_000))))
    const counts = Array.from(history.siblings.values())
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
    const variance = counts.reduce((sum, count) => sum + (count - mean) * (count - mean), 0) / counts.length
    // Counts less than tau apart share writes: their correlations sum to lambda tau / 2 each way.
    const m = LAMBDA * TAU
    const correlated = 1 + m
    const n = counts.length
    expectTruth('mean', estimate(mean, Math.sqrt((m * correlated) / n), n), 1 + m)
    // The fourth central moment of Poisson(m) is m + 3 m^2.
    const error = Math.sqrt(((m + 2 * m * m) * correlated) / n)
    expectTruth('variance', estimate(variance, error, n), m)
  })
})

describe('two clients that keep writing one key', () => {
  const written = (versions: string) => {
    const cell = cellOf(`
duration: 1s
topology: { zones: { a: { nodes: 1 } }, links: { local: 10ms } }
node: { read: 0ms, write: 0ms }
workload: { records: 1, operations: { update: 100% }, arrivals: closed(2 think 1ms) }
strategies: [ { quorum: { n: 1, r: 1, w: 1, versions: ${versions} } } ]
`)
    const { history, probes } = simulate(cell)
    return { writes: history.count, siblings: idsOf(probes.finals.values(0)[0] as Value).length }
  }

  it('pile up a sibling with every write under version vectors, and keep two under dotted ones', () => {
    const vectors = written('vectors')
    expect(vectors.writes).toBeGreaterThan(80)
    expect(vectors.siblings).toBe(vectors.writes)
    expect(written('dotted').siblings).toBe(2)
  })
})

/** Two partitions overlap a crash, another crash strikes later; a node loses its disk. */
const stormOf = (operations: string, strategy: string) => `
duration: ${sized(4, 20)}s
topology:
  zones: { a: { nodes: 2, clients: 50% }, b: { nodes: 2, clients: 30% }, c: { nodes: 1, clients: 20% } }
  links: { a--b: 20ms + exponential(5ms), a--c: 30ms, b--c: 40ms + exponential(10ms) }
client: { timeout: 200ms, retries: 1 }
workload: { records: 20, operations: ${operations}, arrivals: poisson(500/s) }
strategies: [ ${strategy} ]
faults:
  - partition: { isolate: a, at: 1s, for: 1s }
  - crash: { node: b-1, at: 1500ms, for: 500ms }
  - partition: { isolate: c, at: 2s, for: 1s }
  - crash: { node: any, at: 3s, for: 300ms }
`

const REGISTERS = '{ read: 30%, update: 40%, read-modify-write: 20%, delete: 10% }'

describe.each(['dotted', 'vectors'])('under partitions and crashes, %s versions', (versions) => {
  it('lose no acknowledged write that no other has seen', () => {
    const { history, probes } = simulate(
      cellOf(stormOf(REGISTERS, `{ quorum: { r: 1, w: 1, versions: ${versions} } }`)),
    )
    const hasSeen = (later: OperationId, earlier: OperationId) => {
      const context = history.contexts.get(later) as readonly number[]
      const at = context.findIndex((origin, i) => i % 2 === 0 && origin === history.tie[earlier])
      return at >= 0 && (context[at + 1] as number) >= (history.order[earlier] as number)
    }
    let checked = 0
    for (const key of probes.finals.writtenKeys) {
      const values = probes.finals.values(key).map(idsOf)
      const left = values.flat()
      for (const write of acknowledged(history, (id) => history.key[id] === key)) {
        checked++
        expect(left.some((id) => id === write || hasSeen(id, write))).toBe(true)
      }
      // With dots what is left at a replica has not been seen by anything else that is.
      if (versions !== 'dotted') continue
      for (const ids of values) {
        const isOnce = (id: OperationId) => history.attempts[id] === 1 && history.outcome[id] === OK
        expect(ids.filter((id) => isOnce(id) && ids.some((other) => other !== id && hasSeen(other, id)))).toEqual([])
      }
    }
    expect(checked).toBeGreaterThan(700)
  })
})

describe('a cart', () => {
  /** In calm weather, of acknowledged removes that began when everybody had long had their element, those whose element is there in the end. */
  const resurrected = (strategy: string) => {
    const cell = cellOf(`
duration: ${sized(4, 20)}s
topology:
  zones: { a: { nodes: 2, clients: 50% }, b: { nodes: 2, clients: 50% } }
  links: { a--b: 20ms + exponential(5ms) }
workload: { records: 10, operations: { add: 60%, remove: 40% }, arrivals: poisson(500/s) }
strategies: [ ${strategy} ]
`)
    const { history, probes } = simulate(cell)
    const elements = (value: Value) => (typeof value !== 'number' && 'elements' in value ? value.elements : [])
    const left = new Set(probes.finals.writtenKeys.flatMap((key) => probes.finals.values(key).flatMap(elements)))
    const isLate = (remove: OperationId, add: OperationId) =>
      add >= 0 && (history.intended[remove] as number) > (history.completed[add] as number) + 300 * MILLISECOND
    const removes = acknowledged(
      history,
      (id) => history.kind[id] === REMOVE && isLate(id, history.base[id] as OperationId),
    )
    return { removes: removes.length, back: removes.filter((id) => left.has(history.base[id] as number)).length }
  }

  it('of siblings that are merged by union gets back what was taken out, and one of an observed-remove set does not', () => {
    const union = resurrected('{ quorum: { versions: dotted, merge: union } }')
    expect(union.removes).toBeGreaterThan(100)
    expect(union.back).toBeGreaterThan(10)
    expect(resurrected('{ crdt: {} }').back).toBe(0)
  })
})
