/**
 * The newer a record, the more often, by an exponential law of its age: so many percent of the operations fall on so many percent of the records, the
 * newest (`ExponentialGenerator` of YCSB, whose defaults these are: 95% on 6/7, though its comment says 1/7). The records meant are
 * those loaded; the law moves on with the newest, and ages beyond the oldest are drawn again.
 */
import { z } from 'zod'
import { log } from '../../core/mathematics.js'
import type { Random } from '../../core/random.js'
import { percent } from '../../core/schema.js'
import type { KeyDistribution } from './key-distribution.js'

interface Options {
  /** Share of the operations, 0..1. */
  readonly operations: number
  /** Share of the records that they fall on, 0..1. */
  readonly records: number
}

/** Below the one nearly every age would be drawn again; at 100% the law has no scale. */
const LEAST_SHARE = 0.01
const MOST_SHARE = 0.999999

export const exponential: KeyDistribution<Options> = {
  name: 'exponential',
  summary: 'the newer a record the more often: exponential(95% 86%) has 95% of the operations on the newest 86%',
  options: z.strictObject({
    operations: percent(LEAST_SHARE, MOST_SHARE).default(0.95),
    records: percent().default(0.8571428571),
  }),
  create: (records, { operations, records: share }) => {
    const meanAge = (share * records.count) / -log(1 - operations)
    const next = (random: Random): number => {
      for (;;) {
        const record = records.count - 1 - Math.floor(-log(random.float()) * meanAge)
        if (record >= 0) return record
      }
    }
    return { nextForRead: next, nextForWrite: next }
  },
}
