/**
 * How stale an asynchronous follower is. A read there is fresh if no write of its key is between leader and follower; under Poisson writes
 * their number is Poisson with mean lambda E[D] (M/G/infinity), so P(stale) = 1 - exp(-lambda E[D]). Where D varies, a write waits for all
 * before it in the log, those of other keys too, and the form holds for one key only. The log is applied in order over either
 * transport, so both must agree with it; what else travels takes no time. Reads of one cell are correlated, so the seed is the unit.
 */
import { exp } from '../../core/mathematics.js'
import { ratioOf } from './estimate.js'
import type { Family, Part } from './family.js'
import { simulated } from './simulated.js'

export interface Follower {
  readonly delay: string
  readonly records: number
  readonly perSecond: number
  readonly transport: string
  /** Lambda E[D] of a key. */
  readonly writesUnderWay: number
}

/** Half of the operations are writes: 1,000 per second of each key, and lambda E[D] = .7, or 50 of each of 20 keys, and .5. */
export const FOLLOWERS: readonly Follower[] = [
  { delay: '0.7ms', records: 1, perSecond: 2000, transport: 'tcp', writesUnderWay: 0.7 },
  { delay: '0.7ms', records: 1, perSecond: 2000, transport: 'datagram', writesUnderWay: 0.7 },
  { delay: 'exponential(0.7ms)', records: 1, perSecond: 2000, transport: 'tcp', writesUnderWay: 0.7 },
  { delay: 'exponential(0.7ms)', records: 1, perSecond: 2000, transport: 'datagram', writesUnderWay: 0.7 },
  { delay: '10ms', records: 20, perSecond: 2000, transport: 'tcp', writesUnderWay: 0.5 },
]

export const staleShare = ({ writesUnderWay }: Follower): number => 1 - exp(-writesUnderWay)

export const followerWorkload = (
  { delay, records, perSecond, transport }: Follower,
  seeds: number,
  seconds: number,
): string => `
seeds: ${seeds}
warmup: 200ms
duration: ${seconds}s
topology:
  transport: ${transport}
  zones: { a: { nodes: 1, clients: 100% }, b: { nodes: 1, clients: 0% } }
  links: { local: 0ms, a--b: { write: ${delay}, writeAck: 0ms, read: 0ms, readReply: 0ms } }
node: { read: 0ms, write: 0ms }
workload: { records: ${records}, keys: uniform, arrivals: poisson(${perSecond}/s) }
strategies: [ { single-leader: { copies: 2, acks: none, reads: follower } } ]
`

function partOf(follower: Follower): Part {
  const { delay, records, transport } = follower
  const name = `reads of ${records === 1 ? '1 key' : `${records} keys`}, D = ${delay}, ${transport}`
  return {
    name,
    seconds: 3,
    measure: (seed, size) => {
      const results = simulated(followerWorkload(follower, 40, size.of(2, 30)), seed)
      const stale = ratioOf(results, results.summaries[0]?.label as string, 'stale.ratio')
      const source = 'exact: 1 - exp(-lambda E[D]), M/G/infinity'
      return [{ name, unit: 'share', source, expected: staleShare(follower), bias: null, ...stale }]
    },
  }
}

export const asyncFollower: Family = {
  name: 'follower',
  summary: 'share of stale reads at an asynchronous follower',
  parts: FOLLOWERS.map(partOf),
}
