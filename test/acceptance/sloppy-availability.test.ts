/**
 * Availability of sloppy quorums (DeCandia et al. 2007, section 4.6; reference: systems 13b). Of m nodes, each up with probability p by
 * independent crashes, a strict quorum needs k of the n that hold the key, the binomial tail of n, and a sloppy one k of all m. Both ways of
 * asking: each operation by itself, against who is up while it lasts, and their share against the formula, for nodes that are up for 30 s and down for
 * 10 s on average, both exponential: m = 5, n = 3, p = 3/4.
 *
 * Detection takes its time, so an operation is given that time. A node that is down refuses connections; its coordinator, which has sent it something,
 * holds it for down from then on, gives up after 1 ms, and the client tries again by turns until its coordinator knows whom to pass over. That
 * takes less than 20 ms in all, and what was learned is forgotten after 50 ms, so operations begin without it.
 *
 * A write under clocks needs no replica proper: while all n are down, one of those that stand in for them coordinates it, as one of the first n healthy nodes does
 * in Dynamo and a fallback vnode in Riak. So the law is the same for reads, for timestamps, and for vectors with dots or without.
 *
 * Errors: operations of one down period share its fate. The state of m independent nodes splits into products of the centred states u_i - p of the nodes
 * of each set S, which fade at the rate |S| (1/30 + 1/10), so the share of T seconds in which f holds has the variance
 * 2 / T * sum over S of E[f product]^2 / ((p q)^|S| |S| (1/30 + 1/10)). Bias: an operation may straddle a failure or a repair that matters to it.
 */
import { describe, expect, it } from 'vitest'
import type { OperationId } from '../../src/core/ids.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import type { History } from '../../src/history/history.js'
import { OK } from '../../src/history/outcomes.js'
import type { FaultWindow, Probes } from '../../src/history/probes.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'
import { expectTruth } from './estimate.js'
import { sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const NODES = 5
const UP = 30
const DOWN = 10
const P = UP / (UP + DOWN)
/** The state of a node is forgotten at this rate. */
const FADING = 1 / UP + 1 / DOWN
const KEYS = 100

const SEEDS = Array.from({ length: 10 }, (_, i) => i + 1)
const SECONDS = sized(300, 3000)
/** All nodes are up at first: that is as good as forgotten, by a factor of 600,000, when these have passed. */
const LEFT_OUT = 100

/** Whether an operation that needs `k` answers can have them, of a key with these replicas. */
type CanAnswer = (isUp: (node: number) => boolean, replicas: readonly number[], k: number) => boolean

const everyone = Array.from({ length: NODES }, (_, node) => node)
/** Sets of nodes, as bits of a mask: those that are up. */
const STATES = Array.from({ length: 1 << NODES }, (_, state) => state)
const ofReplicas: CanAnswer = (isUp, replicas, k) => replicas.filter(isUp).length >= k
const ofAll: CanAnswer = (isUp, _, k) => everyone.filter(isUp).length >= k

/** Binomial tails of p = 3/4, for k = 1, 2 and 3. */
const K_OF_3 = [63 / 64, 54 / 64, 27 / 64]
const K_OF_5 = [1023 / 1024, 1008 / 1024, 918 / 1024]

/**
 * Work in the background waits until all is over: what of it got no answer tells, when it is looked at again, that a node was down which may
 * be back by then.
 */
const DETECTION =
  'hints: { every: 2h }, timeouts: { read: 1ms, write: 1ms, forward: 2ms }, detector: { kind: timeout, retry: 50ms }'
const NO_EXCHANGES = 'anti-entropy: { mode: continuous, every: 2h }'

interface Variant {
  readonly name: string
  readonly operation: 'read' | 'update'
  readonly strategy: (k: number) => string
  readonly canAnswer: CanAnswer
  /** By k, from 1 on. */
  readonly truths: readonly number[]
}

const quorum = (k: number, more = '') => `quorum: { n: 3, r: ${k}, w: ${k}, ${DETECTION}${more} }`
const strict = (k: number) => quorum(k)
const sloppy = (k: number) => quorum(k, ', sloppy: true')
const riak = (type: string) => (k: number) =>
  `preset: riak-${type}, r: ${k}, w: ${k}, dw: ${k}, ${DETECTION}, ${NO_EXCHANGES}`
const dynamo = (k: number) => `preset: dynamo, r: ${k}, w: ${k}, ${DETECTION}, ${NO_EXCHANGES}`

const VARIANTS: readonly Variant[] = [
  { name: 'strict', operation: 'read', strategy: strict, canAnswer: ofReplicas, truths: K_OF_3 },
  { name: 'strict', operation: 'update', strategy: strict, canAnswer: ofReplicas, truths: K_OF_3 },
  { name: 'sloppy', operation: 'read', strategy: sloppy, canAnswer: ofAll, truths: K_OF_5 },
  { name: 'sloppy', operation: 'update', strategy: sloppy, canAnswer: ofAll, truths: K_OF_5 },
  { name: 'riak-lww', operation: 'read', strategy: riak('lww'), canAnswer: ofAll, truths: K_OF_5 },
  { name: 'riak-lww', operation: 'update', strategy: riak('lww'), canAnswer: ofAll, truths: K_OF_5 },
  { name: 'dynamo', operation: 'read', strategy: dynamo, canAnswer: ofAll, truths: K_OF_5 },
  { name: 'dynamo', operation: 'update', strategy: dynamo, canAnswer: ofAll, truths: K_OF_5 },
  { name: 'riak-default', operation: 'update', strategy: riak('default'), canAnswer: ofAll, truths: K_OF_5 },
  { name: 'riak-typed', operation: 'update', strategy: riak('typed'), canAnswer: ofAll, truths: K_OF_5 },
]

const cell = ({ operation, strategy }: Variant, k: number, seed: number) =>
  cellOf(`
seeds: [${seed}]
warmup: 0s
duration: ${SECONDS + LEFT_OUT}s
topology: { zones: { z: { nodes: ${NODES}, clients: 100% } }, links: { local: 0.1ms } }
node: { read: 0ms, write: 0ms }
client: { coordinator: round-robin, timeout: 5ms, retries: 40, backoff: 0ms, budget: 100%, mark-down: 20ms }
workload: { records: ${KEYS}, operations: { ${operation}: 100% }, keys: uniform, arrivals: poisson(1/s) }
strategies: [ { ${strategy(k)} } ]
faults: [ { crash: { node: each, every: exponential(${UP}s), for: exponential(${DOWN}s) } } ]
`)

const LONGEST = 20 * MILLISECOND
const FORGOTTEN_AFTER = 50 * MILLISECOND

/** What became of the operations of all seeds. */
interface Counts {
  operations: number
  successes: number
  /** Of those during which nobody failed or came back. */
  calm: number
  /** Of the calm ones the ones that ended otherwise than who was up says. */
  unexpected: number
  downPeriods: number
  /** Of an operation. */
  longest: number
  /** The share of keys that can be asked for, by who is up. */
  f: readonly number[]
}

function count(variant: Variant, k: number): Counts {
  const counts = {
    operations: 0,
    successes: 0,
    calm: 0,
    unexpected: 0,
    downPeriods: 0,
    longest: 0,
    f: [],
  } as Counts
  for (const seed of SEEDS) {
    const { history, probes } = simulate(cell(variant, k, seed))
    counts.downPeriods += probes.faults.length
    const canAnswer = (isUp: (node: number) => boolean, key: number) => variant.canAnswer(isUp, probes.replicas(key), k)
    for (let id = 0; id < history.count; id++) {
      if ((history.intended[id] as number) >= LEFT_OUT * SECOND) add(counts, history, probes, id, canAnswer)
    }
    const keys = Array.from({ length: KEYS }, (_, key) => key)
    counts.f = STATES.map((state) => keys.filter((key) => canAnswer((node) => has(state, node), key)).length / KEYS)
  }
  return counts
}

function add(
  counts: Counts,
  history: History,
  { faults }: Probes,
  id: OperationId,
  canAnswer: (isUp: (node: number) => boolean, key: number) => boolean,
): void {
  const from = history.intended[id] as number
  const to = history.completed[id] as number
  const isOk = history.outcome[id] === OK
  counts.operations++
  counts.longest = Math.max(counts.longest, to - from)
  if (isOk) counts.successes++
  const isNear = (time: number) => time >= from - FORGOTTEN_AFTER && time <= to
  if (faults.some((fault) => isNear(fault.from) || isNear(fault.to))) return
  counts.calm++
  const down = faults.filter((fault) => fault.from <= from && fault.to > from).map(nodeOf)
  if (canAnswer((node) => !down.includes(node), history.key[id] as number) !== isOk) counts.unexpected++
}

const nodeOf = ({ targets }: FaultWindow): number => Number(targets[0]?.replace('z-', '')) - 1

/** Of the share of so many seconds, as `n` operations find it. */
function standardErrorOf({ f }: Counts, truth: number, seconds: number, n: number): number {
  let variance = 0
  for (const set of STATES.slice(1)) {
    const size = everyone.filter((node) => has(set, node)).length
    const component = everyState((state, chance) => chance * (f[state] as number) * product(set, state))
    variance += (2 * component ** 2) / ((P * (1 - P)) ** size * size * FADING)
  }
  return Math.sqrt(variance / seconds + (truth * (1 - truth)) / n)
}

const has = (set: number, node: number): boolean => (set & (1 << node)) !== 0

/** Of u - p over the nodes of a set. */
const product = (set: number, state: number): number =>
  everyone.filter((node) => has(set, node)).reduce((sofar, node) => sofar * ((has(state, node) ? 1 : 0) - P), 1)

/** The sum over who may be up. */
function everyState(term: (state: number, chance: number) => number): number {
  const chanceOf = (state: number) => everyone.reduce((sofar, node) => sofar * (has(state, node) ? P : 1 - P), 1)
  return STATES.reduce((sum, state) => sum + term(state, chanceOf(state)), 0)
}

/** The share of time within the length of an operation of a failure or a repair that changes the answer. */
function straddled({ f }: Counts): number {
  const changes = (state: number, node: number) => Math.abs((f[state] as number) - (f[state ^ (1 << node)] as number))
  const rate = (state: number, node: number) => changes(state, node) / (has(state, node) ? UP : DOWN)
  const inAll = (state: number) => everyone.reduce((sum, node) => sum + rate(state, node), 0)
  return (everyState((state, chance) => chance * inAll(state)) * LONGEST) / SECOND
}

describe.each(VARIANTS)('$name quorums, $operation', (variant) => {
  it.each([1, 2, 3])(
    'answer exactly while %i of those that may answer are up, and as often as the formula says',
    (k) => {
      const counts = count(variant, k)
      const { operations, successes, calm, unexpected, downPeriods, longest } = counts
      expect(downPeriods).toBeGreaterThan(0.9 * ((NODES * SEEDS.length * SECONDS) / (UP + DOWN)))
      expect(longest).toBeLessThan(LONGEST)
      expect(calm).toBeGreaterThan(0.95 * operations)
      expect(unexpected).toBe(0)
      const truth = variant.truths[k - 1] as number
      expect(everyState((state, chance) => chance * (counts.f[state] as number))).toBeCloseTo(truth, 12)
      const standardError = standardErrorOf(counts, truth, SEEDS.length * SECONDS, operations)
      const spread = { standardError, freedom: null, shareOf: null }
      expectTruth(
        `${variant.name} ${k}`,
        { measured: successes / operations, spread, n: operations },
        truth,
        straddled(counts),
      )
    },
    TIMEOUT_MILLISECONDS,
  )
})
