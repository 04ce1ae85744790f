/**
 * Staleness against what is known of it: strict quorums read nothing stale where weak ones on the same dice do, and an asynchronous follower
 * behind a leader is as stale as the number of writes under way says.
 */
import { describe, expect, it } from 'vitest'
import { FOLLOWERS, followerWorkload, staleShare } from '../../src/advice/validate/async-follower.js'
import { ratioOf } from '../../src/advice/validate/estimate.js'
import { MILLISECOND } from '../../src/core/units.js'
import type { History } from '../../src/history/history.js'
import { isRead, isWrite } from '../../src/history/operation-kinds.js'
import { OK } from '../../src/history/outcomes.js'
import { collect } from '../../src/results/collect.js'
import { simulate } from '../../src/runner/run-cell.js'
import { cellOf } from '../runner/cells.js'
import { expectTruth } from './estimate.js'
import { runWorkload, sized, TIMEOUT_MILLISECONDS } from './workload-run.js'

const ONE_WAY_MILLISECONDS = 5

const ZONES = ['a', 'b', 'c', 'd', 'e']
const LINKS = ZONES.flatMap((from, i) =>
  ZONES.slice(i + 1).map((to) => `${from}--${to}: exponential(${ONE_WAY_MILLISECONDS}ms)`),
)

/** Clients have a node close by, and reads repair nothing: either would hide much of what a weak quorum misses. */
const quorumWorkload = (options: string): string => `
seeds: [1]
duration: ${sized('10s', '20s')}
topology:
  zones: { ${ZONES.map((zone) => `${zone}: { nodes: 1, clients: 20% }`).join(', ')} }
  links: { local: 0.1ms, ${LINKS.join(', ')} }
client: { timeout: 10s }
workload: { records: 20, keys: uniform, arrivals: poisson(2000/s) }
strategies: [ { quorum: { repair: none, ${options} } } ]
`

/** Strict quorums, each with a weak one. The closer R + W is to N, the less it misses: at n = 5, R = W = 2 it is one read in a thousand. */
const QUORUMS = [
  { strict: 'n: 3, r: 2, w: 2', weak: 'n: 3, r: 1, w: 1' },
  { strict: 'n: 3, r: 2, w: 2, contact: quorum', weak: 'n: 3, r: 1, w: 2, contact: quorum' },
  { strict: 'n: 3, r: 1, w: 3', weak: 'n: 3, r: 1, w: 2' },
  { strict: 'n: 3, r: 3, w: 1', weak: 'n: 3, r: 2, w: 1' },
  { strict: 'n: 5, r: 3, w: 3', weak: 'n: 5, r: 1, w: 2' },
  { strict: 'n: 3, r: 2, w: 2, coordinator: client', weak: 'n: 3, r: 1, w: 1, coordinator: client' },
]

describe('quorums', () => {
  it.each(QUORUMS)('{ $strict } reads nothing stale, { $weak } on the same dice does', ({ strict, weak }) => {
    const [stale, , contended] = staleReads(strict)
    expect(stale).toBe(0)
    expect(contended).toBeGreaterThan(sized(5_000, 10_000))
    const [staleOnes, reads] = staleReads(weak)
    expect(staleOnes / reads).toBeGreaterThan(0.01)
  })
})

/** Stale reads, all reads, and those that overlap a write of their key or follow one within a round trip. */
function staleReads(options: string): readonly [number, number, number] {
  const cell = cellOf(quorumWorkload(options))
  const { history, probes, digest } = simulate(cell)
  const [stale, reads] = collect(cell, history, probes, digest).ratios['stale.ratio'] as readonly [number, number]
  return [stale, reads, contendedReads(history, probes.phases)]
}

function contendedReads(history: History, phases: { measuredFrom: number; measuredTo: number }): number {
  const roundTrip = 2 * ONE_WAY_MILLISECONDS * MILLISECOND
  const writesOf = new Map<number, number[]>()
  const reads: number[] = []
  for (let id = 0; id < history.count; id++) {
    if (history.outcome[id] !== OK) continue
    const key = history.key[id] as number
    const writes = writesOf.get(key) ?? []
    writesOf.set(key, writes)
    if (isWrite(history.kind[id] as number)) writes.push(id)
    else if (isRead(history.kind[id] as number)) reads.push(id)
  }
  return reads.filter((read) => {
    const invoked = history.intended[read] as number
    if (invoked < phases.measuredFrom || invoked >= phases.measuredTo) return false
    const answered = history.completed[read] as number
    return writesOf
      .get(history.key[read] as number)
      ?.some(
        (write) =>
          (history.intended[write] as number) <= answered &&
          (history.completed[write] as number) >= invoked - roundTrip,
      )
  }).length
}

describe('an asynchronous follower', () => {
  it.each(FOLLOWERS)(
    'is stale with 1 - exp(-lambda E[D]): D = $delay, keys $records, $transport',
    async (follower) => {
      const results = await runWorkload(followerWorkload(follower, 20, sized(3, 60)))
      const stale = ratioOf(results, results.summaries[0]?.label as string, 'stale.ratio')
      expect(stale.count).toBeGreaterThan(20_000)
      const truth = staleShare(follower)
      expectTruth('stale.ratio', stale, truth)
      expect(Math.abs(stale.measured / truth - 1)).toBeLessThan(0.02)
    },
    TIMEOUT_MILLISECONDS,
  )
})
