/**
 * Laws of single values, zipfian and histogram: how many of a table's 2^32 levels give each value, found by bisection, against the exact
 * probabilities; beyond the values that stand one by one, draws by chi-square. Then what their texts and files may say.
 */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { compile } from '../../src/distributions/index.js'
import type { LawType } from '../../src/distributions/law.js'
import { LawError, parseLaw } from '../../src/distributions/parse.js'
import type { QuantileTable } from '../../src/distributions/quantile-table.js'
import { CRITICAL, chiSquareScore } from '../chi-square.js'

const LEVELS = 2 ** 32
const DRAWS = 1 << 18

/** The first level at which the value is more than `value`. */
function levelsUpTo(table: QuantileTable, value: number): number {
  let low = 0
  let high = LEVELS
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (table.at(middle) > value) high = middle
    else low = middle + 1
  }
  return low
}

/** P(X <= least + i), for each i. */
function zipfCdf(least: number, most: number, theta: number): number[] {
  const weights = Array.from({ length: most - least + 1 }, (_, i) => (i + 1) ** -theta)
  const total = weights.reduceRight((sum, weight) => sum + weight, 0)
  let sum = 0
  return weights.map((weight) => (sum += weight / total))
}

describe.each([
  ['zipfian(1 100)', 1, 100, 0.99],
  ['zipfian(0 9 0)', 0, 9, 0],
  ['zipfian(5 1000 2)', 5, 1000, 2],
  ['zipfian(1 2 10)', 1, 2, 10],
])('%s', (text, least, most, theta) => {
  it('gives each value for as many levels as it should', () => {
    const table = compile(text, 'count')
    zipfCdf(least, most, theta).forEach((share, i) => {
      expect(Math.abs(levelsUpTo(table, least + i) - share * LEVELS), `${least + i}`).toBeLessThanOrEqual(1)
    })
  })
})

describe('a zipfian law of many values', () => {
  const [least, most] = [1, 100_000]

  it('fits, and ends where it should', () => {
    const table = compile(`zipfian(${least}B ${most}B)`, 'bytes')
    const cdf = zipfCdf(least, most, 0.99)
    // Every value up to 100, then a hundred bins to the octave and less.
    const ends = cdf
      .map((_, i) => i)
      .filter((i) => i < 100 || i === most - least || i % 2 ** Math.max(0, Math.floor(Math.log2(i)) - 5) === 0)
    const counts = new Float64Array(ends.length)
    const binOf = new Int32Array(most + 1)
    for (const [bin, end] of ends.entries())
      binOf.fill(bin, bin === 0 ? 0 : least + (ends[bin - 1] as number) + 1, least + end + 1)
    const random = RandomStream.ofSeed(1)
    for (let i = 0; i < DRAWS; i++) {
      const bin = binOf[table.at(random.next())] as number
      counts[bin] = (counts[bin] as number) + 1
    }
    const expected = ends.map(
      (end, bin) => ((cdf[end] as number) - (bin === 0 ? 0 : (cdf[ends[bin - 1] as number] as number))) * DRAWS,
    )
    expect(chiSquareScore(counts, expected)).toBeLessThan(CRITICAL)
    expect([table.at(0), table.at(LEVELS - 1)]).toEqual([least, most])
  })
})

describe('a histogram', () => {
  it('gives each bucket by its weight, at its upper end', () => {
    const table = compile('histogram(100B 1 0 5 2.5 0)', 'bytes')
    const bounds = [100, 300, 400].map((value) => levelsUpTo(table, value) / LEVELS)
    expect(bounds).toEqual([expect.closeTo(1 / 8.5, 9), expect.closeTo(6 / 8.5, 9), 1])
    expect([0, 0.5, 0.99].map((u) => table.at(u * LEVELS))).toEqual([100, 300, 400])
  })

  it('has the mean of its values', () => {
    expect(parseLaw('histogram(10 1 3)', 'count').mean).toBe(17.5)
    expect(parseLaw('zipfian(1 2 1)', 'count').mean).toBeCloseTo(4 / 3, 12)
  })
})

describe('the text of', () => {
  it.each<[string, LawType, string]>([
    ['zipfian(1 100)', 'count', 'zipfian(1 100 0.99)'],
    ['zipfian(1B, 1KB, 0.5)', 'bytes', 'zipfian(1B 1000B 0.5)'],
    ['zipfian(7 7)', 'count', '7'],
    ['histogram(100B 5 0 1)', 'bytes', 'histogram(100B 5 0 1)'],
    ['histogram(1KB 0 1)', 'bytes', '2000B'],
    ['1B + histogram(10B 1 1)', 'bytes', '1B + histogram(10B 1 1)'],
  ])('%s (%s) is %s, and reads back', (text, type, canonical) => {
    expect(parseLaw(text, type).text).toBe(canonical)
    expect(parseLaw(canonical, type).text).toBe(canonical)
  })
})

function errorOf(text: string, type: LawType, files?: (name: string) => string): LawError {
  try {
    parseLaw(text, type, files)
  } catch (error) {
    if (error instanceof LawError) return error
    throw error
  }
  throw new Error(`${text} was accepted`)
}

describe('mistakes', () => {
  it.each<[string, LawType, number, RegExp]>([
    ['zipfian(1)', 'count', 0, /takes 2 or 3 arguments, not 1: zipfian\(least most \[theta\]\)/],
    ['zipfian(1 2 3 4)', 'count', 0, /takes 2 or 3 arguments, not 4/],
    ['zipfian(1 2.5)', 'count', 10, /most is a count and must be a whole number/],
    ['zipfian(1 2 -1)', 'count', 12, /theta must not be negative/],
    ['zipfian(1 2 11)', 'count', 12, /theta must be at most 10/],
    ['zipfian(2 1)', 'count', 0, /least must not be above the most/],
    ['zipfian(0B 1MB)', 'bytes', 0, /at most 1000000 values/],
    ['zipfian(1 10)', 'bytes', 8, /1 needs a unit/],
    ['histogram(0B 1)', 'bytes', 10, /block size must be more than 0/],
    ['histogram(10B)', 'bytes', 0, /at least one weight/],
    ['histogram(10B 0 0)', 'bytes', 0, /at least one weight/],
    ['histogram(10B 1 -1)', 'bytes', 16, /weight must not be negative/],
    ['histogram(10B 1B)', 'bytes', 14, /weight is a plain number/],
    ['histogram(1PB 1)', 'bytes', 11, /"PB" is not a unit/],
    ['histogram(1000000GiB 1 1)', 'bytes', 0, /last bucket lies too far out/],
  ])('%j as %s: at %i', (text, type, offset, message) => {
    const error = errorOf(text, type)
    expect(error.message).toMatch(message)
    expect(error.offset).toBe(offset)
  })
})

describe('histogram(FILE)', () => {
  const files = (contents: string) => () => contents

  it.each([
    ['BlockSize\t100\n0\t5\n1\t0\n2\t1\n'],
    ['\ufeffBlockSize,100\r\n# sizes\r\n2,1\r\n\r\n0,5\r\n'],
    ['BlockSize 100B\n0 5\n2 1'],
  ])('reads %j, and needs the file no more', (contents) => {
    expect(parseLaw('histogram(hist.txt)', 'bytes', files(contents)).text).toBe('histogram(100B 5 0 1)')
  })

  it('of counts has no unit', () => {
    expect(parseLaw('histogram(hist.txt)', 'count', files('BlockSize\t10\n0\t1\n1\t1')).text).toBe('histogram(10 1 1)')
  })

  it.each([
    ['', /"hist.txt" holds no values/],
    ['0\t5', /^hist\.txt:1: a histogram begins with BlockSize/],
    ['BlockSize', /^hist\.txt:1: a histogram begins with BlockSize/],
    ['BlockSize\tten\n0 1', /^hist\.txt:1: "ten" is not a size/],
    ['BlockSize\t10\n\n0', /^hist\.txt:3: a line is a bucket from 0 to 9998 and its weight/],
    ['BlockSize\t10\n1e9 1', /^hist\.txt:2: a line is a bucket/],
    ['BlockSize\t10\n-1 1', /^hist\.txt:2: a line is a bucket/],
    ['BlockSize\t10\n0 many', /^hist\.txt:2: weight is a plain number/],
    ['BlockSize\t10\n0 1\n0 2', /^hist\.txt:3: bucket 0 stands twice/],
    ['BlockSize\t10\n0 0', /at least one weight/],
  ])('refuses %j', (contents, message) => {
    expect(errorOf('histogram(hist.txt)', 'bytes', files(contents)).message).toMatch(message)
  })
})
