/**
 * `unreplicated` as a queue: mean and p99 of the response against the closed forms of M/M/c (Erlang 1917), M/D/1 and M/G/1 (Pollaczek and
 * Khinchine), and fan-out to two as a fork-join queue (Flatto and Hahn 1984, as in Nelson and Tantawi 1988). The network takes no
 * time, so the response is the sojourn at the stations. Times are in units of the mean service, 1 ms.
 *
 * Warm-up: the station starts empty and forgets it at the rate c mu (1 - sqrt(rho))^2, slowest for one server at rho = .8, in 90 ms; the
 * default of 2 s leaves e^-22. A scan of 100 records is a read of 0.6 ms and 4 us for each.
 */
import type { Bias, Finding } from './check.js'
import { latencyOf } from './estimate.js'
import type { Family, Part } from './family.js'
import { simulated } from './simulated.js'

export interface Queue {
  readonly name: string
  readonly servers: number
  readonly perSecond: number
  readonly service: string
  /** More of the node and of the workload; reads alone without it. */
  readonly scans?: { readonly node: string; readonly workload: string }
  readonly mean: number
  /** Null where no closed form is at hand. */
  readonly p99: number | null
  /** All seconds of all seeds that leave errors below 0.7% of the mean and 1% of the p99, by forty. */
  readonly seconds: number
}

const MARKOV = 'exponential(1ms)'
const FIXED = '1ms'

/** Means: c = 2 is 1 / (1 - rho^2); c = 4 is 1 + C / (4 - 4 rho) with Erlang's C = .173913 and .596432; M/D/1 is 1 + rho / (2 - 2 rho). */
export const QUEUES: readonly Queue[] = [
  { name: 'M/M/1 at .5', servers: 1, perSecond: 500, service: MARKOV, mean: 2, p99: 9.21, seconds: 100 },
  { name: 'M/M/2 at .5', servers: 2, perSecond: 1000, service: MARKOV, mean: 4 / 3, p99: 5.666, seconds: 50 },
  { name: 'M/M/4 at .5', servers: 4, perSecond: 2000, service: MARKOV, mean: 1.0869565, p99: 4.764, seconds: 25 },
  { name: 'M/M/1 at .8', servers: 1, perSecond: 800, service: MARKOV, mean: 5, p99: 23.026, seconds: 300 },
  { name: 'M/M/2 at .8', servers: 2, perSecond: 1600, service: MARKOV, mean: 25 / 9, p99: 11.937, seconds: 150 },
  { name: 'M/M/4 at .8', servers: 4, perSecond: 3200, service: MARKOV, mean: 1.7455401, p99: 6.893, seconds: 75 },
  { name: 'M/D/1 at .5', servers: 1, perSecond: 500, service: FIXED, mean: 1.5, p99: 4.336, seconds: 100 },
  { name: 'M/D/1 at .8', servers: 1, perSecond: 800, service: FIXED, mean: 3, p99: 11.356, seconds: 150 },
  {
    name: 'M/D/1 at .8, of scans',
    servers: 1,
    perSecond: 800,
    service: '0.6ms',
    mean: 3,
    p99: 11.356,
    seconds: 150,
    scans: { node: ', scan: 4us', workload: ', scan-length: 100' },
  },
]

/** Beyond the table: many servers, with C = .457645 and .304884, and a service of two kinds with E[S] = 1 and E[S^2] = 4. */
const MORE_QUEUES: readonly Queue[] = [
  { name: 'M/M/8 at .8', servers: 8, perSecond: 6400, service: MARKOV, mean: 1.286028, p99: null, seconds: 40 },
  { name: 'M/M/16 at .8', servers: 16, perSecond: 12_800, service: MARKOV, mean: 1.095276, p99: null, seconds: 20 },
  {
    name: 'M/G/1 at .5, of two kinds',
    servers: 1,
    perSecond: 500,
    service: '50% exponential(0ms) + 50% exponential(2ms)',
    mean: 3,
    p99: null,
    seconds: 200,
  },
]

/** The p99 are given to three decimals, and a histogram's bucket is 0.1% wide. */
export const p99Bias = (p99: number): Bias => ({
  value: 0.0005 + 0.0005 * p99,
  reason: 'half a decimal of the printed p99, and half a bucket of the histogram, which is 0.1% wide',
})

export const operationOf = ({ scans }: Queue): string => (scans === undefined ? 'read' : 'scan')

/** `seconds` is each seed's measured phase. */
export const queueWorkload = (queue: Queue, seconds: number): string => `
seeds: 40
duration: ${seconds}s
topology: { zones: { z: { nodes: 1, clients: 100% } }, links: { local: 0ms } }
node: { concurrency: ${queue.servers}, read: ${queue.service}, queue: 100000${queue.scans?.node ?? ''} }
client: { timeout: 100s }
workload: { operations: { ${operationOf(queue)}: 100% }, arrivals: poisson(${queue.perSecond}/s)${queue.scans?.workload ?? ''} }
strategies: [unreplicated]
`

const SHORT_SHARE = 1 / 10
const FULL_SHARE = 1

function queuePart(queue: Queue): Part {
  return {
    name: queue.name,
    seconds: 3,
    measure: (seed, size) => {
      const seconds = queue.seconds * size.of(SHORT_SHARE, FULL_SHARE)
      const results = simulated(queueWorkload(queue, seconds), seed)
      const find = (statistic: 'mean' | 'p99', expected: number, bias: Bias | null): Finding => ({
        name: `${queue.name}, ${statistic}`,
        unit: 'ms',
        source: 'exact: M/M/c (Erlang 1917), M/D/1 and M/G/1 (Pollaczek and Khinchine)',
        expected,
        bias,
        ...latencyOf(results, 'unreplicated', `${operationOf(queue)}.${statistic}`),
      })
      const mean = find('mean', queue.mean, null)
      return queue.p99 === null ? [mean] : [mean, find('p99', queue.p99, p99Bias(queue.p99))]
    },
  }
}

const forkWorkload = (perSecond: number, seconds: number): string => `
seeds: 40
duration: ${seconds}s
topology: { zones: { z: { nodes: 2, clients: 100% } }, links: { local: 0ms } }
node: { concurrency: 1, write: exponential(1ms), queue: 100000 }
client: { timeout: 100s }
workload: { operations: { update: 100% }, arrivals: poisson(${perSecond}/s) }
strategies: [ { quorum: { n: 2, r: 1, w: 2, coordinator: client } } ]
`

/** Writes that wait for both of two replicas: (12 - rho) / 8 times the sojourn at one. */
function forkPart(rho: number): Part {
  return {
    name: `fork-join at ${rho}`,
    seconds: 6,
    measure: (seed, size) => {
      const results = simulated(forkWorkload(1000 * rho, size.of(20, 200)), seed)
      return [
        {
          name: `writes to 2 of 2 at ${rho}, mean`,
          unit: 'ms',
          source: 'exact: the fork-join queue of two (Flatto and Hahn 1984)',
          expected: (12 - rho) / 8 / (1 - rho),
          bias: null,
          ...latencyOf(results, results.summaries[0]?.label as string, 'write.mean'),
        },
      ]
    },
  }
}

export const queues: Family = {
  name: 'queues',
  summary: 'response times of a station, and of writes that wait for two',
  parts: [...[...QUEUES, ...MORE_QUEUES].map(queuePart), ...[0.5, 0.8].map(forkPart)],
}
