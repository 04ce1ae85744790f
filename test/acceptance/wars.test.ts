/**
 * The WARS limit (Bailis et al. 2012): datagrams, a client that coordinates, free service, no read repair, keys written once and read back
 * once. P(consistent at t) against an independent Monte Carlo of the model with 5e7 to 1e8 trials (reference/staleness.md, section 1.7). Each point is a
 * share of independent trials: n = 50,000 writes, in the long form 1,000,000, and the standard error is sqrt(p (1 - p) / n). The truth is
 * known to its printed digits. Thirty points, of which seven have no chance to fail.
 */
import { describe, expect, it } from 'vitest'
import type { Results } from '../../src/results/results.js'
import { expectTruth, shareOf } from './estimate.js'
import { runWorkload, sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const MILLISECONDS = [0, 1, 5, 10, 50]
const LAST_DIGIT = 5e-6

/** P(consistent) at each of those times, by quorum. */
const FITS = [
  {
    write: 'lnkd-disk',
    quorums: [
      { r: 1, w: 1, consistent: [0.43673, 0.58356, 0.81812, 0.92627, 0.99892] },
      { r: 2, w: 1, consistent: [0.7628, 0.86982, 0.97491, 0.99585, 0.999999] },
      { r: 1, w: 2, consistent: [0.7129, 0.77248, 0.89428, 0.95622, 0.99905] },
    ],
  },
  {
    write: 'lnkd-ssd',
    quorums: [
      { r: 1, w: 1, consistent: [0.9736, 0.99501, 0.999994, 1, 1] },
      { r: 2, w: 1, consistent: [0.99942, 0.99998, 1, 1, 1] },
      { r: 1, w: 2, consistent: [0.97828, 0.99587, 0.999995, 1, 1] },
    ],
  },
]

type Fit = (typeof FITS)[number]

const quorum = ({ r, w }: Fit['quorums'][number]): string =>
  `{ quorum: { n: 3, r: ${r}, w: ${w}, coordinator: client, contact: all, repair: none } }`

/** Arrivals end by count; a hundred read-backs of each seed would be due after that, and are not made. */
const workloadOf = ({ write, quorums }: Fit): string => `
seeds: 10
duration: 1000s
warmup: 0s
topology:
  transport: datagram
  zones: { z: { nodes: 3, clients: 100% } }
  links: { local: { write: ${write}, writeAck: lnkd-ssd, read: lnkd-ssd, readReply: lnkd-ssd } }
node: { read: 0ms, write: 0ms }
client: { timeout: 100s }
workload:
  operations: { update: 100% }
  keys: fresh
  arrivals: poisson(2000/s)
  count: ${sized(2_700, 100_200)}
  read-back: { share: 100%, after: [${MILLISECONDS.map((t) => `${t}ms`).join(', ')}] }
strategies: [ ${quorums.map(quorum).join(', ')} ]
`

describe('the WARS limit', () => {
  it.each(FITS)(
    'with the write leg $write is as consistent as the model',
    async (fit) => {
      const { cells, summaries } = await runWorkload(workloadOf(fit))
      fit.quorums.forEach(({ consistent }, i) => {
        const label = summaries[i]?.label as string
        const mine = cells.filter((cell) => cell.label === label)
        MILLISECONDS.forEach((t, place) => {
          const truth = consistent[place] as number
          const { count, n } = freshAt(mine, t)
          expect(n).toBeGreaterThan(sized(25_000, 1_000_000))
          expectTruth(`${label} after ${t} ms`, shareOf(count, n, truth), truth, LAST_DIGIT)
        })
      })
    },
    TIMEOUT_MILLISECONDS,
  )
})

/** Counts, not the rising fit, which pools neighbouring points where they cross. */
function freshAt(cells: Results['cells'], milliseconds: number): { readonly count: number; readonly n: number } {
  const points = cells.flatMap((cell) => cell.curves['visibility']?.filter(({ x }) => x === milliseconds) ?? [])
  const n = points.reduce((sum, point) => sum + point.n, 0)
  return { n, count: points.reduce((sum, point) => sum + (point.count as number), 0) }
}
