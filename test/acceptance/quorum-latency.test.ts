/**
 * The latency of a quorum of k out of n is an order statistic: with one exponential leg of mean 1 ms and nothing else, its mean is
 * H_n - H_(n-k) ms and its variance the sum of 1/i^2 over the same terms (staleness.md, Q6). Datagrams, because over tcp a message left
 * over from a client's last operation would hold up the next one. Reads do not depend on W, nor writes on R, so k = R = W covers every R
 * and every W.
 */
import { describe, it } from 'vitest'
import { expectTruth, meanOfTrials } from './estimate.js'
import { runWorkload, sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const quorum = (n: number, k: number): string => `{ quorum: { n: ${n}, r: ${k}, w: ${k}, coordinator: client } }`

const workloadOf = (n: number): string => `
seeds: 2
duration: ${sized(6, 200)}s
topology:
  transport: datagram
  zones: { z: { nodes: ${n}, clients: 100% } }
  links: { local: { write: exponential(1ms), writeAck: 0ms, read: exponential(1ms), readReply: 0ms } }
node: { read: 0ms, write: 0ms }
workload: { arrivals: poisson(2000/s) }
strategies: [ ${upTo(n).map((k) => quorum(n, k))} ]
`

describe('the mean latency of exponential quorums', () => {
  // Sixteen checks at four standard errors of 20,000 (long: 400,000) independent latencies.
  it.each([3, 5])(
    'k of %i is the harmonic sum',
    async (n) => {
      const { summaries } = await runWorkload(workloadOf(n))
      summaries.forEach((summary, i) => {
        const terms = upTo(n).slice(n - i - 1)
        const mean = terms.reduce((sum, term) => sum + 1 / term, 0)
        const variance = terms.reduce((sum, term) => sum + 1 / (term * term), 0)
        for (const kind of ['read', 'write'])
          expectTruth(`${kind} of ${summary.label}`, meanOfTrials(summary, `${kind}.mean`, variance), mean)
      })
    },
    TIMEOUT_MILLISECONDS,
  )
})

function upTo(n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => i + 1)
}
