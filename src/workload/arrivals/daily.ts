/**
 * Poisson arrivals whose rate follows the day: least at the start of the measured phase, most half a period later, and a cosine between, as the
 * traffic of services with users in one part of the world roughly does. The warm-up is the end of the night before. Weekends,
 * lunch breaks and time zones are left out: replay a recording of them.
 */
import { z } from 'zod'
import type { Nanos } from '../../core/ids.js'
import { cosineOfTurns } from '../../core/mathematics.js'
import { duration } from '../../core/schema.js'
import { SECOND } from '../../core/units.js'
import type { Arrivals } from './arrival-process.js'
import { optionalRate } from './options.js'
import { thinned } from './thinning.js'

interface Options {
  readonly least: number
  readonly most: number
  readonly over: Nanos
}

const A_QUARTER_TURN = 0.25

export const daily: Arrivals<Options> = {
  name: 'daily',
  summary: 'between two rates and back in a cosine, as days go: daily(200/s 2000/s over 24h)',
  options: z
    .strictObject({ least: optionalRate(), most: optionalRate(), over: duration().default(24 * 3600 * SECOND) })
    .refine(({ least, most }) => most > 0 && least <= most, { message: 'most is more than 0/s and not below least' })
    .refine(({ over }) => over > 0, { message: 'over, the length of a day, is longer than 0s' }),
  create: ({ least, most, over }, { warmup }) =>
    thinned(most, (at) => least + ((most - least) * (1 - cosineOfTurns((at - warmup) / over))) / 2),
  expected: ({ least, most, over }, { warmup, duration: measured }) => {
    // The integral of the cosine is the sine, which is the cosine a quarter of a turn before.
    const sine = (time: Nanos): number => cosineOfTurns(time / over - A_QUARTER_TURN)
    const swing = ((sine(measured) - sine(-warmup)) * over) / (2 * Math.PI)
    return (((least + most) / 2) * (warmup + measured) - ((most - least) / 2) * swing) / SECOND
  },
}
