/** Each law against its closed form: quantiles, both tails of the cdf, means, and the figures that the PBS papers' laws must give. */
import { describe, expect, it } from 'vitest'
import { log } from '../../src/core/mathematics.js'
import { laws } from '../../src/distributions/index.js'
import { parseLaw } from '../../src/distributions/parse.js'
import { QuantileTable } from '../../src/distributions/quantile-table.js'
import { normalCdf, normalQuantile } from '../../src/distributions/standard-normal.js'
import { CLOSED_FORMS, quantileOf } from './closed-forms.js'

const LEVELS = [1e-4, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999]
const MILLISECOND = 1e6

/** |actual - expected| relative to expected, or to a hundredth of a millisecond where that is more. */
function relativeError(actual: number, expected: number): number {
  return Math.abs(actual - expected) / Math.max(Math.abs(expected), 0.01 * MILLISECOND)
}

describe.each(CLOSED_FORMS)('$text', ({ text, type, cdf, mean }) => {
  const law = parseLaw(text, type)
  const table = QuantileTable.of(law)

  it.each(LEVELS)('has the closed form for its quantile at %f', (level) => {
    const expected = quantileOf(cdf, level) * MILLISECOND
    // The gap of a mixture is half open: at its very level both ends are right.
    if (text.includes('uniform(9ms') && level === 0.5) return
    expect(relativeError(law.quantile(level, 1 - level), expected)).toBeLessThan(1e-5)
    // The table is whole nanoseconds, and knows the level to 2^-33.
    const drawn = table.at(Math.round(level * 2 ** 32 - 0.5))
    expect(Math.abs(drawn - expected)).toBeLessThan(1 + 1.2e-5 * Math.abs(expected))
  })

  it('has the closed form for its cdf, and a survival function that complements it', () => {
    for (let level = 0.01; level < 1; level += 0.07) {
      const x = quantileOf(cdf, level)
      expect(law.cdf(x * MILLISECOND)).toBeCloseTo(cdf(x), 6)
      expect(law.survival(x * MILLISECOND)).toBeCloseTo(1 - law.cdf(x * MILLISECOND), 12)
    }
  })

  it('finds its way back from far tails, relative to the tail', () => {
    for (const tail of [1e-6, 1e-9, 2 ** -33]) {
      expect(law.cdf(law.quantile(tail, 1 - tail)) / tail).toBeCloseTo(1, 5)
      if (text.startsWith('empirical') || text.includes('uniform')) continue
      expect(law.survival(law.quantile(1 - tail, tail)) / tail).toBeCloseTo(1, 6)
    }
  })

  it('has the closed form for its mean', () => {
    expect(law.mean / MILLISECOND).toBeCloseTo(mean, 5)
    expect(table.mean).toBe(law.mean)
  })
})

describe('the published laws', () => {
  // The papers' own means in milliseconds; they print two to four digits.
  it.each([
    ['lnkd-ssd', 0.2911, 5e-5],
    ['lnkd-disk', 4.569, 5e-4],
    ['ymmr', 25.73, 5e-3],
    ['ymmr-paper', 25.8, 5e-3],
    ['ymmr-reply', 2.829, 5e-4],
  ])('%s has mean %f ms', (name, mean, tolerance) => {
    expect(Math.abs(parseLaw(name, 'time').mean / MILLISECOND - mean)).toBeLessThan(tolerance)
  })

  it('give the published mean round trip of 0.58 ms for LinkedIn on SSDs', () => {
    expect((2 * parseLaw('lnkd-ssd', 'time').mean) / MILLISECOND).toBeCloseTo(0.58, 2)
  })

  it('give the published median of 1.50 ms for the fastest of three disks', () => {
    // Write leg and acknowledgement, fastest of three, all pairs of 400 levels each: P(min > x) = P(X > x)^3.
    const disk = QuantileTable.of(parseLaw('lnkd-disk', 'time'))
    const ssd = QuantileTable.of(parseLaw('lnkd-ssd', 'time'))
    const trips: number[] = []
    for (let i = 0; i < 400; i++) {
      for (let j = 0; j < 400; j++) {
        trips.push(disk.at(((i + 0.5) / 400) * 2 ** 32) + ssd.at(((j + 0.5) / 400) * 2 ** 32))
      }
    }
    trips.sort((a, b) => a - b)
    const level = 1 - 0.5 ** (1 / 3)
    expect(trips[Math.floor(level * trips.length)] / MILLISECOND).toBeCloseTo(1.505, 2)
  })
})

describe('infinite and tiny means', () => {
  it('a Pareto law up to shape 1 has none', () => {
    expect(parseLaw('pareto(1ms 1)', 'time').mean).toBe(Number.POSITIVE_INFINITY)
    expect(parseLaw('50% 1ms + 50% pareto(1ms 0.5)', 'time').mean).toBe(Number.POSITIVE_INFINITY)
    expect(parseLaw('pareto(1ms 1.001)', 'time').mean).toBeCloseTo(1001 * MILLISECOND, -3)
  })

  it('keeps fractions of a nanosecond in parameters', () => {
    expect(parseLaw('exponential(33.3ns)', 'time').mean).toBe(33.3)
  })
})

describe('a normal law as a delay', () => {
  it('is cut at 0, with all the probability of what would be negative, and the mean that this gives', () => {
    const law = parseLaw('normal(1ms 2ms)', 'time')
    const phi = Math.exp(-1 / 8) / Math.sqrt(2 * Math.PI)
    const above = normalCdf(0.5)
    expect(law.quantile(0.3, 0.7)).toBe(0)
    expect(law.cdf(0)).toBeCloseTo(1 - above, 12)
    expect(law.cdf(-1)).toBe(0)
    expect(law.survival(-1)).toBe(1)
    // E max(0, N(μ, σ)) = μ Φ(μ/σ) + σ φ(μ/σ)
    expect(law.mean / MILLISECOND).toBeCloseTo(above + 2 * phi, 7)
  })

  it('is cut after the constant of a sum was added', () => {
    const law = parseLaw('1ms + normal(0ms 2ms)', 'time')
    expect(law.mean).toBeCloseTo(parseLaw('normal(1ms 2ms)', 'time').mean, 3)
    expect(law.quantile(0.4, 0.6)).toBeCloseTo(parseLaw('normal(1ms 2ms)', 'time').quantile(0.4, 0.6), 3)
  })

  it('may be negative as an offset', () => {
    const law = parseLaw('normal(-1ms 2ms)', 'offset')
    expect(law.quantile(0.5, 0.5)).toBe(-MILLISECOND)
    expect(law.mean).toBe(-MILLISECOND)
  })
})

describe('the standard normal', () => {
  // Published to 15 digits, for example by R's qnorm.
  it.each([
    [0.5, 0],
    [0.9, 1.2815515655446004],
    [0.975, 1.959963984540054],
    [0.99, 2.3263478740408408],
    [0.999, 3.090232306167813],
    [0.9999, 3.719016485455709],
    [1e-10, -6.361340902404056],
  ])('has quantile(%f) = %f', (u, z) => {
    expect(normalQuantile(u, 1 - u)).toBeCloseTo(z, 10)
  })

  it('has a quantile and a cdf that agree to 1e-12 of the tail, down to 1e-20', () => {
    for (let tail = 0.5; tail > 1e-20; tail *= 0.83) {
      expect(Math.abs(log(normalCdf(normalQuantile(tail, 1 - tail)) / tail))).toBeLessThan(1e-12)
      expect(normalQuantile(1 - tail, tail)).toBeCloseTo(-normalQuantile(tail, 1 - tail), 12)
    }
  })
})

describe('laws of other types', () => {
  it('measure bytes and counts in their own units', () => {
    expect(parseLaw('uniform(1KB 3KB)', 'bytes').mean).toBe(2000)
    expect(parseLaw('lognormal(1KiB 1)', 'bytes').quantile(0.5, 0.5)).toBeCloseTo(1024, 9)
    expect(parseLaw('exponential(2.5)', 'count').mean).toBe(2.5)
    expect(QuantileTable.of(parseLaw('uniform(1 3)', 'count')).at(0)).toBe(1)
  })
})

describe('the registry', () => {
  it('lists every law with one line and the way it is written', () => {
    expect(laws.names).toEqual([
      'constant',
      'uniform',
      'exponential',
      'normal',
      'lognormal',
      'pareto',
      'weibull',
      'gamma',
      'zipfian',
      'empirical',
      'histogram',
      'lnkd-ssd',
      'lnkd-disk',
      'ymmr',
      'ymmr-paper',
      'ymmr-reply',
    ])
    for (const law of laws.all) {
      expect(law.signature.startsWith(law.name)).toBe(true)
      expect(law.summary).not.toContain('\n')
    }
  })
})
