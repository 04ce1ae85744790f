/** How replicas compare what they hold by Merkle trees. */
import { z } from 'zod'
import type { Nanos } from '../../../core/ids.js'
import { duration } from '../../../core/schema.js'
import { MILLISECOND } from '../../../core/units.js'

export interface AntiEntropyOptions {
  /**
   * `continuous`: trees are kept up with every write and only keys that differ are repaired, one by one, as in Riak. `sessions`: trees
   * are built for each exchange and thrown away after it, and all keys of a leaf that differs are streamed, as in Cassandra.
   */
  readonly mode: 'sessions' | 'continuous'
  /**
   * `continuous`: from the beginning of one exchange of a node to that of the next, each of one key range with one other replica. `sessions`:
   * from the end of a session, which goes through all of them, to the beginning of the next.
   */
  readonly every: Nanos
  /** Levels below the root; absent for as many as give each leaf `keys-per-leaf` keys, which is also the most. */
  readonly depth?: number | undefined
  /** Children of an inner node of the tree: a power of two. */
  readonly fanout: number
  readonly 'keys-per-leaf': number
}

const isPowerOfTwo = (value: number) => (value & (value - 1)) === 0

export const antiEntropyOptions = z.strictObject({
  mode: z.enum(['sessions', 'continuous']).default('continuous'),
  every: duration()
    .refine((every) => every >= MILLISECOND, 'expected a duration of at least 1ms')
    .prefault('15s'),
  depth: z.int().min(1).max(24).optional(),
  fanout: z.int().min(2).max(1024).refine(isPowerOfTwo, 'expected a power of two from 2 to 1024').default(2),
  'keys-per-leaf': z.int().min(1).default(1),
})
