/** Every record equally often. */
import { z } from 'zod'
import type { Random } from '../../core/random.js'
import type { KeyDistribution } from './key-distribution.js'

export const uniform: KeyDistribution<Record<string, never>> = {
  name: 'uniform',
  summary: 'every record equally often',
  options: z.strictObject({}),
  create: (records) => {
    const next = (random: Random): number => random.below(records.count)
    return { nextForRead: next, nextForWrite: next }
  },
}
