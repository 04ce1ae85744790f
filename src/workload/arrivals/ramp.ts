/**
 * Poisson arrivals whose rate goes in a straight line from one value to another and then stays: what a system does as its load grows, within one
 * run. The line begins with the measured phase, so the warm-up is at the first rate.
 */
import { z } from 'zod'
import type { Nanos } from '../../core/ids.js'
import { duration } from '../../core/schema.js'
import { SECOND } from '../../core/units.js'
import type { Arrivals } from './arrival-process.js'
import { optionalRate } from './options.js'
import { thinned } from './thinning.js'

interface Options {
  readonly from: number
  readonly to: number
  /** Without it, the whole measured phase. */
  readonly over?: Nanos | undefined
}

export const ramp: Arrivals<Options> = {
  name: 'ramp',
  summary: 'from one rate to another in a straight line: ramp(100/s 5000/s over 60s)',
  options: z
    .strictObject({ from: optionalRate(), to: optionalRate(), over: duration().optional() })
    .refine(({ from, to }) => from > 0 || to > 0, { message: 'one of the two rates is more than 0/s' }),
  create: ({ from, to, over }, { warmup, duration: measured }) => {
    const length = over ?? measured
    return thinned(Math.max(from, to), (at) => {
      const passed = at - warmup
      if (passed >= length) return to
      return passed <= 0 ? from : from + (to - from) * (passed / length)
    })
  },
  expected: ({ from, to, over }, { warmup, duration: measured }) => {
    const length = over ?? measured
    const rising = Math.min(length, measured)
    const reached = length === 0 ? to : from + (to - from) * (rising / length)
    return (from * warmup + ((from + reached) / 2) * rising + to * (measured - rising)) / SECOND
  },
}
