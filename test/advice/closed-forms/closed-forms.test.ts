/**
 * The closed forms against printed and textbook values: non-intersection and k-staleness of Bailis et al. (VLDB 2012, section 3), the form F1, order
 * statistics of exponentials (Q6 of reference/staleness.md), and the latencies of the published fits, known to three digits from 24 million trials.
 */
import { describe, expect, it } from 'vitest'
import { ExactLatency } from '../../../src/advice/closed-forms/exact-latency.js'
import { exponentialWrites, staleAfter } from '../../../src/advice/closed-forms/exponential-writes.js'
import { missesAll, nonIntersection } from '../../../src/advice/closed-forms/intersection.js'
import { readsBackwards } from '../../../src/advice/closed-forms/monotonic-reads.js'
import { type Leg, legsOf } from '../../../src/advice/wars/model.js'
import { MILLISECOND } from '../../../src/core/units.js'
import { parseLaw } from '../../../src/distributions/parse.js'

const time = (text: string) => parseLaw(text, 'time')
const like = (n: number, there: string, back: string) =>
  ExactLatency.of([
    { share: 1, legs: Array.from({ length: n }, () => [time(there), time(back)] as const) },
  ]) as ExactLatency

describe('quorums that need not meet', () => {
  it('miss each other with the probability of the paper', () => {
    expect(nonIntersection(100, 30, 30)).toBeCloseTo(1.884349e-6, 11)
    expect(nonIntersection(3, 1, 1)).toBeCloseTo(2 / 3, 14)
    expect([nonIntersection(3, 2, 1), nonIntersection(3, 1, 2)].map((p) => p.toFixed(12))).toEqual([
      '0.333333333333',
      '0.333333333333',
    ])
    expect([nonIntersection(3, 2, 2), nonIntersection(5, 3, 3), nonIntersection(1, 1, 1)]).toEqual([0, 0, 0])
  })

  it('find one of the last k versions as often as printed', () => {
    const within = (k: number) => 1 - missesAll(nonIntersection(3, 1, 1), k)
    expect([2, 3].map((k) => within(k).toFixed(4))).toEqual(['0.5556', '0.7037'])
    expect(within(5)).toBeGreaterThan(0.868)
    expect(within(10)).toBeGreaterThan(0.98)
    const wider = nonIntersection(3, 1, 2)
    expect([1, 2].map((k) => (1 - missesAll(wider, k)).toFixed(4))).toEqual(['0.6667', '0.8889'])
  })

  it('read backwards with the power of the writes between two reads', () => {
    expect(readsBackwards(0.5, 0)).toBeCloseTo(0.5, 15)
    expect(readsBackwards(0.5, 2)).toBeCloseTo(0.125, 15)
    expect(readsBackwards(0, 2)).toBe(0)
  })
})

describe('exponential writes', () => {
  const legs = (changes: Partial<Record<Leg, string>>) =>
    legsOf({ write: 'exponential(5ms)', ack: '1ms', read: '2ms', reply: 'lnkd-ssd', ...changes })

  it('leave reads stale as F1 says, whatever fixed delay comes first', () => {
    for (const write of ['exponential(5ms)', '7ms + exponential(5ms)']) {
      const form = exponentialWrites(legs({ write }))
      expect(form).toEqual({ mean: 5 * MILLISECOND, fixed: 3 * MILLISECOND })
      if (form !== undefined) expect(staleAfter(4 * MILLISECOND, form, 3, 1, 1)).toBeCloseTo(0.164398, 6)
    }
    const slower = exponentialWrites(legs({ write: 'exponential(10ms)', ack: '0ms', read: '1ms' }))
    if (slower !== undefined) expect(staleAfter(2 * MILLISECOND, slower, 5, 3, 2)).toBeCloseTo(0.040657, 6)
  })

  it.each([
    { write: 'lognormal(5ms 1)' },
    { write: '50% exponential(5ms) + 50% exponential(6ms)' },
    { ack: 'lnkd-ssd' },
    { read: 'exponential(1ms)' },
  ])('have no such form with %o', (changes) => {
    expect(exponentialWrites(legs(changes))).toBeUndefined()
  })
})

describe('the exact latency', () => {
  it('of exponentials is an order statistic', () => {
    const latency = like(3, 'exponential(1ms)', '0ms')
    // The first of three exceeds t with e^(-3t); the last stays below with (1 - e^-t)^3.
    expect(latency.quantile(1, 0.5) / MILLISECOND).toBeCloseTo(Math.log(2) / 3, 6)
    expect(latency.quantile(3, 0.999) / MILLISECOND).toBeCloseTo(-Math.log(1 - 0.999 ** (1 / 3)), 6)
    expect(latency.survival(1, 2 * MILLISECOND)).toBeCloseTo(Math.exp(-6), 6)
  })

  it('of two exponential legs is that of Erlang', () => {
    const survival = (t: number) => Math.exp(-t) * (1 + t)
    for (const t of [0.1, 1, 3, 10, 20]) {
      const found = like(1, 'exponential(1ms)', 'exponential(1ms)').survival(1, t * MILLISECOND)
      expect(Math.abs(found / survival(t) - 1)).toBeLessThan(1e-4)
    }
  })

  it.each([
    ['lnkd-ssd', 1, 0.489, 0.65],
    ['lnkd-ssd', 2, 0.515, 1.63],
    ['lnkd-ssd', 3, 0.566, 4.11],
    ['lnkd-disk', 1, 1.505, 10.94],
    ['lnkd-disk', 2, 2.769, 20.96],
    ['lnkd-disk', 3, 6.966, 111.5],
  ])('of %s, %d of 3, is that of 24 million trials', (write, k, median, tail) => {
    const latency = like(3, write, 'lnkd-ssd')
    expect(Math.abs(latency.quantile(k, 0.5) / MILLISECOND - median)).toBeLessThan(0.0015)
    // Printed to three or four digits; the heaviest tail is itself uncertain by half a percent.
    expect(Math.abs(latency.quantile(k, 0.999) / MILLISECOND / tail - 1)).toBeLessThan(0.01)
  })

  it('keeps atoms where they are, of either leg and of both', () => {
    for (const [there, back] of [
      ['50% 1ms + 50% 3ms', '2ms'],
      ['2ms', '50% 1ms + 50% 3ms'],
    ] as const) {
      const latency = like(2, there, back)
      // At least one of two is back by 3 ms with 3/4, both with 1/4.
      expect(latency.survival(1, 3 * MILLISECOND)).toBeCloseTo(0.25, 12)
      expect(latency.survival(2, 3 * MILLISECOND)).toBeCloseTo(0.75, 12)
      expect(Math.round(latency.quantile(1, 0.5))).toBe(3 * MILLISECOND)
      expect(Math.round(latency.quantile(2, 0.5))).toBe(5 * MILLISECOND)
    }
    const smeared = like(1, '25% 1ms + 75% 5ms', 'uniform(0ms 2ms)')
    // Halfway through 1..3 ms, nothing until 5, and halfway through 5..7.
    const survivals = [2, 4, 6].map((t) => smeared.survival(1, t * MILLISECOND))
    expect(survivals.map((p) => p.toFixed(9))).toEqual(['0.875000000', '0.750000000', '0.375000000'])
  })

  it('is not claimed for two legs that both jump in smooth stretches', () => {
    const mixed = time('50% 1ms + 50% exponential(1ms)')
    expect(ExactLatency.of([{ share: 1, legs: [[mixed, mixed]] }])).toBeUndefined()
  })

  it('of replicas and origins that differ counts each by itself', () => {
    const near = [time('1ms'), time('0ms')] as const
    const far = [time('exponential(1ms)'), time('10ms')] as const
    const latency = ExactLatency.of([
      { share: 0.25, legs: [near, far] },
      { share: 0.75, legs: [far, far] },
    ]) as ExactLatency
    expect(latency.survival(1, MILLISECOND)).toBeCloseTo(0.75, 12)
    // One of two far: e^-2; the first origin is done.
    expect(latency.survival(1, 11 * MILLISECOND)).toBeCloseTo(0.75 * Math.exp(-2), 6)
    // Both: the far one in the first origin, both far ones in the second.
    const both = 1 - (1 - Math.exp(-1)) ** 2
    expect(latency.survival(2, 11 * MILLISECOND)).toBeCloseTo(0.25 * Math.exp(-1) + 0.75 * both, 6)
  })
})
