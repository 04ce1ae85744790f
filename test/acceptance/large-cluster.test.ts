/**
 * A cluster far larger than N: with 100 nodes and a million records a cell of `quorum` takes less than 2 GB, because what a node keeps goes by the keys
 * that it holds, which are 3% of all. Each run is a process of its own, whose largest resident size the system tells. Columns by key that
 * reach to the largest key would take 100 nodes x 1 M keys x 16 bytes = 1.6 GB by themselves, however few operations there are.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

/** Kilobytes; the short form has a twentieth of the operations. */
const MOST = sized(1_000_000, 2_000_000)

const workloadOf = (options: string): string => `
seeds: [1]
warmup: 0s
duration: 1h
topology: { zones: { local: { nodes: 100 } } }
node: { concurrency: 16, read: 0.05ms, write: 0.05ms }
workload:
  records: 1000000
  count: ${sized(50_000, 1_000_000)}
  operations: { read: 40%, update: 40%, add: 10%, scan: 10% }
  keys: uniform
  arrivals: closed(2000)
strategies: [{ quorum: ${options} }]
`

const SCRIPT = `
import { catalog } from './dist/catalog.js'
import { plan } from './dist/experiment/plan.js'
import { parseSpec } from './dist/experiment/spec.js'
import { runCell } from './dist/runner/run-cell.js'
const [cell] = plan(parseSpec(process.argv[1], 'large-cluster.yaml', catalog))
const { measures } = runCell(cell)
console.log(JSON.stringify({ measures, kilobytes: process.resourceUsage().maxRSS }))
`

const execute = promisify(execFile)

it.each(['{ n: 3, r: 2, w: 2 }', '{ tokens: random, vnodes: 256, r: QUORUM, w: QUORUM }'])(
  'a hundred nodes hold a million records under %s',
  async (options) => {
    const { stdout } = await execute(process.execPath, ['--input-type=module', '-e', SCRIPT, workloadOf(options)])
    const { measures, kilobytes } = JSON.parse(stdout)
    expect(measures.availability).toBe(1)
    expect(measures['diverged.keys']).toBe(0)
    expect(kilobytes).toBeLessThan(MOST)
  },
  TIMEOUT_MILLISECONDS,
)
