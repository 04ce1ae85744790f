/** Finds the range of each token as looking through all of them does: the first whose last token is not smaller, or the first of all. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TokenTable } from '../../src/replication/placement/token-table.js'

const LAST = 0xffffffff

/** Anywhere, at the ends of the ring, and crowded in one spot. */
const token = fc.oneof(fc.integer({ min: 0, max: LAST }), fc.constantFrom(0, 1, LAST - 1, LAST), fc.nat(20))
const tokens = fc
  .uniqueArray(token, { minLength: 1, maxLength: 60 })
  .map((list) => list.toSorted((left, right) => left - right))

it('a token belongs to the first node at or after it', () => {
  fc.assert(
    fc.property(tokens, fc.array(token, { maxLength: 30 }), (ends, asked) => {
      const table = new TokenTable(ends)
      for (const one of [...asked, ...ends, ...ends.map((end) => (end + 1) % (LAST + 1))]) {
        const found = ends.findIndex((end) => end >= one)
        expect(table.rangeOf(one)).toBe(found === -1 ? 0 : found)
        const end = found === -1 ? (ends[0] as number) + LAST + 1 : (ends[found] as number)
        expect(table.endOf(one)).toBe(end + 1)
      }
    }),
    { seed: 3, numRuns: 500 },
  )
})
