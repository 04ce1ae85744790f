/**
 * How evenly the ring spreads keys over nodes: every node within 1% of its fair share, as first replica and as any, over consecutive keys
 * and over the keys of one type (every third). This is counting and no matter of chance, but for the layout, of which three are tried.
 */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { HashRing } from '../../src/replication/placement/ring.js'
import { worldOf } from './fake-cluster.js'

const KEYS = 100_000

const ONE_ZONE = Array.from({ length: 12 }, (_, i) => [i + 1])
const EQUAL_ZONES = [2, 3, 4, 5].flatMap((zones) => [1, 2, 3, 4].map((nodes) => Array<number>(zones).fill(nodes)))
const UNEQUAL_ZONES = [
  [2, 1],
  [5, 2],
  [3, 2, 1],
  [4, 3, 2],
  [5, 1, 1],
  [5, 3, 2, 1],
  [6, 6, 1],
  [3, 0, 2],
]

/** Consecutive keys; the second of three types, as KeySpace interleaves them. */
const KEY_SEQUENCES = [(i: number) => i, (i: number) => 3 * i + 1]

describe.each([...ONE_ZONE, ...EQUAL_ZONES].map((zones) => ({ zones })))(
  'a ring over zones of $zones nodes',
  ({ zones }) => {
    it('gives every node the same share of keys within 1%', () => {
      for (const { ring, nodes, copies } of ringsOver(zones)) {
        for (const keyAt of KEY_SEQUENCES) {
          const { first, any } = countKeys(ring, nodes, keyAt)
          for (const count of first) expect(Math.abs((count * nodes) / KEYS - 1)).toBeLessThan(0.01)
          for (const count of any) expect(Math.abs((count * nodes) / (KEYS * copies) - 1)).toBeLessThan(0.01)
        }
      }
    })

    it('keeps a key in as many zones as it can', () => {
      for (const { ring, copies } of ringsOver(zones)) expectDistinct(ring, zones, copies)
    })
  },
)

describe.each(UNEQUAL_ZONES.map((zones) => ({ zones })))('a ring over zones of $zones nodes', ({ zones }) => {
  // Sixty turns are whole rounds of zones of 1 to 6 nodes: then all nodes of a zone have had each place equally often.
  it('makes every node first replica of the same share, and the nodes of a zone about equal', () => {
    for (const { ring, nodes, vnodes } of ringsOver(zones, [16, 60])) {
      const { first, any } = countKeys(ring, nodes, (i) => i)
      for (const count of first) expect(Math.abs((count * nodes) / KEYS - 1)).toBeLessThan(0.01)
      for (const zone of worldOf(zones).zones) {
        const mine = zone.nodes.map((node) => any[node] as number)
        const mean = mine.reduce((sum, count) => sum + count, 0) / mine.length
        for (const count of mine) expect(Math.abs(count / mean - 1)).toBeLessThan(vnodes === 60 ? 0.01 : 0.1)
      }
    }
  })

  it('keeps a key in as many zones as it can', () => {
    for (const { ring, copies } of ringsOver(zones)) expectDistinct(ring, zones, copies)
  })
})

/** Copies by zone: as many in zones of one size, fewer in one, none in one, and as many as a zone has nodes. */
const COPIES_BY_ZONE = [
  { zones: [3, 3], copies: [3, 3] },
  { zones: [6, 6], copies: [3, 3] },
  { zones: [6, 6], copies: [3, 1] },
  { zones: [4, 4, 4], copies: [2, 2, 0] },
  { zones: [5, 3, 0], copies: [3, 3, 0] },
  { zones: [5, 3, 2], copies: [3, 1, 1] },
]

describe.each(COPIES_BY_ZONE)('a ring over zones of $zones nodes with $copies copies', ({ zones, copies }) => {
  const world = worldOf(zones)
  const rings = [1, 2, 3].map((seed) => new HashRing(world, copies, 60, RandomStream.ofSeed(seed)))

  it('keeps of every key so many copies in each zone, on distinct nodes', () => {
    for (const ring of rings) {
      for (let partition = 0; partition < ring.partitions; partition++) {
        const list = ring.replicas(partition)
        expect(new Set(list).size).toBe(list.length)
        expect(zones.map((_, zone) => list.filter((node) => world.zoneOf[node] === zone).length)).toEqual(copies)
      }
    }
  })

  // Sixty turns are whole rounds of zones of 2 to 6 nodes.
  it('gives the nodes of a zone the same share of keys within 1%', () => {
    for (const ring of rings) {
      const { any } = countKeys(ring, world.zoneOf.length, (i) => i)
      world.zoneOf.forEach((zone, node) => {
        const share = ((copies[zone] as number) * KEYS) / (zones[zone] as number)
        expect(Math.abs((any[node] as number) - share)).toBeLessThanOrEqual(0.01 * share)
      })
    }
  })
})

describe('a ring of random tokens', () => {
  it('gives every node as many ranges, between which keys go to the next node', () => {
    const ring = new HashRing(worldOf([4]), 4, 32, RandomStream.ofSeed(1), 'random')
    const owners = Array.from({ length: ring.partitions }, (_, partition) => ring.replicas(partition)[0])
    expect([0, 1, 2, 3].map((node) => owners.filter((owner) => owner === node).length)).toEqual([32, 32, 32, 32])
    for (let key = 0; key < 1000; key++) expect(ring.partitionOf(key)).toBe(ring.partitionAt(ring.positionOf(key)))
  })

  it('spreads copies over zones, and counts them by zone, as an even one does', () => {
    const zones = [5, 3, 2]
    const ring = new HashRing(worldOf(zones), 4, 32, RandomStream.ofSeed(2), 'random')
    expectDistinct(ring, zones, 4)
    const byZone = new HashRing(worldOf(zones), [2, 0, 1], 32, RandomStream.ofSeed(2), 'random')
    expect(byZone.partitions).toBe(32 * 7)
    for (let partition = 0; partition < byZone.partitions; partition++) {
      const list = byZone.replicas(partition).map((node) => worldOf(zones).zoneOf[node])
      expect(list.toSorted()).toEqual([0, 0, 2])
    }
  })

  // A share is the sum of v of N v spacings of a circle: Beta(v, (N - 1) v), whose standard deviation is sqrt((N - 1) / (N v + 1)) of its mean. That of
  // 200 such shares is estimated with a standard error of 1 / sqrt(2 * 200) = 5% of it, and four of those are allowed.
  it.each([16, 64])('is uneven as chance has it, with %i tokens for each node', (vnodes) => {
    const nodes = 200
    const ring = new HashRing(worldOf([nodes]), 1, vnodes, RandomStream.ofSeed(4), 'random')
    const { first } = countKeys(ring, nodes, (i) => i)
    const squares = first.map((count) => ((count * nodes) / KEYS - 1) ** 2)
    const deviation = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / nodes)
    const expected = Math.sqrt((nodes - 1) / (nodes * vnodes + 1))
    expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.2)
  })

  it('walks on to the fallbacks: every node once, in an order that is that of the next ranges', () => {
    const ring = new HashRing(worldOf([20]), 3, 8, RandomStream.ofSeed(5), 'random')
    for (let partition = 0; partition < ring.partitions; partition++) {
      const walk = [...ring.replicas(partition), ...ring.fallbacks(partition)]
      const owners = Array.from(
        { length: ring.partitions },
        (_, step) => ring.replicas((partition + step) % ring.partitions)[0] as number,
      )
      expect(walk).toEqual([...new Set(owners)])
    }
  })
})

interface Ring {
  readonly ring: HashRing
  readonly nodes: number
  readonly copies: number
  readonly vnodes: number
}

/** One to five copies, three layouts. */
function ringsOver(zones: readonly number[], virtualNodes = [8, 16]): readonly Ring[] {
  const world = worldOf(zones)
  const nodes = world.zoneOf.length
  return [1, 2, 3, 4, 5]
    .filter((copies) => copies <= nodes)
    .flatMap((copies) =>
      virtualNodes.flatMap((vnodes) =>
        [1, 2, 3].map((seed) => ({
          ring: new HashRing(world, copies, vnodes, RandomStream.ofSeed(seed)),
          nodes,
          copies,
          vnodes,
        })),
      ),
    )
}

function countKeys(ring: HashRing, nodes: number, keyAt: (i: number) => number): { first: number[]; any: number[] } {
  const first = new Array<number>(nodes).fill(0)
  const any = new Array<number>(nodes).fill(0)
  const keys = new Int32Array(ring.partitions)
  for (let i = 0; i < KEYS; i++) (keys[ring.partitionOf(keyAt(i))] as number)++
  keys.forEach((count, partition) => {
    const list = ring.replicas(partition)
    ;(first[list[0] as number] as number) += count
    for (const node of list) (any[node] as number) += count
  })
  return { first, any }
}

/** Distinct nodes, and the first of them in as many zones as have nodes. */
function expectDistinct(ring: HashRing, zones: readonly number[], copies: number): void {
  const { zoneOf } = worldOf(zones)
  const zonesWithNodes = zones.filter((size) => size > 0).length
  for (let partition = 0; partition < ring.partitions; partition++) {
    const list = ring.replicas(partition)
    expect(list.length).toBe(copies)
    expect(new Set(list).size).toBe(copies)
    const spread = list.slice(0, zonesWithNodes).map((node) => zoneOf[node])
    expect(new Set(spread).size).toBe(Math.min(copies, zonesWithNodes))
  }
}
