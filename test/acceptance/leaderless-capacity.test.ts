/**
 * What a leaderless store sustains, against the work bound (reference: capacity of ONE, QUORUM and ALL): with S nodes that each do c mu units of work in a
 * second, and an operation that is a units at all of them together, S c mu / a. Coordinating costs nothing, and a digest or a head as much as the
 * data. So reads at ONE, QUORUM and ALL of three copies go as 1 : 1/2 : 1/3; those of Dynamo ask all N whatever R, and so do those of Riak, N
 * heads and a body; and a write is N units at every level, so a level that seems to change what is sustained of writes tells of latency.
 *
 * The bound holds only where the work is even. Token-aware clients take the replicas of a key by turns, a coordinator asks itself first, and the
 * order of the others is drawn for each turn; keys are many and equally hot, and spread evenly over the ring. Affinity names coordinators of
 * writes alone, which here cost nothing. Repairs, hints, anti-entropy and failure detection are off: they are work of their own, and make
 * more of it once operations time out.
 *
 * How sharp it is: operations arrive evenly and services differ little, so a node's queue is moved by chance only where its share of the
 * operations is: by most under reads at ONE, which go to one node of three, drawn with the key (variance 2/3 of the mean). A share e beyond the
 * bound makes the mean queue of the nodes grow by e c mu in a second, whatever chance does, and all of the fullest node's operations time out
 * from timeout / e on. Below the bound a queue reaches the timeout with probability e^-(2 e c mu timeout / 0.69) or less. Long: 25 ms and 4 s,
 * where e = 1% is reached after 2.5 s, and 0.07% below; short: 12.5 ms and 1 s, where e = 3% is reached after 0.4 s, and 0.002% below. At
 * the bound itself the queue is a random walk. So the figure is the bound, or one step from it.
 */
import { describe, expect, it } from 'vitest'
import { summarize } from '../../src/results/summary.js'
import { runCell } from '../../src/runner/run-cell.js'
import { cellsOf } from '../runner/cells.js'
import { sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const NODES = 3
/** Units of work per second of one node: four servers at 0.4 ms on average. */
const NODE = 10_000

/** Around a bound, which is none of them in the short form. */
const SHARES = sized([0.97, 1.03], [0.97, 0.98, 0.99, 1, 1.01, 1.02, 1.03])

const QUIET = 'repair: none, hints: none, detector: none'
const cassandra = (level: string): string => `{ preset: cassandra-${level}, speculation: none, ${QUIET} }`
const allReader = (preset: string, answers: string): string =>
  `{ preset: ${preset}, ${answers}, sloppy: none, anti-entropy: none, ${QUIET} }`

const workloadOf = (kind: string, strategies: readonly string[], bound: number): string => `
seeds: 1
duration: ${sized('600ms', '3s')}
warmup: ${sized('400ms', '1s')}
topology: { zones: { rack: { nodes: ${NODES}, clients: 100% } }, links: { local: 0.2ms } }
node: { concurrency: 4, read: uniform(0.3ms 0.5ms), write: uniform(0.3ms 0.5ms), queue: 1000000 }
client: { timeout: ${sized('12.5ms', '25ms')}, mark-down: 0s, coordinator: token-aware }
workload: { records: 100000, operations: { ${kind}: 100% }, keys: uniform }
axes: { workload.arrivals: [ ${SHARES.map((share) => `constant(${Math.round(share * bound)}/s)`).join(', ')} ] }
strategies: [ ${strategies.join(', ')} ]
`

/** What each variant sustains, in the order given. `unitsOfWork` is of one operation, at all nodes together. */
function sustained(kind: string, strategies: readonly string[], unitsOfWork: number): readonly number[] {
  const bound = (NODES * NODE) / unitsOfWork
  const summaries = summarize(cellsOf(workloadOf(kind, strategies, bound)).map((cell) => runCell(cell)))
  const found = new Map(summaries.map(({ label, measures }) => [label, measures['throughput.max']]))
  return [...found].map(([label, capacity]) => {
    expect(capacity, `${label} sustains some of the rates`).toBeDefined()
    expect(capacity, label).not.toHaveProperty('atLeast')
    const { value } = capacity as NonNullable<typeof capacity>
    expect(Math.abs(value / bound - 1), `${label}: ${value} of ${bound}`).toBeLessThan(0.05)
    return value
  })
}

describe('what is sustained of reads', () => {
  it(
    'at ONE, QUORUM and ALL of three copies is as 1 : 1/2 : 1/3',
    () => {
      const [one] = sustained('read', [cassandra('one')], 1) as [number]
      const [quorum] = sustained('read', [cassandra('quorum')], 2) as [number]
      const [all] = sustained('read', [cassandra('all')], 3) as [number]
      expect(Math.abs((2 * quorum) / one - 1), `${quorum} against ${one}`).toBeLessThan(0.05)
      expect(Math.abs((3 * all) / one - 1), `${all} against ${one}`).toBeLessThan(0.05)
    },
    TIMEOUT_MILLISECONDS,
  )

  /** In place of what the preset asks for. */
  const ANSWERS = sized('r: [1, 3]', 'r: [1, 2, 3]')
  const COUNT = sized(2, 3)

  it(
    'by Dynamo is the same for every R',
    () => {
      expectFlat(sustained('read', [allReader('dynamo', ANSWERS)], 3), COUNT)
    },
    TIMEOUT_MILLISECONDS,
  )

  it(
    'by Riak is the same for every R, three heads and a body',
    () => {
      expectFlat(sustained('read', [allReader('riak-default', ANSWERS)], 4), COUNT)
    },
    TIMEOUT_MILLISECONDS,
  )
})

describe('what is sustained of writes', () => {
  const LEVELS = sized(
    ['one', 'quorum', 'all'],
    ['any', 'one', 'two', 'three', 'quorum', 'local-one', 'local-quorum', 'each-quorum', 'all'],
  )

  it(
    'is the same at every level',
    () => {
      expectFlat(sustained('update', LEVELS.map(cassandra), 3), LEVELS.length)
    },
    TIMEOUT_MILLISECONDS,
  )
})

function expectFlat(values: readonly number[], count: number): void {
  expect(values).toHaveLength(count)
  expect(Math.max(...values) / Math.min(...values) - 1, values.join(', ')).toBeLessThan(0.03)
}
