/**
 * The strategy `single-leader`: options, what they rule out, and placement. The replica itself is in single-leader-replica.ts.
 *
 * `acks` follows PostgreSQL and MySQL: `none` is asynchronous replication, a number is `ANY k` of synchronous_standby_names or
 * rpl_semi_sync_source_wait_for_replica_count (which falls back to asynchronous after 10 s, and this does not).
 */
import { z } from 'zod'
import { assert } from '../../core/assert.js'
import type { ZoneId } from '../../core/ids.js'
import type { World } from '../../core/world.js'
import { OPERATION_NAMES } from '../../history/operation-kinds.js'
import { RESEND_AFTER } from '../log-shipping/log-sender.js'
import type { Partitions, ReadFrom } from '../placement/leader-placement.js'
import { checkCopies, LeaderPlacement, ledByOne, preferenceLists } from '../placement/leader-placement.js'
import type { Strategy } from '../replica.js'
import { commitments } from '../replica.js'
import { refuseScansOfRings } from '../scan.js'
import type { SingleLeaderMessage } from './single-leader-replica.js'
import { SingleLeaderReplica } from './single-leader-replica.js'

export interface SingleLeaderOptions {
  readonly copies: number
  /** Followers that must have acknowledged a write, or `majority` or `all` of the copies, the leader counted. */
  readonly acks: 'none' | 'majority' | 'all' | number
  readonly reads: ReadFrom
  /** The zone of the leader; the first zone with nodes if absent. */
  readonly leader?: string | undefined
  readonly partitions: Partitions
}

const optionsSchema = z.strictObject({
  copies: z.int().min(1).default(3),
  acks: z.union([z.enum(['none', 'majority', 'all']), z.int().min(1)]).default('majority'),
  reads: z.enum(['leader', 'follower', 'nearest', 'any']).default('leader'),
  leader: z.string().optional(),
  partitions: z.enum(['one', 'ring']).default('one'),
})

export const singleLeader: Strategy<SingleLeaderOptions, SingleLeaderMessage> = {
  name: 'single-leader',
  summary: 'One leader orders all writes in a log that followers apply; acks says how many of them a write waits for.',
  limits:
    'No election: while the leader is down, or too few followers answer, writes time out or fail; a leader that lost its disk serves nobody until it has the state of a follower.',
  options: optionsSchema,
  operations: OPERATION_NAMES,
  refuses: refuseScansOfRings,
  check: (options, world) => checkCopies(options.copies, world) ?? checkAcks(options) ?? checkLeader(options, world),
  promises: (options) => [
    ...commitments('faults that spare one disk of each key', 'converges'),
    ...commitments('faults that keep disks', 'no-lost-merges', 'no-lost-compare-and-sets', 'idempotent-retries'),
    ...(options.reads === 'leader' || followersNeeded(options) === options.copies - 1
      ? commitments('faults that keep disks', 'no-stale-reads')
      : []),
  ],
  copies: ({ copies }) => copies,
  repairPeriod: () => RESEND_AFTER,
  place(options, world, random) {
    const zone = options.leader === undefined ? undefined : zoneNamed(world, options.leader)
    const { lists, ring } = preferenceLists(world, options.copies, options.partitions, zone ?? 0, random)
    const groups = lists.map((list) => ledByOne(world, list, zone))
    return new LeaderPlacement(world, groups, ring, options.reads)
  },
  create(context, options, placement) {
    assert(placement instanceof LeaderPlacement, 'a strategy is given the placement that it made.')
    return new SingleLeaderReplica(context, placement, followersNeeded(options))
  },
}

function followersNeeded({ acks, copies }: SingleLeaderOptions): number {
  switch (acks) {
    case 'none':
      return 0
    case 'majority':
      return Math.floor(copies / 2)
    case 'all':
      return copies - 1
    default:
      return acks
  }
}

function checkAcks({ acks, copies, reads }: SingleLeaderOptions): string | undefined {
  const followers = copies - 1
  if (typeof acks === 'number' && acks > followers) {
    return `acks: ${acks} waits for ${acks} followers, and copies: ${copies} gives ${copies} - 1 = ${followers}.`
  }
  if (reads === 'follower' && followers === 0) return 'reads: follower needs a follower, and copies: 1 gives 1 - 1 = 0.'
  return undefined
}

function checkLeader({ leader }: SingleLeaderOptions, world: World): string | undefined {
  if (leader === undefined) return undefined
  const zones = world.zones.filter((zone) => zone.nodes.length > 0).map((zone) => zone.name)
  if (zones.includes(leader)) return undefined
  return `leader: ${leader} is not a zone with nodes; those are ${zones.join(', ')}.`
}

function zoneNamed(world: World, name: string): ZoneId {
  return world.zones.findIndex((zone) => zone.name === name)
}
