/**
 * A share of datagrams arrives twice, the copy after a delay of its own. Over tcp a second segment is dropped by the receiver's kernel, so where no link
 * is datagram this fault would do nothing, and is refused.
 */
import { z } from 'zod'
import { percent } from '../core/schema.js'
import type { World } from '../core/world.js'
import type { Fault } from './fault.js'
import { type Scope, scope, scopeComplaint, scopedStrikes } from './scope.js'
import { type Timing, timing, timingComplaint } from './timing.js'

interface Options extends Timing, Scope {
  readonly share: number
}

const DUPLICATION = { name: 'duplication', unit: 'messages' }

function transportComplaint({ hasDatagrams }: World): string | undefined {
  return hasDatagrams
    ? undefined
    : 'duplication needs a link with transport: datagram; over tcp the receiver drops what arrives twice'
}

export const duplication: Fault<Options> = {
  name: DUPLICATION.name,
  summary: 'delivers a share of datagrams twice',
  options: z.strictObject({ share: percent(), ...scope, ...timing }),
  check: (options, world) =>
    timingComplaint(DUPLICATION.name, options) ?? transportComplaint(world) ?? scopeComplaint(options, world),
  schedule: (options, ...rest) =>
    scopedStrikes(DUPLICATION, { verb: 'duplicate', share: options.share }, options, ...rest),
}
