/**
 * The strategy `lww`: multi-leader replication in which concurrent writes are settled by last write wins. Clients use
 * the leader of their zone. Mesh, asynchronous, resolved when applied: as pgactive and BDR do by default.
 */
import { z } from 'zod'
import { assert } from '../../core/assert.js'
import { UNCONDITIONAL_OPERATIONS } from '../../history/operation-kinds.js'
import { RESEND_AFTER } from '../log-shipping/log-sender.js'
import { checkCopies, LeaderPlacement } from '../placement/leader-placement.js'
import type { Strategy } from '../replica.js'
import { commitments } from '../replica.js'
import { refuseScansOfRings } from '../scan.js'
import type { Version } from '../version.js'
import { LwwStore, type TimestampKind } from './lww-store.js'
import type { MultiLeaderMessage } from './multi-leader-replica.js'
import { MultiLeaderReplica } from './multi-leader-replica.js'
import type { MultiLeaderOptions } from './options.js'
import { multiLeaderOptions, placeLeaders } from './options.js'

export interface LwwOptions extends MultiLeaderOptions {
  readonly timestamps: TimestampKind
}

export const lww: Strategy<LwwOptions, MultiLeaderMessage<Version, Version>> = {
  name: 'lww',
  summary:
    'A leader in each zone takes writes and answers at once; of concurrent writes the one with the greatest timestamp wins.',
  limits:
    'Concurrent writes are dropped without a trace, also those of different fields of a record, which has one version; followers serve no reads; a zone whose leader is down has no other, though clients may fail over to that of another zone; an increment that is retried at another leader is done twice.',
  options: z.strictObject({
    ...multiLeaderOptions,
    timestamps: z.enum(['wall-clock', 'hybrid-logical']).default('hybrid-logical'),
  }),
  operations: UNCONDITIONAL_OPERATIONS,
  refuses: refuseScansOfRings,
  check: ({ copies }, world) => checkCopies(copies, world),
  promises: () => commitments('faults that spare one disk of each key', 'converges'),
  copies: ({ copies }) => copies,
  repairPeriod: () => RESEND_AFTER,
  place: placeLeaders,
  create(context, options, placement) {
    assert(placement instanceof LeaderPlacement, 'a strategy is given the placement that it made.')
    return new MultiLeaderReplica(context, placement, new LwwStore(context, options.timestamps))
  },
}
