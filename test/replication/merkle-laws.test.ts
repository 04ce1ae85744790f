/**
 * What comparing and repairing costs by Merkle trees, against closed forms. Two nodes hold everything, in two ranges; one of them missed writes
 * to k of N keys, drawn at random. A node of the tree with s keys below it differs with probability 1 - C(N - s, k) / C(N, k), which for L
 * equal leaves and many keys is 1 - (1 - 1/L)^k. Sessions stream all keys of the leaves that differ, both ways; looking for them costs two
 * hashes for each node that differs above them. At a fixed depth a difference so costs a fixed share of the data; at a
 * fixed number of keys in a leaf it goes by k and hardly by the data.
 */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import { UPDATE } from '../../src/history/operation-kinds.js'
import { KeyIndex } from '../../src/replication/leaderless/anti-entropy/key-index.js'
import { antiEntropyOptions } from '../../src/replication/leaderless/anti-entropy/options.js'
import type { StreamMessage } from '../../src/replication/leaderless/anti-entropy/stream-messages.js'
import { HASHES, type TreeMessage, VERSIONS } from '../../src/replication/leaderless/anti-entropy/tree-messages.js'
import { quorum } from '../../src/replication/leaderless/quorum.js'
import { type QuorumOptions, quorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import { QuorumPlacement } from '../../src/replication/leaderless/quorum-placement.js'
import { FakeCluster, worldOf } from './fake-cluster.js'

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

/** The share of nodes with `size` of the keys below them that differ once `k` of all keys do. */
function differs(size: number, keys: number, k: number): number {
  let same = 1
  for (let i = 0; i < k; i++) same *= 1 - size / (keys - i)
  return 1 - same
}

/** What a repetition is expected to cost, by the keys that its leaves have. */
function expectedCost({ keys, missed, options }: Case, seed: number): Cost {
  const { placement, index } = indexOf(keys, options, seed)
  const cost = { streamed: 0, hashes: 0 }
  for (let range = 0; range < placement.partitions; range++) {
    const { depth, leaves } = index.shapeOf(range)
    let sizes = Array.from({ length: leaves }, (_, leaf) => index.keysIn(range, leaf).length)
    for (const size of sizes) cost.streamed += 2 * size * differs(size, keys, missed)
    for (let level = depth - 1; level >= 0; level--) {
      sizes = Array.from({ length: sizes.length / 2 }, (_, node) => (sizes[2 * node] ?? 0) + (sizes[2 * node + 1] ?? 0))
      for (const size of sizes) cost.hashes += 2 * differs(size, keys, missed)
    }
  }
  return cost
}

/** That of the cluster with the same seed. */
function indexOf(keys: number, options: object, seed: number): { placement: QuorumPlacement; index: KeyIndex } {
  const random = RandomStream.ofSeed(seed).fork('placement')
  const placement = new QuorumPlacement(quorumOptions.parse({ n: 2, vnodes: 1 }), worldOf([2], keys), random)
  return { placement, index: new KeyIndex(placement, keys, antiEntropyOptions.parse(options)) }
}

/** What was found of one cost, held to what is expected within four standard errors of the difference, and within 5% of an approximation. */
function expectCost(of: keyof Cost, given: Case, approximately: number): number {
  const found = costs(given).map((cost) => cost[of])
  const expected = found.map((_, i) => expectedCost(given, i + 1)[of])
  const { mean: difference, error } = meanOf(found.map((cost, i) => cost - (expected[i] as number)))
  const { mean } = meanOf(found)
  expect(4 * error).toBeLessThan(0.05 * mean)
  expect(Math.abs(difference), `${mean}, by ${difference} off, with standard error ${error}`).toBeLessThan(4 * error)
  expect(Math.abs(mean / approximately - 1), `${mean}, approximately ${approximately}`).toBeLessThan(0.05)
  return mean
}

/** Of so many equal leaves, those that k random keys are expected to touch. */
const touched = (leaves: number, k: number): number => leaves * (1 - (1 - 1 / leaves) ** k)

describe('at a fixed depth', () => {
  it.each([
    [2048, 6, 60],
    [2048, 5, 100],
    [4096, 5, 100],
    [8192, 7, 200],
  ])(
    'of %i keys and %i levels, %i that differ stream the keys of the leaves that they touch',
    (keys, depth, missed) => {
      const leaves = 2 * 2 ** depth
      expectCost('streamed', { keys, missed, options: { depth } }, 2 * touched(leaves, missed) * (keys / leaves))
    },
  )
})

describe('at a fixed number of keys in a leaf', () => {
  const options = { 'keys-per-leaf': 8 }
  const missed = 50
  /** Half as many again as a power of two: ranges are of one size but for a key or two, and each of their leaves has six keys. */
  const sizes = [1536, 3072, 12_288]

  it('what is streamed grows with what differs, and with the data only as fewer of the keys share a leaf', () => {
    const streamed = sizes.map((keys) =>
      expectCost('streamed', { keys, missed, options }, 2 * 6 * touched(keys / 6, missed)),
    )
    // Eight times the data: 49.4 leaves of 2048 in place of 45.5 of 256.
    expect(Math.abs((streamed[2] as number) / (streamed[0] as number) - 49.4 / 45.5)).toBeLessThan(0.05)
    const twice = expectCost('streamed', { keys: 12_288, missed: 100, options }, 2 * 6 * touched(2048, 100))
    expect(Math.abs(twice / (streamed[2] as number) - 2)).toBeLessThan(0.1)
  })

  it('what is compared grows by two hashes for each leaf that differs with every doubling of the data', () => {
    for (const keys of sizes) {
      const depth = Math.log2(keys / 12)
      let hashes = 0
      for (let level = 0; level < depth; level++) hashes += 2 * touched(2 * 2 ** level, missed)
      expect(expectCost('hashes', { keys, missed, options }, hashes)).toBeLessThan(2 * missed * depth)
    }
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
