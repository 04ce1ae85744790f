/**
 * The randomness that everything stands on: pinned, because a changed stream changes every simulated result; pure, because paired
 * comparisons need it; and even, also where dice are keyed by small consecutive numbers, as the network keys them.
 * Chi-squared bounds are mean + 4 standard deviations, sqrt(2 * degrees of freedom), of fixed seeds.
 */
import { describe, expect, it } from 'vitest'
import { mix32, RandomStream } from '../../src/core/random.js'

const root = RandomStream.ofSeed(1)

describe('a stream', () => {
  it('is the one that results were made with', () => {
    const stream = RandomStream.ofSeed(1)
    expect([stream.next(), stream.next(), stream.next()]).toMatchInlineSnapshot(`
      [
        1591853772,
        1199989213,
        3973845352,
      ]
    `)
    expect([root.fork('arrivals').next(), root.fork('client/7').next()]).toMatchInlineSnapshot(`
      [
        2393757611,
        3060864421,
      ]
    `)
    expect([root.dice('delay').roll(1, 2), root.dice('service').roll(-5, 2 ** 31)]).toMatchInlineSnapshot(`
      [
        -281141495,
        -1374087229,
      ]
    `)
    expect(RandomStream.ofSeed(2 ** 53 - 1).float()).toMatchInlineSnapshot(`0.7992150945545239`)
  })

  it('is forked by seed and label alone, and does not notice', () => {
    const parent = RandomStream.ofSeed(7)
    const before = parent.fork('a').next()
    parent.next()
    expect(parent.fork('a').next()).toBe(before)
    const other = RandomStream.ofSeed(7)
    other.next()
    expect(parent.next()).toBe(other.next())
  })

  it('has other values under another label, order of labels, or seed', () => {
    const firsts = [
      root.fork('a').next(),
      root.fork('b').next(),
      root.fork('a').fork('b').next(),
      root.fork('b').fork('a').next(),
      RandomStream.ofSeed(2).fork('a').next(),
      RandomStream.ofSeed(2 ** 32 + 1)
        .fork('a')
        .next(),
    ]
    expect(new Set(firsts).size).toBe(firsts.length)
  })

  it('gives floats and whole numbers below a limit evenly', () => {
    const stream = root.fork('evenness')
    expect(chiSquared(100, 100_000, () => Math.floor(stream.float() * 100))).toBeLessThan(bound(100))
    expect(chiSquared(97, 100_000, () => stream.below(97))).toBeLessThan(bound(97))
  })
})

describe('dice', () => {
  const delay = root.dice('delay')

  it('fall evenly over consecutive names and words', () => {
    for (const shift of [0, 8, 16, 24]) {
      let name = 0
      expect(chiSquared(256, 100_000, () => (delay.roll(name++, 5 << 11) >>> shift) & 255)).toBeLessThan(bound(256))
      let word = 0
      expect(chiSquared(256, 100_000, () => (delay.roll(mix32(3), word++ << 8) >>> shift) & 255)).toBeLessThan(
        bound(256),
      )
    }
  })

  it('do not tell one leg, pair, attempt, name or concern from another', () => {
    const loss = root.dice('loss')
    const pairs: ((i: number) => readonly [number, number])[] = [
      (i) => [delay.roll(mix32(i), 9 << 11), delay.roll(mix32(i), (9 << 11) | (1 << 8))],
      (i) => [delay.roll(mix32(i), (9 << 11) | (2 << 8)), delay.roll(mix32(i), (9 << 11) | (3 << 8))],
      (i) => [delay.roll(mix32(i), 9 << 11), delay.roll(mix32(i), 10 << 11)],
      (i) => [delay.roll(mix32(i), 9 << 11), delay.roll(mix32(i), (9 << 11) | 1)],
      (i) => [delay.roll(i, 9 << 11), delay.roll(i + 1, 9 << 11)],
      (i) => [delay.roll(i, 9 << 11), loss.roll(i, 9 << 11)],
    ]
    for (const pair of pairs) {
      let i = 0
      const cell = (): number => {
        const [first, second] = pair(i++)
        return ((first >>> 28) << 4) | (second >>> 28)
      }
      expect(chiSquared(256, 100_000, cell)).toBeLessThan(bound(256))
    }
  })

  it('are unlike where words differ in one high bit, as those of the pairs of a large cluster do', () => {
    for (let bit = 20; bit < 32; bit++) {
      let name = 0
      const cell = (): number => {
        const difference = delay.roll(mix32(name), 9 << 11) - delay.roll(mix32(name), (9 << 11) ^ (1 << bit))
        name++
        return (difference >>> 24) & 255
      }
      expect(chiSquared(256, 1 << 18, cell)).toBeLessThan(bound(256))
    }
  })
})

function chiSquared(cells: number, draws: number, draw: () => number): number {
  const counts = new Array<number>(cells).fill(0)
  for (let i = 0; i < draws; i++) {
    const cell = draw()
    counts[cell] = (counts[cell] as number) + 1
  }
  const expected = draws / cells
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

function bound(cells: number): number {
  return cells - 1 + 4 * Math.sqrt(2 * (cells - 1))
}
