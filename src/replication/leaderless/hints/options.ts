/** What is kept of writes for nodes that are down, and how it is handed back. */
import { z } from 'zod'
import type { Nanos } from '../../../core/ids.js'
import { duration } from '../../../core/schema.js'

export interface HintOptions {
  /** No more hints for a node that has been down for so long. */
  readonly window: Nanos
  /** Bytes per second that a node hands back, to all nodes together. */
  readonly throttle: number
  /** Hints that a node keeps at most; further ones are dropped, and counted. */
  readonly limit: number
  /** How often a node looks whether those whom its hints are for are back. */
  readonly every: Nanos
}

export const hintOptions = z.strictObject({
  window: duration().prefault('3h'),
  throttle: z.int().min(1).default(1_048_576),
  limit: z.int().min(1).default(1_000_000),
  every: duration().prefault('10s'),
})
