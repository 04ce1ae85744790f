/**
 * Streams: what a seed gives is pinned, forks are names and not draws, and numbers are uniform. Counts are tested by chi-square at fixed
 * seeds; with fresh ones the file would fail about once in 50,000 runs (chi-square.ts; some 60 scores).
 */
import { describe, expect, it } from 'vitest'
import { mix32, RandomStream } from '../../src/core/random.js'
import { CRITICAL, uniformityScore } from '../chi-square.js'

const DRAWS = 1 << 18

const take = (random: RandomStream, count: number): number[] => Array.from({ length: count }, () => random.next())

describe('a stream', () => {
  it.each([
    [0, [3890633703, 2480252391, 1082962380, 3591950900]],
    [1, [1591853772, 1199989213, 3973845352, 1215773878]],
    [0x100000001, [1153891688, 1415969543, 2023486143, 1386709783]],
    [Number.MAX_SAFE_INTEGER, [3432602719, 749099723, 1975005928, 1420150444]],
  ])('of seed %d gives the numbers that are pinned here', (seed, numbers) => {
    expect(take(RandomStream.ofSeed(seed), 4)).toEqual(numbers)
  })

  it('derives the other forms of a number from the pinned ones', () => {
    const [first, second] = take(RandomStream.ofSeed(1), 2) as [number, number]
    const float = RandomStream.ofSeed(1).float()
    expect(float * 2 ** 53).toBe((first >>> 5) * 2 ** 26 + (second >>> 6))
    expect(RandomStream.ofSeed(1).below(1000)).toBe(Math.floor((first * 1000) / 2 ** 32))
    expect(RandomStream.ofSeed(1).below(2 ** 32)).toBe(first)
    expect(RandomStream.ofSeed(1).below(1)).toBe(0)
  })

  it('fills an array with its next numbers, signed, and goes on behind them', () => {
    const [one, other] = [RandomStream.ofSeed(1), RandomStream.ofSeed(1)]
    const numbers = new Int32Array(100)
    for (let round = 0; round < 2; round++) {
      one.fill(numbers)
      expect([...numbers]).toEqual(take(other, 100).map((number) => number | 0))
    }
    expect(one.next()).toBe(other.next())
  })

  it('is another for every seed, the high bits of the seed included', () => {
    const seeds = [...Array(2000).keys(), ...Array.from({ length: 53 }, (_, bit) => 2 ** bit + 2000)]
    expect(new Set(seeds.map((seed) => take(RandomStream.ofSeed(seed), 2).join())).size).toBe(seeds.length)
  })
})

describe('a fork', () => {
  it('gives the numbers that are pinned here', () => {
    expect(take(RandomStream.ofSeed(1).fork('workload'), 3)).toEqual([48959089, 2556075832, 4236144502])
    expect(take(RandomStream.ofSeed(1).fork('faults').fork('0'), 3)).toEqual([3780707888, 1422185126, 1343602472])
  })

  it('depends on seed and label alone: it neither advances its parent nor minds how far that is', () => {
    const parent = RandomStream.ofSeed(7)
    const early = take(parent.fork('a'), 3)
    expect(take(parent, 3)).toEqual(take(RandomStream.ofSeed(7), 3))
    expect(take(parent.fork('a'), 3)).toEqual(early)
    const roll = RandomStream.ofSeed(7).dice('delay').roll(1, 2)
    expect(parent.dice('delay').roll(1, 2)).toBe(roll)
  })

  it('differs by label, by nesting and by its order, and from its parent and the dice', () => {
    const root = RandomStream.ofSeed(7)
    const streams = [
      root,
      root.fork(''),
      root.fork('a'),
      root.fork('b'),
      root.fork('ab'),
      root.fork('ba'),
      root.fork('a').fork('b'),
      root.fork('b').fork('a'),
      root.fork('a').fork('a'),
      root.fork('aa'),
      RandomStream.ofSeed(8).fork('a'),
    ]
    expect(new Set(streams.map((stream) => take(stream, 2).join())).size).toBe(streams.length)
    expect(new Set(streams.map((stream) => stream.dice('a').roll(0, 0))).size).toBe(streams.length)
    expect(root.dice('a').roll(0, 0)).not.toBe(root.dice('b').roll(0, 0))
  })

  it('is another for every number in its label', () => {
    const root = RandomStream.ofSeed(7)
    const labels = Array.from({ length: 20_000 }, (_, i) => `client/${i}`)
    expect(new Set(labels.map((label) => take(root.fork(label), 2).join())).size).toBe(labels.length)
  })
})

describe.each([1, 2, 3])('at seed %d', (seed) => {
  it.each([
    ['the high', 24],
    ['the middle', 12],
    ['the low', 0],
  ])('%s bits of numbers are uniform', (_, shift) => {
    const random = RandomStream.ofSeed(seed)
    expect(uniformityScore(DRAWS, 256, () => (random.next() >>> shift) & 255)).toBeLessThan(CRITICAL)
  })

  it('neighbouring numbers are independent, and those of forks, nested forks and neighbouring seeds', () => {
    const fork = RandomStream.ofSeed(seed).fork('a')
    const pairs = [
      [RandomStream.ofSeed(seed), RandomStream.ofSeed(seed + 1)],
      [RandomStream.ofSeed(seed), fork],
      [RandomStream.ofSeed(seed).fork('b'), fork.fork('b')],
      [RandomStream.ofSeed(seed).fork('client/1'), RandomStream.ofSeed(seed).fork('client/2')],
    ] as const
    for (const [one, other] of pairs) {
      const joint = (): number => ((one.next() >>> 27) << 5) | (other.next() >>> 27)
      expect(uniformityScore(DRAWS, 1024, joint)).toBeLessThan(CRITICAL)
    }
    const alone = RandomStream.ofSeed(seed)
    expect(uniformityScore(DRAWS, 1024, () => ((alone.next() >>> 27) << 5) | (alone.next() >>> 27))).toBeLessThan(
      CRITICAL,
    )
  })

  it('floats are uniform, in their last bits too, and lie in [0, 1)', () => {
    const random = RandomStream.ofSeed(seed)
    const floats = Float64Array.from({ length: DRAWS }, () => random.float())
    expect(floats.reduce((most, float) => Math.max(most, float))).toBeLessThan(1)
    expect(uniformityScore(DRAWS, 256, (i) => Math.floor((floats[i] as number) * 256))).toBeLessThan(CRITICAL)
    const lastBits = (i: number): number => ((floats[i] as number) * 2 ** 53) % 256
    expect(uniformityScore(DRAWS, 256, lastBits)).toBeLessThan(CRITICAL)
  })

  it.each([2 ** 6, 100, 1000])('numbers below %d are uniform', (limit) => {
    const random = RandomStream.ofSeed(seed)
    expect(uniformityScore(DRAWS, limit, () => random.below(limit))).toBeLessThan(CRITICAL)
  })
})

describe('across consecutive seeds and labels', () => {
  it.each([
    ['the first number of a seed', (i: number) => RandomStream.ofSeed(i).next()],
    ['the first roll of a seed', (i: number) => RandomStream.ofSeed(i).dice('delay').roll(1, 2)],
    ['the first number of a fork', (i: number) => RandomStream.ofSeed(1).fork(`client/${i}`).next()],
    ['mix32', mix32],
  ])('%s is uniform and independent of its neighbour', (_, numberAt) => {
    const joint = (i: number): number => ((numberAt(2 * i) >>> 27) << 5) | (numberAt(2 * i + 1) >>> 27)
    expect(uniformityScore(1 << 16, 1024, joint)).toBeLessThan(CRITICAL)
  })
})
