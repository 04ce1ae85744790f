/**
 * Policies for overload against queueing theory, through workload files and the command line. The network takes no time and `unreplicated` serves
 * with c exponential servers, so what the policy lets in is all that there is.
 *
 * drop(c): with as many servers as operations may be under way nothing ever queues, and the share that is dropped is Erlang's B (1917). drop(K) with
 * fewer servers than K is M/M/c/K. queue(c) moves the queue from the node to the clients: response times from the intended start are
 * those of M/M/c. The node refuses what more than the policy lets in would make wait there, and refuses nothing. In the long form eight checks
 * at four standard errors.
 */
import { describe, expect, it } from 'vitest'
import { latencyOf, ratioOf } from '../../src/advice/validate/estimate.js'
import { expectTruth } from './estimate.js'
import { runWorkload, sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

interface System {
  readonly servers: number
  readonly limit: number
  /** Offered load in units of one server. */
  readonly load: number
}

const workloadOf = ({ servers, limit, load }: System, overload: string): string => `
seeds: ${sized(5, 20)}
warmup: 500ms
duration: ${sized('1s', '50s')}
topology: { zones: { z: { nodes: 1, clients: 100% } }, links: { local: 0ms } }
node: { concurrency: ${servers}, read: exponential(1ms), queue: ${limit - servers} }
client: { timeout: 100s }
workload: { operations: { read: 100% }, arrivals: poisson(${1000 * load}/s), overload: ${overload} }
strategies: [unreplicated]
`

/** The probability that `limit` are in an M/M/c/K system: its states are a birth and death process. */
function fullProbability({ servers, limit, load }: System): number {
  let weight = 1
  let total = 1
  for (let n = 1; n <= limit; n++) {
    weight *= load / Math.min(n, servers)
    total += weight
  }
  return weight / total
}

/** Of M/M/c, in services: 1 + C(c, a) / (c - a), where Erlang's C follows from B. */
function meanResponse({ servers, load }: System): number {
  const blocked = fullProbability({ servers, limit: servers, load })
  const waits = blocked / (1 - (load / servers) * (1 - blocked))
  return 1 + waits / (servers - load)
}

describe('dropping', () => {
  const systems: readonly System[] = [
    { servers: 4, limit: 4, load: 3 },
    { servers: 2, limit: 6, load: 1.8 },
    { servers: 1, limit: 1, load: 0.5 },
    { servers: 8, limit: 8, load: 10 },
  ]
  it.each(sized(systems.slice(0, 2), systems))(
    'drops the share of arrivals that find $limit at $servers servers under a load of $load',
    async (system) => {
      const results = await runWorkload(workloadOf(system, `drop(${system.limit})`))
      expect(ratioOf(results, 'unreplicated', 'errors.overloaded').count).toBe(0)
      expectTruth('dropped', ratioOf(results, 'unreplicated', 'errors.dropped'), fullProbability(system))
      if (system.limit === system.servers) expectTruth('mean', latencyOf(results, 'unreplicated', 'read.mean'), 1)
    },
    TIMEOUT_MILLISECONDS,
  )
})

describe('queueing', () => {
  it(
    'before the node takes as long as at the node',
    async () => {
      const system = { servers: 4, limit: 4, load: 3 }
      const results = await runWorkload(workloadOf(system, 'queue(4)'))
      expect(ratioOf(results, 'unreplicated', 'errors.overloaded').count).toBe(0)
      expectTruth('mean', latencyOf(results, 'unreplicated', 'read.mean'), meanResponse(system))
    },
    TIMEOUT_MILLISECONDS,
  )
})
