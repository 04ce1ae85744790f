/** A Poisson process: arrivals independent of each other, as those of many users are. */
import { z } from 'zod'
import { SECOND } from '../../core/units.js'
import type { Arrivals } from './arrival-process.js'
import { rate } from './options.js'
import { exponentialGaps } from './thinning.js'

export const poisson: Arrivals<{ rate: number }> = {
  name: 'poisson',
  summary: 'independent arrivals at a rate: poisson(2000/s)',
  options: z.strictObject({ rate: rate() }),
  create: ({ rate: perSecond }) => ({ gap: exponentialGaps(perSecond), arrives: () => true }),
  expected: ({ rate: perSecond }, { warmup, duration }) => (perSecond * (warmup + duration)) / SECOND,
}
