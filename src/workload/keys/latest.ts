/**
 * The newer a record, the more often it is asked for: counted back from the newest, records have YCSB's quick Zipf law, as in its workload D
 * (`SkewedLatestGenerator`). Two slips of YCSB are left out: it has one item less than there are records, so that the oldest is never drawn, and
 * keeps a part of its formula at the number of records that were loaded.
 */
import { z } from 'zod'
import type { Random } from '../../core/random.js'
import { GrayZipfian } from './gray-zipfian.js'
import type { KeyDistribution } from './key-distribution.js'

export const latest: KeyDistribution<Record<string, never>> = {
  name: 'latest',
  summary: "the newer a record the more often: YCSB's zipfian formula, counted from the newest back",
  options: z.strictObject({}),
  create: (records) => {
    const age = new GrayZipfian(records.count)
    const next = (random: Random): number => {
      const newest = records.count - 1
      age.grow(records.count)
      return newest - Math.min(newest, age.at(random.float()))
    }
    return { nextForRead: next, nextForWrite: next }
  },
}
