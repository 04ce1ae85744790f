/**
 * ScyllaDB at LOCAL_QUORUM: Cassandra's protocol with Scylla's defaults, from `conf/scylla.yaml`, `db/config.cc` and `schema.hh` of scylladb/scylladb.
 * What those files have as Cassandra has it (timeouts, phi, gossip, window of hints, speculation at the 99th percentile) is taken from
 * cassandra.ts; what differs stands here.
 *
 * Left out: tablets, which place ranges table by table; a shard for each core, which `node.concurrency` stands for; lightweight transactions in
 * three rounds in place of Cassandra's four, and what presets of Cassandra leave out.
 */
import { cassandraOptions } from './cassandra.js'
import type { Preset } from './preset.js'

export const scyllaLocalQuorum: Preset = {
  name: 'scylla-local-quorum',
  summary:
    'ScyllaDB with vnodes, reads and writes at LOCAL_QUORUM: most of the replicas of the data centre of the client.',
  system: 'ScyllaDB, with vnodes',
  strategy: 'quorum',
  promises: [
    'inside one data centre, read your writes, and monotonic reads, while clocks agree',
    'none of that for a session that goes to another data centre',
    'what was written is in one data centre alone when it is acknowledged',
  ],
  limits:
    'A zone is a data centre with three copies of its own. No tablets and no shard for each core; lightweight transactions take the four rounds of Cassandra, where Scylla has three; no repair by operators unless anti-entropy says so.',
  // db/config.cc: the coordinator gives up after 5 s (reads) and 2 s (writes), so a client waits longer.
  suggests: ['client: { coordinator: token-aware, timeout: 10s }'],
  source: 'scylladb/scylladb: conf/scylla.yaml, db/config.cc, schema.hh, cql3/statements/cf_prop_defs.cc',
  options: (world) => {
    // cql3/statements/cf_prop_defs.cc: tables have a speculative_retry, and no additional_write_policy.
    const { 'additional-writes': _, ...options } = cassandraOptions(world, { r: 'LOCAL_QUORUM', w: 'LOCAL_QUORUM' })
    // conf/scylla.yaml: num_tokens = 256, assigned at random.
    return { ...options, tokens: 'random', vnodes: 256, serial: 'LOCAL_SERIAL' }
  },
}
