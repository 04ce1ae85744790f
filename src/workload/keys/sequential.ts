/**
 * One record after another, and from the last on to the first: a batch job that goes through all of them (`SequentialGenerator` of YCSB). All
 * clients, reads and writes share one position, so no two operations near each other meet on a record.
 */
import { z } from 'zod'
import type { KeyDistribution } from './key-distribution.js'

export const sequential: KeyDistribution<Record<string, never>> = {
  name: 'sequential',
  summary: 'one record after another, over and over; all clients share one position',
  options: z.strictObject({}),
  create: (records) => {
    let position = -1
    const next = (): number => {
      position = position + 1 < records.count ? position + 1 : 0
      return position
    }
    return { nextForRead: next, nextForWrite: next }
  },
}
