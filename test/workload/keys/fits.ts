/** How a key distribution is held against its exact law: counts of what it draws, by chi-square, with bins of at least a few draws. */
import { expect } from 'vitest'
import { RandomStream } from '../../../src/core/random.js'
import type { KeyChooser } from '../../../src/workload/keys/key-distribution.js'
import { CRITICAL, chiSquareScore } from '../../chi-square.js'

const DRAWS = 1 << 18
/** Records expected less often share a bin. */
const LEAST_EXPECTED = 20

/** Reads and writes in turn, against a probability for each record. */
export function expectFit(chooser: KeyChooser, probabilities: ArrayLike<number>, seed: number): void {
  const random = RandomStream.ofSeed(seed)
  const counts = new Float64Array(probabilities.length)
  for (let i = 0; i < DRAWS; i++) {
    const record = i % 2 === 0 ? chooser.nextForRead(random) : chooser.nextForWrite(random)
    counts[record] = (counts[record] as number) + 1
  }
  const bins = binned(
    counts,
    Array.from(probabilities, (probability) => probability * DRAWS),
  )
  expect(chiSquareScore(bins.counts, bins.expected)).toBeLessThan(CRITICAL)
}

function binned(counts: Float64Array, expected: readonly number[]): Record<'counts' | 'expected', readonly number[]> {
  const bins = { counts: [0], expected: [0] }
  expected.forEach((mean, record) => {
    if ((bins.expected.at(-1) as number) >= LEAST_EXPECTED) {
      bins.counts.push(0)
      bins.expected.push(0)
    }
    const last = bins.counts.length - 1
    bins.counts[last] = (bins.counts[last] as number) + (counts[record] as number)
    bins.expected[last] = (bins.expected[last] as number) + mean
  })
  return bins
}

/** Weights as probabilities. */
export function normalised(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}
