/**
 * Messages are lost at random, beside what their links lose by themselves. A lost datagram is gone; over tcp a lost segment is sent again, so there
 * loss is delay. Losses that overlap are independent.
 */
import { z } from 'zod'
import { percent } from '../core/schema.js'
import type { Fault } from './fault.js'
import { type Scope, scope, scopeComplaint, scopedStrikes } from './scope.js'
import { type Timing, timing, timingComplaint } from './timing.js'

interface Options extends Timing, Scope {
  readonly loss: number
}

const MESSAGE_LOSS = { name: 'message-loss', unit: 'messages' }

export const messageLoss: Fault<Options> = {
  name: MESSAGE_LOSS.name,
  summary: 'loses a share of messages; over tcp they are sent again and come late',
  options: z.strictObject({ loss: percent(), ...scope, ...timing }),
  check: (options, world) => timingComplaint(MESSAGE_LOSS.name, options) ?? scopeComplaint(options, world),
  schedule: (options, ...rest) => scopedStrikes(MESSAGE_LOSS, { verb: 'lose', share: options.loss }, options, ...rest),
}
