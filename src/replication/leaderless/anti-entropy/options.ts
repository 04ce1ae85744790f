/** How replicas compare what they hold by Merkle trees. */
import { z } from 'zod'
import type { Nanos } from '../../../core/ids.js'
import { duration } from '../../../core/schema.js'

export interface AntiEntropyOptions {
  /** `sessions`: trees are built for a session and thrown away, as in Cassandra; `continuous`: they are kept up with every write, as in Riak. */
  readonly mode: 'sessions' | 'continuous'
  /** From the end of one exchange of a node to the next. */
  readonly every: Nanos
  /** Levels below the root; absent for as many as give each leaf `keysPerLeaf` keys. */
  readonly depth?: number | undefined
  /** Children of an inner node of the tree: a power of two. */
  readonly fanout: number
  readonly 'keys-per-leaf': number
}

export const antiEntropyOptions = z.strictObject({
  mode: z.enum(['sessions', 'continuous']).default('continuous'),
  every: duration().prefault('15s'),
  depth: z.int().min(1).max(24).optional(),
  fanout: z.int().min(2).max(1024).default(2),
  'keys-per-leaf': z.int().min(1).default(1),
})
