/**
 * The latency of a quorum of k out of n is an order statistic: with one exponential leg of mean 1 ms and nothing else, its mean is
 * H_n - H_(n-k) ms and its variance the sum of 1/i^2 over the same terms (Rényi 1953). Datagrams, because over tcp a message left
 * over from a client's last operation would hold up the next one. Reads do not depend on W, nor writes on R, so k = R = W covers every R
 * and every W.
 */
import type { Finding } from './check.js'
import { meanOfTrials } from './estimate.js'
import type { Family, Part } from './family.js'
import { simulated } from './simulated.js'

const quorum = (n: number, k: number): string => `{ quorum: { n: ${n}, r: ${k}, w: ${k}, coordinator: client } }`

/** Half of the operations are reads. */
export const exponentialQuorumsWorkload = (n: number, operations: number): string => `
seeds: 2
duration: ${operations / 4000}s
topology:
  transport: datagram
  zones: { z: { nodes: ${n}, clients: 100% } }
  links: { local: { write: exponential(1ms), writeAck: 0ms, read: exponential(1ms), readReply: 0ms } }
node: { read: 0ms, write: 0ms }
workload: { arrivals: poisson(2000/s) }
strategies: [ ${upTo(n).map((k) => quorum(n, k))} ]
`

/** In ms and square ms. */
export function orderStatistic(n: number, k: number): { readonly mean: number; readonly variance: number } {
  const terms = upTo(n).slice(n - k)
  return {
    mean: terms.reduce((sum, i) => sum + 1 / i, 0),
    variance: terms.reduce((sum, i) => sum + 1 / (i * i), 0),
  }
}

export const exponentialQuorums: Family = {
  name: 'k-of-n',
  summary: 'mean latency of the k fastest of n exponential replicas: H_n - H_(n-k)',
  parts: [3, 5].map(partOf),
}

function partOf(n: number): Part {
  return {
    name: String(n),
    seconds: n,
    measure: (seed, size) => {
      const results = simulated(exponentialQuorumsWorkload(n, size.of(100_000, 1_500_000)), seed)
      return results.summaries.flatMap(({ label }, i) =>
        ['read', 'write'].map((kind): Finding => {
          const { mean, variance } = orderStatistic(n, i + 1)
          const estimate = meanOfTrials(results, label, `${kind}.mean`, variance)
          const name = `mean ${kind}, ${i + 1} of ${n}`
          return { name, unit: 'ms', source: SOURCE, expected: mean, bias: null, ...estimate }
        }),
      )
    },
  }
}

const SOURCE = 'exact: order statistics of exponentials (Rényi 1953)'

function upTo(n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => i + 1)
}
