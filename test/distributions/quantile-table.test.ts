/**
 * Tables against the laws that they stand for: everywhere within a unit or a hundred-thousandth, exact at jumps, rising, and the same to the
 * last entry as when the hashes below were pinned. A changed hash changes every simulated result: it belongs into
 * a release that says so.
 */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mix32 } from '../../src/core/random.js'
import { compile } from '../../src/distributions/index.js'
import type { LawType } from '../../src/distributions/law.js'
import { parseLaw } from '../../src/distributions/parse.js'
import { QuantileTable } from '../../src/distributions/quantile-table.js'
import { lawTexts } from './law-texts.js'

const LAST = 0xffffffff

/** First, middle and last level of every bucket of both halves, in rising order. */
const LATTICE: readonly number[] = (() => {
  const distances = new Set<number>()
  for (let first = 0, length = 1; first < 2 ** 31; first += length) {
    length = Math.max(1, 2 ** (Math.floor(Math.log2(Math.max(first, 1))) - 8))
    for (const distance of [first, first + Math.floor(length / 2), first + length - 1]) distances.add(distance)
  }
  const lower = [...distances].sort((a, b) => a - b)
  return [...lower, ...lower.map((distance) => LAST - distance).reverse()]
})()

/** Levels near both ends as often as in the middle. */
const levels = fc
  .tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.boolean())
  .map(([shift, bits, upper]) => (upper ? LAST - (bits >>> shift) : bits >>> shift))

/** The smallest u whose value is at least `value`. */
function firstAt(table: QuantileTable, value: number): number {
  let low = 0
  let high = 2 ** 32
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (table.at(middle) >= value) high = middle
    else low = middle + 1
  }
  return low
}

describe('a table', () => {
  it('agrees with its law everywhere', () => {
    fc.assert(
      fc.property(lawTexts, fc.array(levels, { minLength: 50, maxLength: 50 }), (text, us) => {
        const law = parseLaw(text, 'time')
        const table = QuantileTable.of(law)
        for (const u of us) {
          const level = (u + 0.5) / 2 ** 32
          const tail = (LAST - u + 0.5) / 2 ** 32
          const slack = (x: number) => 1.5 + 2e-5 * Math.abs(x)
          const exact = law.quantile(level, tail)
          if (exact > 2 ** 50) expect(table.at(u)).toBe(2 ** 50)
          else expect(Math.abs(table.at(u) - exact), `${text} at ${u}`).toBeLessThanOrEqual(slack(exact))
        }
      }),
      { seed: 3, numRuns: 40 },
    )
  })

  it('rises, and holds whole units that are not negative', () => {
    fc.assert(
      fc.property(lawTexts, fc.array(levels, { minLength: 50, maxLength: 50 }), (text, us) => {
        const table = QuantileTable.of(parseLaw(text, 'time'))
        let previous = 0
        for (const u of [...us, ...us.map((u) => Math.min(u + 1, LAST))].sort((a, b) => a - b)) {
          const value = table.at(u)
          expect(Number.isSafeInteger(value) && value >= previous, `${text} at ${u}`).toBe(true)
          previous = value
        }
      }),
      { seed: 4, numRuns: 40 },
    )
  })

  it('rises along every bucket', () => {
    for (const text of [
      'lnkd-disk',
      'exponential(1ms)',
      '50% normal(5ms 0.1ms) + 50% normal(6ms 0.1ms)',
      'pareto(1s 0.2)',
    ]) {
      const table = compile(text, 'time')
      const values = LATTICE.map((u) => table.at(u))
      expect(values.every((value, i) => i === 0 || value >= (values[i - 1] as number))).toBe(true)
    }
  })

  it('is a comparison for a constant', () => {
    const table = compile('1ms + constant(2ms)', 'time')
    expect([table.constant, table.median, table.mean]).toEqual([3e6, 3e6, 3e6])
    expect([0, 12345, LAST].map((u) => table.at(u))).toEqual([3e6, 3e6, 3e6])
    expect(compile('exponential(1ms)', 'time').constant).toBeUndefined()
  })

  it('fills an array with the values at given levels', () => {
    const levels = Int32Array.from(LATTICE, (u) => u | 0)
    for (const text of ['lnkd-disk', '50% 1ms + 50% exponential(3ms)', '25% 0ms + 75% 2ms', '3ms']) {
      const table = compile(text, 'time')
      const values = new Float64Array(levels.length)
      table.fill(levels, values)
      expect([...values]).toEqual(LATTICE.map((u) => table.at(u)))
    }
  })

  it('has the median of its law', () => {
    expect(compile('lognormal(0.25ms 0.3)', 'time').median).toBe(250_000)
    expect(compile('normal(0ms 2ms)', 'offset').median).toBe(0)
    expect(compile('35ms + exponential(1ms)', 'time').median).toBe(35_693_147)
  })

  it('has the mean of its law, up to the far tail', () => {
    // A grid of 2^20 levels: the error is that of the last level's value, at most 20 standard deviations / 2^20.
    for (const text of ['lnkd-ssd', 'ymmr-reply', 'exponential(1ms)', 'lognormal(0.25ms 0.3)', 'gamma(3 2ms)']) {
      const table = compile(text, 'time')
      let sum = 0
      for (let i = 0; i < 2 ** 20; i++) sum += table.at(i * 4096 + 2048)
      expect(sum / 2 ** 20 / table.mean, text).toBeCloseTo(1, 4)
    }
  })

  it('of a normal law is symmetric as an offset', () => {
    const table = compile('normal(0ms 2ms)', 'offset')
    for (const u of LATTICE) expect(Math.abs(table.at(u) + table.at(LAST - u))).toBeLessThanOrEqual(1)
  })

  it('stops at 2^50 units', () => {
    expect(compile('pareto(1h 0.01)', 'time').at(LAST)).toBe(2 ** 50)
  })
})

describe('jumps', () => {
  it('between two atoms are not smeared', () => {
    const table = compile('50% 0ms + 50% 10ms', 'time')
    expect(firstAt(table, 1)).toBe(2 ** 31)
    expect(firstAt(table, 10e6)).toBe(2 ** 31)
    for (const u of LATTICE) expect([0, 10e6]).toContain(table.at(u))
  })

  it.each<[string, ...[number, number][]]>([
    ['10% 0ms + 20% 1ms + 70% 2ms', [0.1, 1e6], [0.3, 2e6]],
    ['99.9% 1ms + 0.1% 1s', [0.999, 1e9], [0.999, 1e6 + 1]],
    ['0.0001% 1ms + 99.9999% 2ms', [1e-6, 2e6], [1e-6, 1e6 + 1]],
    // Two jumps within one bucket, whose middle lies on the line from end to end.
    ['39.98% 0ms + 0.02% 5ms + 60% 10ms', [0.3998, 5e6], [0.4, 10e6]],
    ['50% uniform(0ms 1ms) + 50% uniform(9ms 10ms)', [0.5, 9e6], [0.5, 1e6 + 1]],
    ['30% uniform(0ms 1ms) + 70% uniform(9ms 10ms)', [0.3, 9e6], [0.3, 1e6 + 1]],
    ['30% 5ms + 70% (6ms + exponential(1ms))', [0.3, 5e6 + 1], [0.3, 6e6]],
    ['1ms + (25% 0ms + 75% 1s)', [0.25, 1.001e9], [0.25, 1e6 + 1]],
  ])('of %s lie at their level, to 2^-32', (text, ...jumps) => {
    const table = compile(text, 'time')
    for (const [level, value] of jumps) {
      expect(Math.abs(firstAt(table, value) - level * 2 ** 32)).toBeLessThanOrEqual(1)
    }
  })

  it('are as steep as the law where they are only nearly jumps', () => {
    // A table that crossed the valley in one line would be off by half a bucket, 1 / 1024.
    const text = '50% normal(5ms 0.1ms) + 50% normal(6ms 0.1ms)'
    const law = parseLaw(text, 'time')
    const table = QuantileTable.of(law)
    for (let value = 5.3e6; value < 5.7e6; value += 1e4) {
      expect(firstAt(table, value) / 2 ** 32).toBeCloseTo(law.cdf(value), 6)
    }
  })

  it('leave an atom next to a smooth part its whole probability', () => {
    const table = compile('30% 0ms + 70% exponential(1ms)', 'time')
    // Rounding to nanoseconds adds what the exponential has below half a nanosecond: 0.7 * 0.5e-6.
    expect(firstAt(table, 1) / 2 ** 32).toBeCloseTo(0.3 + 0.35e-6, 7)
  })

  it('leave equal measured values their share', () => {
    const table = compile('empirical(1ms 2ms 2ms 2ms 6ms)', 'time')
    expect(firstAt(table, 2e6) / 2 ** 32).toBeCloseTo(0.25, 6)
    expect(firstAt(table, 2e6 + 1) / 2 ** 32).toBeCloseTo(0.75, 6)
  })

  it('of a delay cut at 0 keep their probability', () => {
    const table = compile('normal(1ms 2ms)', 'time')
    expect(firstAt(table, 1) / 2 ** 32).toBeCloseTo(parseLaw('normal(1ms 2ms)', 'offset').cdf(0), 6)
  })
})

describe('pinned tables', () => {
  function hashOf(table: QuantileTable): string {
    let hash = 0
    for (const u of LATTICE) {
      const value = table.at(u)
      hash = mix32(mix32(hash ^ (value >>> 0)) + Math.floor(value / 2 ** 32))
    }
    return hash.toString(16).padStart(8, '0')
  }

  it.each<[string, LawType, string]>([
    ['uniform(1ms 5ms)', 'time', '2aeaeee3'],
    ['exponential(1ms)', 'time', '5cd17883'],
    ['normal(0ms 2ms)', 'offset', 'f9c81f05'],
    ['normal(1ms 2ms)', 'time', 'c458344e'],
    ['lognormal(0.25ms 0.3)', 'time', '39d7d463'],
    ['lognormal(1KB 1.5)', 'bytes', 'a0103a16'],
    ['pareto(0.235ms 10)', 'time', '4f5a2295'],
    ['weibull(3ms 0.5)', 'time', 'bba9d7a1'],
    ['gamma(2.5 1ms)', 'time', '39dc2a81'],
    ['exponential(20)', 'count', 'e202d2c3'],
    ['empirical(1ms 2ms 2ms 4ms 8ms 16ms)', 'time', '11206546'],
    ['35ms + exponential(1ms)', 'time', 'df5a5b1a'],
    ['50% 0ms + 50% 10ms', 'time', 'd1834137'],
    ['50% (1ms + exponential(2ms)) + 50% 0ms', 'time', '87060695'],
    ['50% normal(5ms 0.1ms) + 50% normal(6ms 0.1ms)', 'time', '395b42f2'],
    ['lnkd-ssd', 'time', 'f4d561d1'],
    ['lnkd-disk', 'time', '4d8dc95e'],
    ['ymmr', 'time', '5949cf66'],
    ['ymmr-paper', 'time', 'bb6f6bc3'],
    ['ymmr-reply', 'time', 'f132ef2c'],
  ])('%s (%s) is %s', (text, type, hash) => {
    expect(hashOf(compile(text, type))).toBe(hash)
  })
})

describe('compile', () => {
  it('gives the same table for the same text and type, however many others came between', () => {
    const table = compile('exponential(1ms)', 'time')
    expect(compile('exponential(1ms)', 'time')).toBe(table)
    const offset = compile('normal(0ms 1ms)', 'offset')
    expect(compile('normal(0ms 1ms)', 'time')).not.toBe(offset)
    for (let i = 1; i <= 100; i++) compile(`${i}us`, 'time')
    expect(compile('exponential(1ms)', 'time').at(12345)).toBe(table.at(12345))
  })
})
