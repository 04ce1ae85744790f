/** The tally against sorting: ranks within a bucket's width, counts beyond moments exactly. */
import { describe, expect, it } from 'vitest'
import { Tally } from '../../../src/advice/wars/tally.js'
import { RandomStream } from '../../../src/core/random.js'
import { compile } from '../../../src/distributions/index.js'

const BLOCK = 256

function tallied(text: string, less: number, count: number, moments: readonly number[]) {
  const random = RandomStream.ofSeed(7)
  const table = compile(text, 'time')
  const tally = new Tally(BLOCK, moments)
  const drawn = Array.from({ length: count }, () => table.at(random.next()) - less)
  for (let i = 0; i < count; i += BLOCK)
    tally.add(Float64Array.from(drawn.slice(i, i + BLOCK)), Math.min(BLOCK, count - i))
  return { tally, sorted: drawn.sort((a, b) => a - b) }
}

describe('a tally', () => {
  it.each([
    ['lnkd-disk', 0],
    ['lnkd-disk', 1_200_000],
    ['uniform(1ns 40ns)', 20],
    ['pareto(1s 0.3)', 0],
    ['50% 3ms + 50% 35000001ns', 0],
  ])('of %s less %d ns has the order statistics, to within 0.05%%', (text, less) => {
    const { tally, sorted } = tallied(text, less, 20_000, [])
    for (const rank of [1, 2, 100, 5_000, 10_000, 19_000, 19_990, 20_000]) {
      const exact = Math.max(0, sorted[rank - 1] as number)
      expect(Math.abs(tally.atRank(rank) - exact)).toBeLessThanOrEqual(exact / 2048)
    }
  })

  it('counts exactly what lies beyond a moment, close ones, equal ones and 0 included', () => {
    const moments = [0, 1, 2, 250_000, 250_001, 250_002, 1_000_000, 1_000_000, 5_000_000, 2 ** 51]
    const { tally, sorted } = tallied('uniform(100us 1500us)', 200_000, 100_000, moments)
    moments.forEach((moment, place) => {
      expect(tally.countBeyond(place)).toBe(sorted.filter((duration) => duration > moment).length)
    })
  })

  it('counts beyond a moment that many durations equal', () => {
    const { tally, sorted } = tallied('60% 2ms + 40% 3ms', 0, 3_000, [1_999_999, 2_000_000, 2_999_999, 3_000_000])
    const threes = sorted.filter((duration) => duration === 3_000_000).length
    expect([0, 1, 2, 3].map((place) => tally.countBeyond(place))).toEqual([3_000, threes, threes, 0])
    expect([tally.atRank(1), tally.atRank(3_000)]).toEqual([2_000_000, 3_000_000])
  })

  it('tells the share within any duration to less than the share of its bucket', () => {
    const { tally } = tallied('uniform(0ms 10ms)', 0, 100_000, [])
    // Standard error of a share of 100,000 at most 0.0016.
    for (const t of [1, 4, 7.7]) expect(Math.abs(tally.shareWithin(t * 1e6) - t / 10)).toBeLessThan(0.0064)
    expect([tally.shareWithin(0), tally.shareWithin(2 ** 51)]).toEqual([0, 1])
  })
})
