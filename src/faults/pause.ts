/**
 * A process stops and goes on (a long garbage collection, SIGSTOP, a virtual machine that moves): its connections stay, what arrives waits
 * for it, and so does what its timers want; at the end all of it is done, in order. Clocks go on. A crash ends the pause.
 */
import { z } from 'zod'
import type { Fault } from './fault.js'
import { type NodeFaultOptions, nodeFaultComplaint, nodeStrikes, nodeTargets } from './node-targets.js'
import { timing } from './timing.js'

const PAUSE = { name: 'pause', unit: 'deliveries' }

export const pause: Fault<NodeFaultOptions> = {
  name: PAUSE.name,
  summary: 'stops processes and lets them go on; what they missed is done at the end',
  options: z.strictObject({ ...nodeTargets, ...timing }),
  check: (options, world) => nodeFaultComplaint(PAUSE.name, options, world),
  schedule: (options, ...rest) => nodeStrikes(PAUSE, { verb: 'pause' }, options, ...rest),
}
