/**
 * What comparing and repairing costs by Merkle trees, against closed forms. Two nodes hold everything, in two ranges; one of them missed k
 * writes to keys drawn at random. Of L leaves in all, L (1 - (1 - 1/L)^k) are expected to differ; sessions stream all their keys
 * both ways. At a fixed number of keys in a leaf that goes by k and hardly by the data; at a fixed depth a difference costs a fixed share
 * of the data. Looking for k leaves that differ costs two hashes for each of their ancestors.
 */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { UPDATE } from '../../src/history/operation-kinds.js'
import type { StreamMessage } from '../../src/replication/leaderless/anti-entropy/stream-messages.js'
import { HASHES, type TreeMessage, VERSIONS } from '../../src/replication/leaderless/anti-entropy/tree-messages.js'
import { quorum } from '../../src/replication/leaderless/quorum.js'
import type { QuorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import { FakeCluster } from './fake-cluster.js'

const REPETITIONS = process.env['QUORATE_LONG'] === '1' ? 300 : 24

interface Cost {
  /** Keys whose versions were sent, from both sides. */
  readonly streamed: number
  /** Hashes that were told on the way down. */
  readonly hashes: number
}

interface Case {
  readonly keys: number
  readonly missed: number
  readonly options: object
}

/** Of one exchange after `missed` keys differ. */
function costOf({ keys, missed, options }: Case, seed: number): Cost {
  const given = { mode: 'sessions', every: '50ms', ...options }
  const cluster = new FakeCluster<QuorumOptions>(
    quorum as never,
    { n: 2, r: 1, w: 1, repair: 'none', vnodes: 1, 'anti-entropy': given },
    { zones: [2], delay: () => MILLISECOND, keys, seed },
  )
  cluster.cut(0, 1)
  const random = RandomStream.ofSeed(seed).fork('missed')
  const drawn = new Set<number>()
  while (drawn.size < missed) drawn.add(random.below(keys))
  for (const key of drawn) cluster.request({ kind: UPDATE, key, valueBytes: 100 }, 0)
  cluster.heal()
  while (!cluster.nodes.every((node) => node.running.isIdle?.())) cluster.run(100 * MILLISECOND)
  expect(cluster.now).toBeLessThan(60 * SECOND)
  const messages = cluster.sent.map(({ message }) => message)
  const streams = messages.filter(({ kind }) => kind === VERSIONS) as StreamMessage[]
  const told = messages.filter(({ kind }) => kind === HASHES) as TreeMessage[]
  return {
    streamed: streams.reduce((sum, { entries }) => sum + entries.length, 0),
    hashes: told.reduce((sum, { hashes }) => sum + hashes.length / 2, 0),
  }
}

function costs(given: Case): readonly Cost[] {
  return Array.from({ length: REPETITIONS }, (_, i) => costOf(given, i + 1))
}

/** Mean and standard error. */
function meanOf(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1)
  return { mean, error: Math.sqrt(variance / values.length) }
}

/** Of so many leaves, those that k random keys are expected to touch. */
const touched = (leaves: number, k: number): number => leaves * (1 - (1 - 1 / leaves) ** k)

/** Both nodes walk down once; below each node that differs two hashes are told, for which each level has 2^level nodes in either range. */
function hashesToldFor(depth: number, k: number): number {
  let hashes = 0
  for (let level = 0; level < depth; level++) hashes += 2 * touched(2 * 2 ** level, k)
  return hashes
}

describe('at a fixed depth', () => {
  it.each([
    [2048, 6, 60],
    [2048, 5, 100],
    [4096, 5, 100],
    [8192, 7, 200],
  ])(
    'of %i keys and %s levels, %i that differ stream the keys of the leaves that they touch',
    (keys, depth, missed) => {
      const found = costs({ keys, missed, options: { depth } })
      const leaves = 2 * 2 ** depth
      const expected = 2 * touched(leaves, missed) * (keys / leaves)
      const { mean, error } = meanOf(found.map(({ streamed }) => streamed))
      expect(4 * error).toBeLessThan(0.05 * expected)
      expect(Math.abs(mean - expected), `${mean} of ${expected} with standard error ${error}`).toBeLessThan(4 * error)
    },
  )
})

describe('at a fixed number of keys in a leaf', () => {
  const options = { 'keys-per-leaf': 8 }

  const missed = 50
  /** Half as many again as a power of two: ranges are of one size but for a key or two, and all of them have as many leaves. */
  const sizes = [1536, 3072, 6144, 12_288]
  /** Of the two ranges; each leaf has six keys. */
  const leavesOf = (keys: number) => keys / 6

  it('what is streamed grows with what differs, and with the data only as fewer of the keys share a leaf', () => {
    const found = sizes.map((keys) => meanOf(costs({ keys, missed, options }).map((cost) => cost.streamed)))
    found.forEach(({ mean, error }, i) => {
      const expected = 2 * 6 * touched(leavesOf(sizes[i] as number), missed)
      expect(4 * error).toBeLessThan(0.05 * expected)
      expect(Math.abs(mean - expected), `${mean} of ${expected} with standard error ${error}`).toBeLessThan(4 * error)
    })
    // Eight times the data cost a tenth more: 49.4 leaves of 2048 in place of 45.2 of 256.
    const [first, , , last] = found.map(({ mean }) => mean)
    expect(Math.abs((last as number) / (first as number) - 49.4 / 45.2)).toBeLessThan(0.05)
    const twice = meanOf(costs({ keys: 12_288, missed: 2 * missed, options }).map((cost) => cost.streamed))
    expect(Math.abs(twice.mean / (last as number) - 2)).toBeLessThan(0.08)
  })

  it('what is compared grows by two hashes for each leaf that differs with every doubling of the data', () => {
    const found = sizes.map((keys) => meanOf(costs({ keys, missed, options }).map(({ hashes }) => hashes)))
    found.forEach(({ mean, error }, i) => {
      const depth = Math.log2(leavesOf(sizes[i] as number) / 2)
      const expected = hashesToldFor(depth, missed)
      expect(Math.abs(mean - expected), `${mean} of ${expected} with standard error ${error}`).toBeLessThan(4 * error)
      expect(mean).toBeLessThan(2 * missed * depth)
    })
  })
})

describe('continuous exchange', () => {
  it('sends each key that differs once, however many share its leaf', () => {
    const options = { mode: 'continuous', every: '10ms', 'keys-per-leaf': 64 }
    for (const keys of [1024, 8192]) {
      for (const { streamed } of costs({ keys, missed: 100, options })) expect(streamed).toBe(100)
    }
  })
})
