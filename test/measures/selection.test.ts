import fc from 'fast-check'
import { expect, test } from 'vitest'
import { select } from '../../src/measures/selection.js'

const samples = fc.array(fc.oneof(fc.nat(5), fc.nat(1000)), { minLength: 1, maxLength: 60 })

test('a value is selected as if the sample had been sorted, with many equal values or few, also twice in a row', () => {
  fc.assert(
    fc.property(samples, fc.nat(), fc.nat(), (sample, first, second) => {
      const values = Float64Array.from(sample)
      const sorted = Float64Array.from(sample).sort()
      for (const place of [first % sample.length, second % sample.length, sample.length - 1]) {
        expect(select(values, place)).toBe(sorted[place])
      }
      expect(values.sort()).toEqual(sorted)
    }),
    { seed: 1 },
  )
})
