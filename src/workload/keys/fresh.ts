/**
 * Each write takes a record never used before and reads draw evenly from those written, so that no write is overwritten and each is
 * read in isolation: the setting of the WARS model (Bailis et al. 2012).
 */
import { z } from 'zod'
import type { KeyDistribution } from './key-distribution.js'

export const fresh: KeyDistribution<Record<string, never>> = {
  name: 'fresh',
  summary: 'each write takes a record never used before; reads draw from those written',
  options: z.strictObject({}),
  create: () => {
    let written = 0
    return {
      nextForRead: (random) => random.below(Math.max(1, written)),
      nextForWrite: () => written++,
    }
  },
}
