/**
 * The isotonic fit against brute force, and P(fresh | t) against a replica whose lag is known.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INITIAL } from '../../src/core/ids.js'
import { RandomStream } from '../../src/core/random.js'
import {
  observationCurve,
  poolShares,
  risingFit,
  type SharePoint,
  smallestReaching,
} from '../../src/measures/share-curve.js'
import { visibility } from '../../src/measures/visibility.js'
import { faultWindow, Story } from './story.js'

const shares = fc
  .array(fc.tuple(fc.nat(10), fc.nat(10)), { minLength: 1, maxLength: 12 })
  .map((pairs) => pairs.map(([a, b], x): SharePoint => ({ x, count: Math.min(a, b), n: Math.max(a, b, 1) })))

/** The isotonic fit by its min-max formula: max over i <= k of min over j >= k of the pooled share of points i..j. */
function minMaxFit(points: readonly SharePoint[]): number[] {
  const pooled = (from: number, to: number): number => {
    const block = points.slice(from, to + 1)
    return block.reduce((sum, { count }) => sum + count, 0) / block.reduce((sum, { n }) => sum + n, 0)
  }
  return points.map((_, k) => {
    const lows = points.slice(0, k + 1).map((_, i) => {
      return Math.min(...points.slice(k).map((_, j) => pooled(i, k + j)))
    })
    return Math.max(...lows)
  })
}

describe('the rising fit', () => {
  it('pools adjacent violators', () => {
    const points = [
      { x: 1, count: 2, n: 4 },
      { x: 2, count: 1, n: 4 },
      { x: 3, count: 9, n: 10 },
      { x: 4, count: 10, n: 10 },
    ]
    expect(risingFit(points).map(({ value }) => value)).toEqual([3 / 8, 3 / 8, 0.9, 1])
  })

  it('equals the min-max formula', () => {
    fc.assert(
      fc.property(shares, (points) => {
        const fit = risingFit(points).map(({ value }) => value)
        minMaxFit(points).forEach((value, i) => {
          expect(fit[i]).toBeCloseTo(value, 12)
        })
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('is the same whether curves are pooled by x in one order or another', () => {
    const curves = [[{ x: 5, count: 1, n: 2 }], [{ x: 1, count: 1, n: 3 }], [{ x: 5, count: 2, n: 2 }]]
    const pooled = [
      { x: 1, count: 1, n: 3 },
      { x: 5, count: 3, n: 4 },
    ]
    expect(poolShares(curves)).toEqual(pooled)
    expect(poolShares(curves.toReversed())).toEqual(pooled)
  })

  it('is reached from the first x on at which it is high enough, given enough observations from there', () => {
    const fit = [
      { x: 1, value: 0.5, n: 100 },
      { x: 2, value: 0.9, n: 60 },
      { x: 3, value: 0.99, n: 39 },
    ]
    expect(smallestReaching(fit, 0.9, 99)).toBe(2)
    expect(smallestReaching(fit, 0.9, 100)).toBeUndefined()
    expect(smallestReaching(fit, 0.999, 0)).toBeUndefined()
  })

  it('comes with the spread of its observations', () => {
    const points = [
      { x: 1, count: 0, n: 1 },
      { x: 2, count: 0, n: 3 },
    ]
    expect(observationCurve(points).map(({ value }) => value)).toEqual([0.25, 1])
  })
})

/** Writes every 100 ms and reads of a replica that shows each write `lag` after its acknowledgement. */
function laggingReplica(reads: number, lagOf: (random: RandomStream) => number): Story {
  const story = new Story()
  const random = RandomStream.ofSeed(3)
  let previous = INITIAL
  for (let i = 0; i < reads; i++) {
    const write = story.write(100 * i, 100 * i + 1, i)
    const t = 50 * random.float()
    story.read(100 * i + 1 + t, t >= lagOf(random) ? write : previous)
    previous = write
  }
  return story
}

describe('visibility', () => {
  it('finds a constant lag to within a bin of 12%', () => {
    const measures = laggingReplica(20_000, () => 10)
      .measure(visibility)
      .measuresInOrder()
    for (const name of ['visibility.p50', 'visibility.p99', 'visibility.p99.9']) {
      expect(measures[name]).toBeGreaterThan(10 / 1.13)
      expect(measures[name]).toBeLessThan(10 * 1.13)
    }
  })

  it('finds the percentiles of an exponential lag', () => {
    // P(fresh | t) = 1 - exp(-t / 5 ms): the median is at 3.47 ms, p99 at 23.0 ms. About 140 reads fall into a bin around the median, where
    // one standard error of the share, 4%, moves the median by 12%; tolerances are three bins.
    const measures = laggingReplica(20_000, (random) => -5 * Math.log(1 - random.float()))
      .measure(visibility)
      .measuresInOrder()
    expect(Math.abs(Math.log((measures['visibility.p50'] as number) / 3.466))).toBeLessThan(3 * 0.115)
    expect(Math.abs(Math.log((measures['visibility.p99'] as number) / 23.03))).toBeLessThan(3 * 0.115)
  })

  it('is absent where too few reads lie beyond', () => {
    const measures = laggingReplica(900, () => 10)
      .measure(visibility)
      .measuresInOrder()
    expect(Object.keys(measures)).toEqual(['visibility.p50'])
  })

  it('has an exact point for each delay of a list of read-backs, and bins for other reads', () => {
    const story = new Story()
    for (let i = 0; i < 4; i++) {
      const write = story.write(100 * i, 100 * i + 10, i)
      story.readBack(write, 0, i === 0 ? INITIAL : write - 4)
      story.readBack(write, 5, write)
      story.read(100 * i + 10 + 5, write)
    }
    const { curves } = story.measure(visibility)
    const binBelowFive = Number((10 ** (13 / 20)).toFixed(6))
    expect(curves['visibility']).toEqual([
      { x: 0, value: 0, count: 0, n: 4 },
      { x: binBelowFive, value: 1, count: 4, n: 4 },
      { x: 5, value: 1, count: 4, n: 4 },
    ])
    expect(curves['visibility.reads']?.map(({ value }) => value)).toEqual(
      [1 / 3, 2 / 3, 1].map((x) => Number(x.toPrecision(9))),
    )
  })

  it('leaves out reads within fault windows', () => {
    const story = new Story()
    story.probes = { faults: [faultWindow('partition', 15e6, 25e6)] }
    const write = story.write(0, 10, 1)
    story.read(20, INITIAL)
    story.read(30, write)
    expect(story.measure(visibility).curves['visibility']).toMatchObject([{ count: 1, n: 1 }])
  })

  it('takes t up to when a read was asked for, however long it had waited, and fault windows too', () => {
    const story = new Story()
    story.probes = { faults: [faultWindow('partition', 15e6, 25e6)] }
    const write = story.write(0, 10, 1)
    story.read(20, write, { invoked: 60 })
    story.read(11, write, { invoked: 20 })
    const { curves } = story.measure(visibility)
    expect(curves['visibility']).toEqual([{ x: expect.closeTo(10 ** (33 / 20), 5), value: 1, count: 1, n: 1 }])
  })

  it('takes t from the latest acknowledgement', () => {
    const story = new Story()
    story.write(0, 10, 1)
    const second = story.write(11, 20, 2)
    story.readBack(second, 0, second)
    story.readBack(second, 0, second)
    story.write(21, 1000, 3)
    expect(story.measure(visibility).curves['visibility']).toEqual([{ x: 0, value: 1, count: 2, n: 2 }])
  })
})
