/**
 * No leader commits faster than its majority is near: the round trip to the nearest follower of two, to the second nearest of four, and to the
 * farthest where all must acknowledge. With clients beside the leader and nothing else that takes time, the mean latency of a write is
 * that floor, read off the published matrix by hand. A round trip is two lognormal delays of sigma 2%, so its standard deviation
 * is 1.41% of it, and its mean 0.02% more; the next follower is four of those away or more in every case. Writes come every 100 ms, lest one
 * wait for another on its connection.
 */
import { describe, expect, it } from 'vitest'
import { runCell } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'
import { LONG } from './workload-run.js'

const AMERICA_EUROPE = ['us-east-1', 'us-west-2', 'eu-west-1']
const THREE_CONTINENTS = ['us-east-1', 'eu-west-1', 'ap-northeast-1']
const FIVE = ['us-east-1', 'us-west-2', 'eu-central-1', 'ap-northeast-1', 'ap-southeast-2']

const SECONDS = LONG ? 2000 : 100

const workloadOf = (regions: readonly string[], leader: string, acks: string): string => `
seeds: [1]
warmup: 1s
duration: ${SECONDS}s
topology:
  preset: aws
  regions: [${regions}]
  nodes: 1
  loss: 0%
  zones: { ${regions.map((region) => `${region}: { clients: ${region === leader ? 100 : 0}% }`)} }
  links: { local: 0ms }
node: { read: 0ms, write: 0ms }
workload: { records: 100, keys: uniform, operations: { update: 100% }, arrivals: poisson(10/s) }
strategies: [ single-leader: { copies: ${regions.length}, acks: ${acks}, leader: ${leader} } ]
`

describe('the commit floor', () => {
  it.each([
    [AMERICA_EUROPE, 'majority', [64, 64, 70]],
    [AMERICA_EUROPE, 'all', [70, 119, 119]],
    [THREE_CONTINENTS, 'majority', [70, 70, 146]],
    [FIVE, 'majority', [92, 98, 141, 107, 140]],
  ])('of %j with acks: %s is %j ms', (regions, acks, floors) => {
    floors.forEach((floor, i) => {
      const { measures } = runCell(cellOf(workloadOf(regions, regions[i] as string, acks)))
      const standardError = (0.0142 * floor) / Math.sqrt(10 * SECONDS)
      const deviation = Math.abs((measures['write.mean'] as number) - 1.0002 * floor) / standardError
      expect(deviation, `${regions[i]}: ${measures['write.mean']} ms, standard errors from ${floor} ms`).toBeLessThan(4)
    })
  })
})
