/** The ranges of a scan: neighbours on the ring, as wide as the records asked for, and holding about as many as they say. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { RandomStream } from '../../src/core/random.js'
import { HashRing } from '../../src/replication/placement/ring.js'
import { tokenRanges } from '../../src/replication/placement/token-ranges.js'
import { worldOf } from './fake-cluster.js'

const RECORDS = 1000

const ringOf = (nodes: number, vnodes: number, tokens: 'even' | 'random' = 'even') =>
  new HashRing(worldOf([nodes]), 1, vnodes, RandomStream.ofSeed(1), tokens)

const scans = fc.record({
  nodes: fc.integer({ min: 1, max: 6 }),
  vnodes: fc.integer({ min: 1, max: 8 }),
  key: fc.nat({ max: RECORDS - 1 }),
  rows: fc.integer({ min: 1, max: 2 * RECORDS }),
})

it('follow each other from the partition of the key on, and have together the rows that were asked for', () => {
  fc.assert(
    fc.property(scans, ({ nodes, vnodes, key, rows }) => {
      const ring = ringOf(nodes, vnodes)
      const ranges = tokenRanges(ring, key, rows, RECORDS)
      expect(ranges.map(({ partition }) => partition)).toEqual(
        ranges.map((_, i) => (ring.partitionOf(key) + i) % ring.partitions),
      )
      expect(ranges.reduce((sum, range) => sum + range.rows, 0)).toBe(rows)
      expect(Math.min(...ranges.map((range) => range.rows))).toBeGreaterThanOrEqual(0)
      // A width of so many partitions touches one more than it is wide, and goes round once at most.
      const width = Math.min(1, rows / RECORDS) * ring.partitions
      expect(ranges.length).toBeGreaterThanOrEqual(Math.ceil(width - 1e-9))
      expect(ranges.length).toBeLessThanOrEqual(Math.floor(width + 1e-9) + 1 + (Number.isInteger(width) ? 0 : 1))
    }),
    { seed: 7, numRuns: 300 },
  )
})

it.each(['even', 'random'] as const)(
  'hold about as many records as they say, but for those at their ends, with %s tokens',
  (tokens) => {
    const ring = ringOf(5, 4, tokens)
    for (const key of [0, 123, 999]) {
      const first = ring.positionOf(key)
      const last = first + 0.2 * ring.length
      let from = first
      for (const { rows } of tokenRanges(ring, key, 200, RECORDS)) {
        const to = Math.min(last, ring.endOf(from))
        const held = Array.from({ length: RECORDS }, (_, other) => ring.positionOf(other)).filter((position) => {
          const turned = position < first ? position + ring.length : position
          return turned >= from && turned < to
        }).length
        expect(Math.abs(held - rows)).toBeLessThanOrEqual(tokens === 'even' ? 2 : 4)
        from = to
      }
      expect(from).toBe(last)
    }
  },
)

it('follow each other on a ring of random tokens, once round at most', () => {
  fc.assert(
    fc.property(scans, ({ nodes, vnodes, key, rows }) => {
      const ring = ringOf(nodes, vnodes, 'random')
      const ranges = tokenRanges(ring, key, rows, RECORDS)
      expect(ranges.map(({ partition }) => partition)).toEqual(
        ranges.map((_, i) => (ring.partitionOf(key) + i) % ring.partitions),
      )
      expect(ranges.reduce((sum, range) => sum + range.rows, 0)).toBe(rows)
      expect(ranges.length).toBeLessThanOrEqual(ring.partitions + 1)
      if (rows >= RECORDS) expect(ranges.length).toBeGreaterThanOrEqual(ring.partitions)
    }),
    { seed: 7, numRuns: 300 },
  )
})
