/**
 * The key distributions: zipfian against its exact law, by chi-squared over the records that are drawn often enough, with a bound of
 * mean + 4 standard deviations; uniform likewise; fresh by what it promises.
 */
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src/core/random.js'
import { fresh } from '../../../src/workload/keys/fresh.js'
import type { KeyChooser } from '../../../src/workload/keys/key-distribution.js'
import { uniform } from '../../../src/workload/keys/uniform.js'
import { zipfian } from '../../../src/workload/keys/zipfian.js'

const DRAWS = 400_000

describe.each([
  [1000, 0.99],
  [1000, 0],
  [10, 2],
  [100_000, 0.8],
  [1, 0.99],
  [7, 10],
])('zipfian over %i records, theta %f', (records, theta) => {
  const weights = Array.from({ length: records }, (_, i) => (i + 1) ** -theta)
  const total = weights.reduce((sum, weight) => sum + weight, 0)

  it('draws every record as often as the law says, for reads and for writes', () => {
    const chooser = zipfian.create(records, { theta })
    for (const next of ['nextForRead', 'nextForWrite'] as const) {
      const counts = countsOf(chooser, next, records, theta)
      expect(deviation(counts, (i) => (weights[i] as number) / total)).toBeLessThan(4)
    }
  })
})

it('uniform draws every record as often as any other', () => {
  const counts = countsOf(uniform.create(1000, {}), 'nextForRead', 1000, 0)
  expect(deviation(counts, () => 1 / 1000)).toBeLessThan(4)
})

it('fresh writes a record never used before, and reads those written, evenly', () => {
  const random = RandomStream.ofSeed(1)
  const chooser = fresh.create(10, {})
  expect(chooser.nextForRead(random)).toBe(0)
  expect(Array.from({ length: 20 }, () => chooser.nextForWrite(random))).toEqual(
    Array.from({ length: 20 }, (_, i) => i),
  )
  expect(deviation(countsOf(chooser, 'nextForRead', 20, 0), () => 1 / 20)).toBeLessThan(4)
})

function countsOf(chooser: KeyChooser, next: keyof KeyChooser, records: number, salt: number): Float64Array {
  const random = RandomStream.ofSeed(1).fork(`${next} ${records} ${salt}`)
  const counts = new Float64Array(records)
  for (let i = 0; i < DRAWS; i++) {
    const key = chooser[next](random)
    counts[key] = (counts[key] as number) + 1
  }
  // A key beyond the records is counted nowhere.
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(DRAWS)
  return counts
}

/** Chi-squared in standard deviations above its mean; records expected fewer than 20 times count as one. */
function deviation(counts: Float64Array, probability: (record: number) => number): number {
  let sum = 0
  let cells = 0
  let rareExpected = 0
  let rareSeen = 0
  const add = (seen: number, expected: number): void => {
    if (expected === 0) return
    sum += (seen - expected) ** 2 / expected
    cells++
  }
  counts.forEach((seen, record) => {
    const expected = DRAWS * probability(record)
    if (expected >= 20) {
      add(seen, expected)
    } else {
      rareExpected += expected
      rareSeen += seen
    }
  })
  add(rareSeen, rareExpected)
  return cells < 2 ? 0 : (sum - (cells - 1)) / Math.sqrt(2 * (cells - 1))
}
