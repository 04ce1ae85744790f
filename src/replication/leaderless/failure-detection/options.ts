/** How a node finds out who is down. */
import { z } from 'zod'
import type { Nanos } from '../../../core/ids.js'
import { duration } from '../../../core/schema.js'

export interface DetectorOptions {
  /** `timeout`: who has not answered in time is down until asked again; `phi`: heartbeats by gossip, judged by how late they are. */
  readonly kind: 'timeout' | 'phi'
  /** Of `timeout`: how long a node that did not answer is held for down before it is tried again. */
  readonly retry: Nanos
  /** Of `phi`: how often a node gossips with another. */
  readonly gossip: Nanos
  /** Of `phi`: the suspicion at which a node is held for down. */
  readonly threshold: number
}

export const detectorOptions = z.strictObject({
  kind: z.enum(['timeout', 'phi']).default('timeout'),
  retry: duration().prefault('1s'),
  gossip: duration().prefault('1s'),
  threshold: z.number().min(0.1).max(100).default(8),
})
