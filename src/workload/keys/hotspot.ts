/**
 * A share of the operations falls on a share of the records: the first ones, which are hot, and the rest on the others, within both evenly
 * (`HotspotIntegerGenerator` of YCSB). At least one record is hot. As records are inserted the hot ones become more in
 * proportion; in YCSB they do not, which is the law among the records loaded.
 */
import { z } from 'zod'
import type { Random } from '../../core/random.js'
import { percent } from '../../core/schema.js'
import type { KeyDistribution } from './key-distribution.js'

interface Options {
  /** Share of the records that are hot, 0..1. */
  readonly records: number
  /** Share of the operations that fall on them, 0..1. */
  readonly operations: number
}

export const hotspot: KeyDistribution<Options> = {
  name: 'hotspot',
  summary: 'a share of the operations on a share of the records, the first: hotspot(20% 80%) has 80% on 20%',
  options: z.strictObject({ records: percent().default(0.2), operations: percent().default(0.8) }),
  create: (records, { records: hotShare, operations }) => {
    const next = (random: Random): number => {
      const { count } = records
      const hot = Math.max(1, Math.floor(hotShare * count))
      const isHot = random.float() < operations
      return isHot || hot === count ? random.below(hot) : hot + random.below(count - hot)
    }
    return { nextForRead: next, nextForWrite: next }
  },
}
