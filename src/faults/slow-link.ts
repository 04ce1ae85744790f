/** Messages are slow: the delay of each one that is sent while the fault lasts is multiplied by `factor`, and a draw of the law `extra` is added. */
import { z } from 'zod'
import { timeLaw } from '../distributions/law-option.js'
import type { Fault } from './fault.js'
import { factor } from './options.js'
import { type Scope, scope, scopeComplaint, scopedStrikes } from './scope.js'
import { type Timing, timing, timingComplaint } from './timing.js'

interface Options extends Timing, Scope {
  readonly factor: number
  readonly extra?: string | undefined
}

const SLOW_LINK = { name: 'slow-link', unit: 'messages' }

function nothingSlow({ factor, extra }: Options): string | undefined {
  return factor === 1 && extra === undefined ? 'slow-link needs factor or extra' : undefined
}

export const slowLink: Fault<Options> = {
  name: SLOW_LINK.name,
  summary: 'multiplies the delays of messages by factor and adds extra',
  options: z.strictObject({ factor: factor().default(1), extra: timeLaw().optional(), ...scope, ...timing }),
  check: (options, world) =>
    nothingSlow(options) ?? timingComplaint(SLOW_LINK.name, options) ?? scopeComplaint(options, world),
  schedule: (options, ...rest) => {
    const action = { verb: 'delay', factor: options.factor, extra: options.extra ?? null } as const
    return scopedStrikes(SLOW_LINK, action, options, ...rest)
  },
}
