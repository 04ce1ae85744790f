/** What is kept of writes for nodes that are down, and how it is handed back. */
import { z } from 'zod'
import type { Nanos } from '../../../core/ids.js'
import { duration } from '../../../core/schema.js'

export interface HintOptions {
  /** No more hints for a node that has been down for so long. */
  readonly window: Nanos
  /** Bytes per second that are handed back; see `throttled`. */
  readonly throttle: number
  /**
   * What the throttle limits: what one node hands back, to all nodes together, or what one node is handed back by all others together, each of which
   * has its part of it, as in Cassandra (cassandra.yaml, hinted_handoff_throttle: divided by the nodes less one).
   */
  readonly throttled: 'sender' | 'receiver'
  /** Hints that a node keeps at most; further ones are dropped, and counted. */
  readonly limit: number
  /** How often a node looks whether those whom its hints are for are back. */
  readonly every: Nanos
}

export const hintOptions = z.strictObject({
  window: duration().prefault('3h'),
  throttle: z.int().min(1).default(1_048_576),
  throttled: z.enum(['sender', 'receiver']).default('sender'),
  limit: z.int().min(1).default(1_000_000),
  every: duration().prefault('10s'),
})
