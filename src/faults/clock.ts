/**
 * Clocks go wrong. While the strike lasts they are off by `offset` and gain at the rate `drift`; at its end they are set right again, so
 * what the drift gained is taken back too. `step` is added at the beginning and stays for good. Timers run on local elapsed time: drift
 * stretches those set while it lasts, offsets and steps move none.
 */
import { z } from 'zod'
import type { Nanos } from '../core/ids.js'
import { partsPerMillion, signedDuration } from '../core/schema.js'
import { timeLaw } from '../distributions/law-option.js'
import { parseLaw } from '../distributions/parse.js'
import type { Fault } from './fault.js'
import { type NodeFaultOptions, nodeFaultComplaint, nodeStrikes, nodeTargets } from './node-targets.js'
import { timing } from './timing.js'

interface Options extends NodeFaultOptions {
  readonly offset: Nanos
  readonly drift: number
  readonly step: Nanos
}

const CLOCK = { name: 'clock', unit: 'clocks' }
const MOST_DRIFT_PPM = 100_000

function nothingWrong({ offset, drift, step }: Options): string | undefined {
  return offset === 0 && drift === 0 && step === 0 ? 'clock needs offset, drift or step' : undefined
}

/** A step takes no time. */
function withoutLength({ offset, drift, for: lasting }: Options): string | undefined {
  if (parseLaw(lasting, 'time').constant !== 0 || (offset === 0 && drift === 0)) return undefined
  return 'clock needs for, how long its offset or drift lasts'
}

export const clock: Fault<Options> = {
  name: CLOCK.name,
  summary: 'shifts the clocks of nodes: offset and drift for a while, step for good',
  options: z.strictObject({
    ...nodeTargets,
    ...timing,
    for: timeLaw().default('0s'),
    offset: signedDuration().default(0),
    drift: partsPerMillion(MOST_DRIFT_PPM).default(0),
    step: signedDuration().default(0),
  }),
  check: (options, world) =>
    nothingWrong(options) ?? withoutLength(options) ?? nodeFaultComplaint(CLOCK.name, options, world),
  schedule: (options, ...rest) => {
    const { offset, drift, step } = options
    return nodeStrikes(CLOCK, { verb: 'shift-clock', offset, drift, step }, options, ...rest)
  },
}
