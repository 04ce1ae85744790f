/**
 * Planted bug: a quorum that answers after one acknowledgement less than the W that it declares. Its replicas, messages and promises are the
 * real ones; only the replicas are created with a smaller W than the cell says.
 */
import { quorum } from '../../src/replication/leaderless/quorum.js'
import type { QuorumOptions } from '../../src/replication/leaderless/quorum-options.js'
import type { Message, Strategy } from '../../src/replication/replica.js'

const impatient = (options: QuorumOptions): QuorumOptions => ({ ...options, w: Number(options.w) - 1 })

export const impatientQuorum: Strategy<QuorumOptions, Message> = {
  ...quorum,
  create: (context, options, placement, world) => quorum.create(context, impatient(options), placement, world),
  createClient: (context, options, placement, world) =>
    quorum.createClient?.(context, impatient(options), placement, world),
}
