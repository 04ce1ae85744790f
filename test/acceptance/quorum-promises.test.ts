/**
 * What quorum promises, held against whole cells. Under faults: all replicas of a key are equal if it is read once the last fault has ended and
 * what that held up has arrived, and with R + W > N no read is stale at any time. In fair weather: all replicas are equal in the end.
 * What the promises leave out is seen to break on the same schedules: repair, asking all, R + W > N. And a
 * quorum that answers one acknowledgement too early is caught.
 *
 * Faults end within the first 800 ms. Over tcp a message that met a cut is sent again 200 ms later, doubling, so after another 800 ms and those
 * 200 ms nothing of theirs is under way; reads count from 2 s on. With `QUORATE_LONG=1` a thousand schedules, ten times as many.
 */
import { describe, expect, it } from 'vitest'
import { catalog } from '../../src/catalog.js'
import { RandomStream } from '../../src/core/random.js'
import { SECOND } from '../../src/core/units.js'
import type { Cell } from '../../src/experiment/cell.js'
import type { History } from '../../src/history/history.js'
import { READ } from '../../src/history/operation-kinds.js'
import { OK } from '../../src/history/outcomes.js'
import type { Probes } from '../../src/history/probes.js'
import { equalValues, type Value } from '../../src/history/values.js'
import type { Guarantee } from '../../src/replication/replica.js'
import { collect } from '../../src/results/collect.js'
import { simulate } from '../../src/runner/run-cell.js'
import { impatientQuorum } from '../planted/impatient-quorum.js'
import { withPlanted } from '../planted/planted.js'
import { cellOf } from '../runner/cells.js'
import { sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const SCHEDULES = sized(25, 1000)
const READS_COUNT_FROM = 2 * SECOND

const faultyCell = (schedule: number, options: (random: RandomStream) => string): Cell => {
  const random = RandomStream.ofSeed(schedule).fork('quorum promises')
  const pick = <T>(...choices: readonly T[]): T => choices[random.below(choices.length)] as T
  const faults = Array.from({ length: 1 + random.below(6) }, () => {
    const at = random.below(500)
    const times = `at: ${at}ms, for: ${1 + random.below(800 - at)}ms`
    const zone = pick('a', 'b', 'c')
    return pick(`partition: { isolate: ${zone}, ${times} }`, `crash: { node: ${pick('any', `${zone}-1`)}, ${times} }`)
  })
  return cellOf(`
seeds: [${schedule}]
warmup: 0s
duration: 2500ms
settle: 600s
topology:
  transport: ${pick('tcp', 'datagram')}
  zones: { a: { nodes: 2, clients: 40% }, b: { nodes: ${pick(1, 2)}, clients: 40% }, c: { nodes: 2, clients: 20% } }
  links: { a--b: 10ms + exponential(5ms), a--c: 20ms + exponential(5ms), b--c: 15ms + exponential(20ms) }
node: { clock: { offset: ${pick('0ms', 'normal(0ms 50ms)')}, drift: ${pick('0ppm', '500ppm')} } }
client: { timeout: 1s, retries: ${pick(0, 2)} }
workload:
  records: 20
  operations: { read: 60%, update: 15%, read-modify-write: 5%, increment: 10%, add: 6%, remove: 4% }
  keys: uniform
  arrivals: poisson(150/s)
strategies: [ { quorum: { coordinator: ${pick('node', 'client')}, ${options(random)} } } ]
faults: [ ${faults.map((fault) => `{ ${fault} }`).join(', ')} ]
`)
}

/** Any N, R and W; repaired, and all are asked. */
function repaired(random: RandomStream): string {
  const n = 2 + random.below(3)
  const repair = random.below(2) === 0 ? 'asynchronous' : 'blocking'
  return `n: ${n}, r: ${1 + random.below(n)}, w: ${1 + random.below(n)}, repair: ${repair}`
}

/** R + W > N; repaired or not, whoever is asked. */
function strict(random: RandomStream): string {
  const n = 2 + random.below(3)
  const r = 1 + random.below(n)
  const w = n - r + 1
  const repair = ['none', 'asynchronous', 'blocking'][random.below(3)]
  return `n: ${n}, r: ${r}, w: ${w}, repair: ${repair}, contact: ${random.below(2) === 0 ? 'all' : 'quorum'}`
}

interface Violations {
  /** Keys that were read after the faults, and of those the ones whose replicas differ in the end. */
  used: number
  diverged: number
  stale: number
}

function violationsOf(cells: readonly Cell[]): Violations {
  const sum: Violations = { used: 0, diverged: 0, stale: 0 }
  for (const cell of cells) {
    const { history, probes, digest } = simulate(cell)
    const used = keysReadLate(history)
    sum.used += used.size
    for (const key of used) if (isDiverged(probes, key)) sum.diverged++
    sum.stale += collect(cell, history, probes, digest).ratios['stale.ratio']?.[0] ?? 0
  }
  return sum
}

/** Reads that succeeded; their first answers are all that the client waits for, their last ones all that repair needs. */
function keysReadLate(history: History): ReadonlySet<number> {
  const keys = new Set<number>()
  for (let id = 0; id < history.count; id++) {
    if (history.kind[id] !== READ || history.outcome[id] !== OK) continue
    if ((history.intended[id] as number) >= READS_COUNT_FROM) keys.add(history.key[id] as number)
  }
  return keys
}

function isDiverged(probes: Probes, key: number): boolean {
  const values = probes.finals.values(key)
  return values.some((value) => !equalValues(value, values[0] as Value))
}

function promises({ strategy }: Cell, guarantee: Guarantee): boolean {
  const found = catalog.strategies.get(strategy.name)?.promises(strategy.options) ?? []
  return found.some((promise) => promise.guarantee === guarantee && promise.under !== 'fair weather')
}

const schedules = (options: (random: RandomStream) => string, count = SCHEDULES): readonly Cell[] =>
  Array.from({ length: count }, (_, i) => faultyCell(i + 1, options))

describe('under faults', () => {
  it(
    'all replicas of a key that is read after them are equal, with repair and all asked',
    () => {
      const cells = schedules(repaired)
      expect(cells.every((cell) => promises(cell, 'converges-when-used'))).toBe(true)
      const { used, diverged } = violationsOf(cells)
      expect(used).toBeGreaterThan(5 * SCHEDULES)
      expect(diverged).toBe(0)
    },
    TIMEOUT_MILLISECONDS,
  )

  it(
    'no read is stale where R + W > N',
    () => {
      const cells = schedules(strict)
      expect(cells.every((cell) => promises(cell, 'no-stale-reads'))).toBe(true)
      expect(violationsOf(cells).stale).toBe(0)
    },
    TIMEOUT_MILLISECONDS,
  )

  it.each([
    ['without repair', 'repair: none'],
    ['if only R are asked', 'contact: quorum'],
  ])('%s some of those replicas differ', (_, options) => {
    const cells = schedules(() => options, 30)
    expect(cells.some((cell) => promises(cell, 'converges-when-used'))).toBe(false)
    expect(violationsOf(cells).diverged).toBeGreaterThan(0)
  })

  it('reads are stale where R + W = N', () => {
    const cells = schedules(() => 'r: 1', 30)
    expect(cells.some((cell) => promises(cell, 'no-stale-reads'))).toBe(false)
    expect(violationsOf(cells).stale).toBeGreaterThan(0)
  })
})

const fairCell = (seed: number, options: string): Cell =>
  cellOf(`
seeds: [${seed}]
warmup: 0s
duration: 2s
topology:
  zones: { a: { nodes: 2, clients: 50% }, b: { nodes: 2, clients: 50% } }
  links: { a--b: 10ms + exponential(5ms) }
workload:
  records: 5
  operations: { read: 50%, update: 20%, read-modify-write: 10%, increment: 10%, add: 5%, remove: 5% }
  keys: uniform
  arrivals: poisson(400/s)
  read-back: { share: 50%, after: [0ms, 5ms] }
strategies: [ { quorum: { ${options} } } ]
`)

const FAIR = ['', 'r: 1, w: 1', 'repair: none', 'repair: blocking', 'r: 1, w: 1, coordinator: client, contact: quorum']

describe('in fair weather', () => {
  it.each(FAIR)('all replicas are equal in the end: { %s }', (options) => {
    for (const seed of [1, 2, 3]) {
      const { history, probes } = simulate(fairCell(seed, options))
      expect(history.outcome.slice(0, history.count).every((outcome) => outcome === OK)).toBe(true)
      expect(probes.finals.writtenKeys.filter((key) => isDiverged(probes, key))).toEqual([])
    }
  })

  it('no read is stale, and a quorum that answers after W - 1 acknowledgements is caught by that', () => {
    const cells = ['', 'repair: blocking', 'coordinator: client'].flatMap((options) =>
      [1, 2, 3].map((seed) => fairCell(seed, options)),
    )
    const staleIn = (cell: Cell) => violationsOf([cell]).stale
    expect(cells.map(staleIn)).toEqual(cells.map(() => 0))
    for (const cell of cells) expect(withPlanted(impatientQuorum, () => staleIn(cell))).toBeGreaterThan(0)
  })
})
