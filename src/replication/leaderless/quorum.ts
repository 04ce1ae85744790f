/**
 * Leaderless replication with N, W and R (Gifford 1979; DeCandia et al. 2007): every replica takes reads and writes, a coordinator waits
 * for enough of them, and reads repair replicas that have fallen behind. If R + W > N, every read meets the last
 * acknowledged write, whatever the weather, as long as disks keep what was acknowledged: a replica acknowledges once it is durable,
 * unless `flush` has it do so before.
 *
 * What it promises of convergence. In fair weather every write reaches all its replicas. Under faults, a key is equal
 * everywhere once it is read, by a read that asks all replicas, after what the last fault held up has arrived: what anybody holds
 * of the key is then known to the coordinator or on its way to all. A key that is only written is not, for a write stamped by
 * a slow clock loses against a version that one replica alone holds. Both need that nothing is lost afterwards: no full
 * queue, no lossy datagrams, no answer later than the client's timeout. A replica that lost its disk comes back empty and
 * is refilled by reads. That is the textbook's store; the mechanisms of real ones (levels by zone, hints, failure detection, sloppy quorums,
 * anti-entropy, clocks and siblings, Paxos) are on where their options name them: see quorum-options.ts.
 *
 * Compare-and-sets, where `serial` is given, and reads at SERIAL go through Paxos (paxos/).
 */
import { OPERATION_NAMES } from '../../history/operation-kinds.js'
import type { Message, Strategy } from '../replica.js'
import { commitments } from '../replica.js'
import { hintPeriod } from './hints/hint-period.js'
import { LeaderlessClient } from './leaderless-client.js'
import { LeaderlessNode } from './leaderless-node.js'
import { alwaysMeet, leastAnswers } from './overlap.js'
import { comparesEverywhere, readsSerially, refuseUnserial } from './paxos/serial-options.js'
import { checkQuorum } from './quorum-checks.js'
import { copiesOf, type QuorumOptions, quorumOptions } from './quorum-options.js'
import { QuorumPlacement } from './quorum-placement.js'
import { haveClocks, keepsSiblings } from './versions/clocked-versions.js'
import { modulesOf, withTexts } from './versions/options.js'

export const quorum: Strategy<QuorumOptions, Message> = {
  name: 'quorum',
  summary:
    'Every replica takes reads and writes; a write waits for W of N replicas, a read for R and repairs those behind, and the last write wins.',
  limits:
    'Nodes neither join nor leave. Unless hints or anti-entropy are on, a replica that missed a write stays behind until the key is written again or read through repair; increments, adds and removes are read-modify-writes and can lose updates, unless they merge as data types, and are done twice when retried; fields that are written one by one have versions of their own, and a delete removes only the field by which it is judged; scans repair nobody.',
  options: quorumOptions,
  operations: OPERATION_NAMES,
  refuses: refuseUnserial,
  isCellWise: (options) => !haveClocks(options),
  isPartiallyOrdered: keepsSiblings,
  contexts: (options) => (haveClocks(options) ? (options.context === 'none' ? 'modify' : 'session') : undefined),
  withTexts,
  modules: modulesOf,
  check: checkQuorum,
  promises: (options) => [
    // Whether a value that another replaced stays under vectors depends on the order in which they meet.
    ...(options.versions === 'vectors' && keepsSiblings(options) ? [] : commitments('fair weather', 'converges')),
    ...(alwaysMeet(options) ? commitments('faults that keep disks', 'no-stale-reads') : []),
    ...(options.merge === 'data-types' ? commitments('faults that keep disks', 'no-lost-merges') : []),
    ...(comparesEverywhere(options) ? commitments('faults that keep disks', 'no-lost-compare-and-sets') : []),
    ...(options.contact === 'all' && options.repair !== 'none' && !readsSerially(options)
      ? commitments('faults that spare one disk of each key', 'converges-when-used')
      : []),
  ],
  copies: copiesOf,
  readAnswers: (options) => leastAnswers(options.levels?.read ?? options.r, options),
  flushPeriod: ({ flush }) => flush,
  repairPeriod: hintPeriod,
  place: (options, world, random) => new QuorumPlacement(options, world, random),
  create: (context, options, placement, world) =>
    new LeaderlessNode(context, options, placement as QuorumPlacement, world),
  createClient: (context, options, placement) =>
    options.coordinator === 'client' ? new LeaderlessClient(context, options, placement as QuorumPlacement) : undefined,
}
