/**
 * What a leaderless store sustains, against the work bound (reference: capacity of ONE, QUORUM and ALL): with S nodes that each do c mu units of work in a
 * second, and an operation that is a units at all of them together, S c mu / a. Coordinating costs nothing, and a digest or a head as much as the
 * data. So reads at ONE, QUORUM and ALL of three copies go as 1 : 1/2 : 1/3; those of Dynamo ask all N whatever R, and so do those of Riak, N
 * heads and a body; and a write is N units at every level, so a level that seems to change what is sustained of writes tells of latency.
 *
 * The bound holds only where the work is even. Token-aware clients take the replicas of a key by turns, a coordinator asks itself first, and of the
 * others the order depends on the turn too: of one key that is not even, of keys spread evenly over the ring it is, which is why there
 * are many and all are equally hot. Affinity names coordinators of writes alone, which here cost nothing. Repairs, hints, anti-entropy and
 * failure detection are off: they are work of their own, and make more of it once operations time out.
 *
 * How sharp it is: as in capacity.test.ts, a share e beyond the bound fails for sure after timeout / e, and e^-(c mu e timeout) of the operations
 * time out below it. Long: 50 ms and 4 s, warm-up included, where e = 2% is reached after 2.5 s, and 0.005% time out below; at e = 1% it may
 * go either way. Short: 25 ms and 1.5 s, where e = 4% is reached after 0.6 s. So the figure is the bound, or at most two steps of 1% from it.
 */
import { describe, expect, it } from 'vitest'
import { summarize } from '../../src/results/summary.js'
import { runCell } from '../../src/runner/run-cell.js'
import { cellsOf } from '../runner/cells.js'
import { sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const NODES = 3
/** Units of work per second of one node: four servers at 0.4 ms. */
const NODE = 10_000

/** Around a bound, which is none of them in the short form. */
const SHARES = sized([0.96, 1.04], [0.95, 0.96, 0.97, 0.98, 0.99, 1, 1.01, 1.02, 1.03, 1.04, 1.05])

const QUIET = 'repair: none, hints: none, detector: none'
const cassandra = (level: string): string => `{ preset: cassandra-${level}, speculation: none, ${QUIET} }`
const allReader = (preset: string, answers: string): string =>
  `{ preset: ${preset}, ${answers}, sloppy: none, anti-entropy: none, ${QUIET} }`

const workloadOf = (kind: string, strategies: readonly string[], bound: number): string => `
seeds: 1
duration: ${sized('1s', '3s')}
warmup: ${sized('500ms', '1s')}
topology: { zones: { rack: { nodes: ${NODES}, clients: 100% } }, links: { local: 0.2ms } }
node: { concurrency: 4, read: exponential(0.4ms), write: exponential(0.4ms), queue: 1000000 }
client: { timeout: ${sized('25ms', '50ms')}, mark-down: 0s, coordinator: token-aware }
workload: { records: 100000, operations: { ${kind}: 100% }, keys: uniform }
axes: { workload.arrivals: [ ${SHARES.map((share) => `poisson(${Math.round(share * bound)}/s)`).join(', ')} ] }
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

  it(
    'by Dynamo is the same for every R',
    () => {
      expectFlat(sustained('read', [allReader('dynamo', 'r: [1, 2, 3]')], 3), 3)
    },
    TIMEOUT_MILLISECONDS,
  )

  it(
    'by Riak is the same for every R, three heads and a body',
    () => {
      expectFlat(sustained('read', [allReader('riak-default', 'r: [1, 2, 3]')], 4), 3)
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
