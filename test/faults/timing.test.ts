/** When faults strike: once, repeated, bounded, by laws; and at exponential rates as the alternating renewal process has it. */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { SECOND } from '../../src/core/units.js'
import { compile } from '../../src/distributions/index.js'
import { occurrences, type Timing, timingComplaint } from '../../src/faults/timing.js'

const stream = (seed = 1): RandomStream => RandomStream.ofSeed(seed)

/** Begin and end of each strike, in seconds. */
const seconds = (times: Timing, length: number, seed = 1): readonly (readonly [number, number])[] =>
  occurrences(times, length * SECOND, stream(seed)).map(({ from, to }) => [from / SECOND, to / SECOND] as const)

describe('a fault strikes', () => {
  it('once at a stated time, if that lies before the end; it may outlast it', () => {
    expect(seconds({ at: 10 * SECOND, for: '5s' }, 60)).toEqual([[10, 15]])
    expect(seconds({ at: 10 * SECOND, for: '5s' }, 11)).toEqual([[10, 15]])
    expect(seconds({ at: 10 * SECOND, for: '5s' }, 10)).toEqual([])
  })

  it('again, so long after the end of the one before, until the end', () => {
    const times = { at: SECOND, for: '2s', every: '3s' }
    const all = [
      [1, 3],
      [6, 8],
      [11, 13],
    ]
    expect(seconds(times, 16)).toEqual(all)
    expect(seconds({ ...times, times: 2 }, 16)).toEqual(all.slice(0, 2))
    expect(seconds({ ...times, times: 9 }, 16)).toEqual(all)
  })

  it('first after a draw of every where nothing is said of at', () => {
    expect(seconds({ for: '2s', every: '3s' }, 14)).toEqual([
      [3, 5],
      [8, 10],
      [13, 15],
    ])
  })

  it('for as long, and as long after, as its laws draw in turn', () => {
    const [lasting, between] = [compile('uniform(1s 2s)', 'time'), compile('exponential(5s)', 'time')]
    const draws = stream(7)
    const expected: [number, number][] = []
    for (let from = between.at(draws.next()); from < 100 * SECOND; ) {
      const to = from + lasting.at(draws.next())
      expected.push([from / SECOND, to / SECOND])
      from = to + between.at(draws.next())
    }
    expect(expected.length).toBeGreaterThan(5)
    expect(seconds({ for: 'uniform(1s 2s)', every: 'exponential(5s)' }, 100, 7)).toEqual(expected)
  })

  it('a million times and no more', () => {
    expect(() => seconds({ for: '0s', every: '1ns' }, 1)).toThrow('A fault strikes more than 1000000 times.')
  })
})

describe('at rates', () => {
  // Up for 9 s and down for 1 s on average, both exponential, up at first: the rate of failures is 1/9, that of repairs 1.
  const PROCESS = { every: 'exponential(9s)', for: 'exponential(1s)' }
  const SEEDS = 1000
  const LENGTH = 1000
  const runs = Array.from({ length: SEEDS }, (_, seed) => seconds(PROCESS, LENGTH, seed))

  it('a fault strikes as often as the renewal process', () => {
    const mean = runs.reduce((sum, strikes) => sum + strikes.length, 0) / SEEDS
    // T/10 and .01 for beginning up; the variance is T (81 + 1) / 10^3.
    const standardError = Math.sqrt((0.082 * LENGTH) / SEEDS)
    expect(Math.abs(mean - (0.1 * LENGTH + 0.01))).toBeLessThan(4 * standardError)
  })

  it('a fault is on for a tenth of the time', () => {
    const down = runs.map((strikes) => strikes.reduce((sum, [from, to]) => sum + Math.min(to, LENGTH) - from, 0))
    const share = down.reduce((sum, one) => sum + one, 0) / SEEDS / LENGTH
    // The variance of the share is (9^2 1 + 1^2 81) / (10^3 T); beginning up takes .09 s off.
    const standardError = Math.sqrt(0.162 / LENGTH / SEEDS)
    expect(Math.abs(share - (0.1 - 0.09 / LENGTH))).toBeLessThan(4 * standardError)
  })
})

describe('times that are refused', () => {
  it.each([
    [{ for: '1s' }, 'crash needs at, when it strikes, or every'],
    [{ at: 0, for: '1s', times: 2 }, 'times: it bounds how often every repeats'],
    [{ at: 0, for: '0s', every: '0s' }, 'every: strikes without length or distance would never end'],
  ])('%j', (times, words) => {
    expect(timingComplaint('crash', times)).toContain(words)
  })

  it('are no others', () => {
    for (const times of [
      { at: 0, for: '0s' },
      { every: '1s', for: '0s' },
      { every: '0s', for: '1s', times: 3 },
      { at: 5, every: 'exponential(1s)', for: 'uniform(0s 1s)' },
    ])
      expect(timingComplaint('crash', times)).toBeUndefined()
  })
})
