/**
 * Clients ask more: while the fault lasts, operations arrive `factor` times as often; in a closed loop, where clients wait for answers, the
 * thinking that begins meanwhile is that much shorter. Which operations they are stays the same for every strategy.
 */
import { z } from 'zod'
import type { Fault } from './fault.js'
import { factor } from './options.js'
import { occurrences, type Timing, timing, timingComplaint } from './timing.js'

interface Options extends Timing {
  readonly factor: number
}

const NAME = 'overload'

export const overload: Fault<Options> = {
  name: NAME,
  summary: 'multiplies the rate at which operations arrive by factor',
  options: z.strictObject({ factor: factor(), ...timing }),
  check: (options) => timingComplaint(NAME, options),
  schedule: (options, _world, length, random) =>
    occurrences(options, length, random.fork('times')).map((occurrence) => ({
      name: NAME,
      label: `${NAME} ×${options.factor}`,
      unit: 'arrivals',
      ...occurrence,
      act: { on: 'load', factor: options.factor },
    })),
}
