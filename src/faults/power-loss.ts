/**
 * Nodes lose power: like a crash, but the host is gone too, so nothing tells a sender that nobody is there, and it waits until its own
 * timers say so.
 */
import { z } from 'zod'
import type { Fault } from './fault.js'
import { type NodeFaultOptions, nodeFaultComplaint, nodeStrikes, nodeTargets } from './node-targets.js'
import { timing } from './timing.js'

interface Options extends NodeFaultOptions {
  readonly disk: 'keep' | 'lose'
}

const POWER_LOSS = { name: 'power-loss', unit: 'messages' }

export const powerLoss: Fault<Options> = {
  name: POWER_LOSS.name,
  summary: 'stops nodes with their hosts, in silence; disk: keep | lose',
  options: z.strictObject({ ...nodeTargets, ...timing, disk: z.enum(['keep', 'lose']).default('keep') }),
  check: (options, world) => nodeFaultComplaint(POWER_LOSS.name, options, world),
  schedule: (options, ...rest) =>
    nodeStrikes(POWER_LOSS, { verb: 'stop', disk: options.disk, silent: true }, options, ...rest),
}
