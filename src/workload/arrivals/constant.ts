/**
 * Arrivals exactly evenly spaced, the first at time 0: the pace of a timer, and of most load generators. Without the bunches of independent
 * users queues stay shorter than in production (D/M/c against M/M/c). Arrival k is due at k / rate, rounded by itself, so that a rate
 * whose spacing is no whole number of nanoseconds is kept all the same.
 */
import { z } from 'zod'
import { SECOND } from '../../core/units.js'
import type { Arrivals } from './arrival-process.js'
import { rate } from './options.js'

export const constant: Arrivals<{ rate: number }> = {
  name: 'constant',
  summary: 'evenly spaced arrivals at a rate: constant(2000/s)',
  options: z.strictObject({ rate: rate() }),
  create: ({ rate: perSecond }) => {
    let arrived = 0
    let latest = 0
    return {
      gap: () => {
        const before = latest
        latest = Math.round((arrived++ / perSecond) * SECOND)
        return latest - before
      },
      arrives: () => true,
    }
  },
  expected: ({ rate: perSecond }, { warmup, duration }) => Math.ceil((perSecond * (warmup + duration)) / SECOND),
}
