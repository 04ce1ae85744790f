/**
 * A process crash: nodes stop at once, lose what they had not put on their disks, refuse connections while they are down, and start again on
 * the same disk, or with `disk: lose` on an empty one.
 */
import { z } from 'zod'
import type { Fault } from './fault.js'
import { type NodeFaultOptions, nodeFaultComplaint, nodeStrikes, nodeTargets } from './node-targets.js'
import { timing } from './timing.js'

interface Options extends NodeFaultOptions {
  readonly disk: 'keep' | 'lose'
}

const CRASH = { name: 'crash', unit: 'messages' }

export const crash: Fault<Options> = {
  name: CRASH.name,
  summary: 'stops nodes, which refuse connections until they start again; disk: keep | lose',
  options: z.strictObject({ ...nodeTargets, ...timing, disk: z.enum(['keep', 'lose']).default('keep') }),
  check: (options, world) => nodeFaultComplaint(CRASH.name, options, world),
  schedule: (options, ...rest) =>
    nodeStrikes(CRASH, { verb: 'stop', disk: options.disk, silent: false }, options, ...rest),
}
