/**
 * Riak KV 3.0 by kind of bucket (reference: systems.md, section 3 and 13): `riak-default`, a bucket of the default type, which keeps no siblings;
 * `riak-lww`, with `last_write_wins`, which keeps no version vectors either; and `riak-typed`, a bucket of a type of its own, with
 * siblings, dotted version vectors. A zone is part of the one cluster: Riak's ring takes distinct nodes and knows no data centres.
 *
 * Left out: `node_confirms`, the choice of the least loaded coordinator, overload of vnodes, multi-data-centre replication, limits to siblings
 * and sizes.
 */
import { copiesIn, nodesIn, type Preset, type PresetOptions, type PresetWorld } from './preset.js'

/** riak_core: ring_size = 64 (section 3). */
const RING_SIZE = 64
/** riak_core_bucket_type: n_val = 3 (section 3). */
const COPIES = 3

const SYSTEM = 'Riak KV 3.0'
const SOURCE =
  'basho/riak_kv and riak_core, 3.0: riak_core_bucket_type, riak_kv_put_fsm, riak_kv_get_fsm, vclock, riak_kv_index_hashtree'
/** The FSMs wait for 60 s (section 3), and a client that is to see their answer waits as long. */
const SUGGESTS = ['client: { coordinator: round-robin, timeout: 60s }, as behind a load balancer']
const LIMITS =
  'Zones are parts of one cluster. Counters and sets are data types in typed buckets alone, and no maps or flags. No node_confirms, no choice of the least loaded coordinator, no overload of vnodes, no replication between clusters. What is acknowledged has been flushed, where Bitcask as it comes leaves that to the operating system.'

function commonOptions(world: PresetWorld): PresetOptions {
  const copies = copiesIn(world, COPIES)
  return {
    n: copies,
    // riak_core_bucket_type: r = w = dw = quorum, which is floor(n / 2) + 1; pr = pw = 0 (section 3).
    r: 'QUORUM',
    w: 'QUORUM',
    pr: 0,
    pw: 0,
    dw: Math.floor(copies / 2) + 1,
    // riak_core_bucket_type: notfound_ok = true, basic_quorum = false (section 3).
    'notfound-ok': true,
    'basic-quorum': false,
    // riak_kv_get_fsm: all are asked for heads, since 2.9, and one of the newest for the body (section 3).
    contact: 'all',
    heads: true,
    // riak_kv_get_fsm: answers, and then repairs who is behind (section 3).
    repair: 'asynchronous',
    // riak_kv_put_fsm: a node outside of the preference list hands on, and the coordinator stores before it sends (section 3).
    forward: 'writes',
    put: 'local-first',
    // riak_core_apl: the annotated preference list, fallbacks in place of primaries that are down (section 3).
    sloppy: true,
    // riak_core: 64 equal partitions, claimed by turns (section 3).
    tokens: 'even',
    vnodes: Math.max(1, Math.round(RING_SIZE / nodesIn(world))),
    // riak_kv_put_fsm and riak_kv_get_fsm: 60 s (section 3).
    timeouts: { read: '60s', write: '60s' },
    // A connection that is refused tells at once; else Erlang's net_ticktime does, 60 s (section 3), as the timeouts of requests do here. A
    // peer that is back is known at once.
    detector: { kind: 'timeout', retry: '1s' },
    // A fallback hands off once it is idle for vnode_inactivity_timeout = 60 s (section 3), and for as long as it takes: the longest time that there is.
    hints: { window: '300h', every: '60s' },
    // riak_kv_entropy_manager: a tick each 15 s; trees of width 1024, kept up with every write (section 3). Their 1,048,576 segments are about
    // one for each key, and here the levels follow the keys.
    'anti-entropy': { mode: 'continuous', every: '15s', fanout: 1024 },
  }
}

/** riak_core_bucket_type: small_vclock = big_vclock = 50, young_vclock = 20 s, old_vclock = 86400 s (section 3). */
const PRUNE: PresetOptions['prune'] = { small: 50, big: 50, young: '20s', old: '24h' }

export const riak: readonly Preset[] = [
  {
    name: 'riak-default',
    summary:
      'Riak KV, default bucket type: sloppy quorums of 2 of 3, version vectors, and of concurrent writes the last modified.',
    system: SYSTEM,
    strategy: 'quorum',
    promises: [
      'read your writes, and monotonic reads mostly, while nothing fails; none during a failure, when fallbacks answer',
      'of concurrent writes one is kept, and the others are lost',
    ],
    limits: LIMITS,
    suggests: SUGGESTS,
    source: SOURCE,
    options: (world) => ({
      ...commonOptions(world),
      // riak_core_bucket_type, default type: dvv_enabled = false, allow_mult = false, which takes the last modified (section 3).
      versions: 'vectors',
      merge: 'last-write',
      context: 'session',
      prune: PRUNE,
    }),
  },
  {
    name: 'riak-typed',
    summary: 'Riak KV, bucket type of its own: sloppy quorums of 2 of 3, dotted version vectors, and siblings.',
    system: SYSTEM,
    strategy: 'quorum',
    promises: [
      'read your writes by their context, and monotonic reads mostly, while nothing fails; none during a failure, when fallbacks answer',
      'concurrent writes are kept side by side until a write has seen them',
      'no acknowledged increment or add is lost, and an element that is removed stays out unless it is added at the same time; an increment that is tried again may count twice',
    ],
    limits: LIMITS,
    suggests: SUGGESTS,
    source: SOURCE,
    options: (world) => ({
      ...commonOptions(world),
      // riak_core_bucket_type, typed: dvv_enabled = true, allow_mult = true (section 3).
      versions: 'dotted',
      context: 'session',
      prune: PRUNE,
      // riak_kv_crdt: counters and sets are data types, which only typed buckets have; registers stay side by side (sections 3 and 9.1).
      merge: 'data-types',
    }),
  },
  {
    name: 'riak-lww',
    summary:
      'Riak KV with last_write_wins: sloppy quorums of 2 of 3, no version vectors, the last write wins by its timestamp.',
    system: SYSTEM,
    strategy: 'quorum',
    promises: [
      'read your writes, and monotonic reads mostly, while nothing fails and clocks agree; none during a failure',
      'of writes that overlap one is kept, whatever was acknowledged',
    ],
    limits: LIMITS,
    suggests: SUGGESTS,
    source: SOURCE,
    // riak_core_bucket_type: last_write_wins = true, so that a put stores without a look at what it replaces (section 3).
    options: (world) => ({ ...commonOptions(world), versions: 'timestamps' }),
  },
]
