/** Gaps survive being written down, and what is written is short. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeGaps, encodeGaps } from '../../../src/workload/arrivals/gap-text.js'

it('gives back what it was given', () => {
  const gap = fc.oneof(fc.nat(100), fc.nat(), fc.maxSafeNat())
  fc.assert(
    fc.property(fc.array(gap), (gaps) => {
      expect(decodeGaps(encodeGaps(gaps))).toEqual(gaps)
    }),
    { seed: 1 },
  )
})

it.each([
  ['nothing', [], { tick: 1, gaps: '' }],
  ['gaps of no length', [0, 0], { tick: 1, gaps: 'AA' }],
  ['milliseconds, a character each', [1e6, 31e6, 2e6], { tick: 1e6, gaps: 'BfC' }],
  ['what needs two characters', [1e6, 32e6], { tick: 1e6, gaps: 'BgB' }],
])('writes %s', (_, gaps, text) => {
  expect(encodeGaps(gaps)).toEqual(text)
})
