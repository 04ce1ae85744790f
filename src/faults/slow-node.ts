/** Nodes work slowly: the time of every service that begins while the fault lasts is multiplied by `factor`. Messages that cost no work pass as before. */
import { z } from 'zod'
import type { Fault } from './fault.js'
import { type NodeFaultOptions, nodeFaultComplaint, nodeStrikes, nodeTargets } from './node-targets.js'
import { factor } from './options.js'
import { timing } from './timing.js'

interface Options extends NodeFaultOptions {
  readonly factor: number
}

const SLOW_NODE = { name: 'slow-node', unit: 'services' }

export const slowNode: Fault<Options> = {
  name: SLOW_NODE.name,
  summary: 'multiplies the service times of nodes by factor',
  options: z.strictObject({ ...nodeTargets, ...timing, factor: factor() }),
  check: (options, world) => nodeFaultComplaint(SLOW_NODE.name, options, world),
  schedule: (options, ...rest) => nodeStrikes(SLOW_NODE, { verb: 'slow', factor: options.factor }, options, ...rest),
}
