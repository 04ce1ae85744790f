/**
 * Apache Cassandra 5.0 at each of its consistency levels (reference: systems.md, sections 2 and 13). All of them write to every replica at once and
 * read from as many as the level asks for; the level alone tells how many answers an operation waits for. A zone is a data centre
 * and has three copies of its own, as NetworkTopologyStrategy places them; where zones are racks of one data centre, `n: 3` beside the
 * preset spreads three copies over them.
 *
 * Left out: repair by operators (`anti-entropy` beside the preset adds it), the dynamic snitch, replicas that are joining, batches, counter tables
 * (increments are a client's read-modify-write), and a write of one row to several fields at once.
 */
import { nodesIn, type Preset, type PresetOptions, type PresetWorld } from './preset.js'

/** NetworkTopologyStrategy with a replication factor of 3 by data centre: the usual one, and that of section 2.6. */
const COPIES_BY_ZONE = 3

const SOURCE =
  'Apache Cassandra 5.0: cassandra.yaml, ConsistencyLevel, StorageProxy, AbstractReadExecutor, BlockingPartitionRepair, FailureDetector'

const LIMITS =
  'A zone is a data centre with three copies of its own, and `n: 3` beside the preset spreads three over all zones. No repair by operators unless anti-entropy says so, no dynamic snitch; an increment is a read-modify-write of its client, and no counter table.'

/** The driver's part: drivers ask a replica of their own data centre, and wait longer than the coordinator does (section 2.3: 5 s). */
const SUGGESTS = [
  'client: { coordinator: token-aware, timeout: 10s }',
  'node: { preset: cassandra-like, disk: { fsync: 1ms } }, so that lost power takes what was not flushed yet',
]

/** Section 13c, of the level QUORUM and those that read and write as many: unless a newer timestamp of a clock that is ahead hides the write. */
const QUORUM_PROMISES = [
  'read your writes, and monotonic reads, while clocks agree',
  'no linearizability: the last timestamp wins, and a write that failed may surface later',
]
const WEAK_PROMISES = ['no session guarantee: reads may miss what was written, and go back in time']

/** What all levels have in common. */
export function cassandraOptions(world: PresetWorld, level: Pick<PresetOptions, 'r' | 'w'>): PresetOptions {
  return {
    n: copiesByZone(world),
    ...level,
    // AbstractReadExecutor: exactly as many replicas as must answer, one of them for data and the others for digests (section 2.2).
    contact: 'quorum',
    digests: true,
    // TableParams: speculative_retry = 99p (section 2.2).
    speculation: '99p',
    // TableParams: read_repair = BLOCKING (section 2.2).
    repair: 'blocking',
    // TableParams: additional_write_policy = 99p (section 2.2).
    'additional-writes': '99p',
    // StorageProxy: one node of each remote data centre hands a write on to the others there (section 2.1).
    relay: true,
    // cassandra.yaml: num_tokens = 16, allocated so that the load is even, and not drawn (section 2.3).
    tokens: 'even',
    vnodes: 16,
    // Cells: the greater timestamp, then a tombstone, then the greater value (section 2.4).
    ties: 'cassandra',
    // TableParams: gc_grace_seconds = 864000 (section 2.3).
    grace: '240h',
    // cassandra.yaml: commitlog_sync = periodic, commitlog_sync_period = 10000ms (section 2.1).
    flush: '10s',
    // cassandra.yaml: read_request_timeout, write_request_timeout (section 2.3).
    timeouts: { read: '5s', write: '2s' },
    // cassandra.yaml: phi_convict_threshold; Gossiper: a round each second (section 2.3).
    detector: { kind: 'phi', gossip: '1s', threshold: 8 },
    // cassandra.yaml: max_hint_window = 3h; hints_flush_period = 10s, and only what is flushed is handed back; hinted_handoff_throttle =
    // 1024 KiB/s, divided by the nodes less one, for a thread that serves one receiver (section 2.3); here one throttle serves all receivers.
    hints: { window: '3h', every: '10s', throttle: hintThrottle(world) },
    // The serial consistency of CQL's protocol where a client says nothing; the level itself is that of plain operations (section 2.1).
    serial: 'SERIAL',
  }
}

function hintThrottle(world: PresetWorld): number {
  return Math.floor(1_048_576 / Math.max(1, nodesIn(world) - 1))
}

/** Of one data centre a number, which says the same. */
function copiesByZone({ zones }: PresetWorld): PresetOptions['n'] {
  const copies = zones.flatMap(({ name, nodes }) =>
    nodes.length === 0 ? [] : [[name, Math.min(COPIES_BY_ZONE, nodes.length)] as const],
  )
  const [first, second] = copies
  return first !== undefined && second === undefined ? first[1] : Object.fromEntries(copies)
}

function preset(
  name: string,
  summary: string,
  promises: readonly string[],
  levels: Pick<PresetOptions, 'r' | 'w'>,
  others: Partial<PresetOptions> = {},
): Preset {
  return {
    name: `cassandra-${name}`,
    summary,
    system: 'Apache Cassandra 5.0',
    strategy: 'quorum',
    promises,
    limits: LIMITS,
    suggests: SUGGESTS,
    source: SOURCE,
    options: (world) => {
      const { speculation, ...options } = { ...cassandraOptions(world, levels), ...others }
      return speculation === undefined ? options : { ...options, speculation }
    },
  }
}

export const cassandra: readonly Preset[] = [
  preset(
    'any',
    'Writes at ANY, for which a hint is enough; reads at ONE, as ANY is none for reads.',
    [...WEAK_PROMISES, 'a write that only a hint holds cannot be read until the hint is handed back'],
    { r: 'ONE', w: 'ANY' },
  ),
  preset('one', 'Reads and writes at ONE: one replica anywhere.', WEAK_PROMISES, { r: 'ONE', w: 'ONE' }),
  preset(
    'two',
    'Reads and writes at TWO: two replicas anywhere, which of three copies is a quorum, and of more is not.',
    ['as at QUORUM where there are three copies in all; no session guarantee where there are more'],
    { r: 'TWO', w: 'TWO' },
  ),
  preset(
    'three',
    'Reads and writes at THREE: three replicas anywhere, all of three copies.',
    ['as at ALL where there are three copies in all; no session guarantee where there are six or more'],
    { r: 'THREE', w: 'THREE' },
  ),
  preset('quorum', 'Reads and writes at QUORUM: most of the replicas of all data centres together.', QUORUM_PROMISES, {
    r: 'QUORUM',
    w: 'QUORUM',
  }),
  preset(
    'local-one',
    'Reads and writes at LOCAL_ONE: one replica of the data centre of the client.',
    WEAK_PROMISES,
    { r: 'LOCAL_ONE', w: 'LOCAL_ONE' },
    { serial: 'LOCAL_SERIAL' },
  ),
  preset(
    'local-quorum',
    'Reads and writes at LOCAL_QUORUM: most of the replicas of the data centre of the client.',
    [
      'inside one data centre, read your writes, and monotonic reads, while clocks agree',
      'none of that for a session that goes to another data centre',
      'what was written is in one data centre alone when it is acknowledged',
    ],
    { r: 'LOCAL_QUORUM', w: 'LOCAL_QUORUM' },
    // LOCAL_SERIAL asks the same replicas that the level does.
    { serial: 'LOCAL_SERIAL' },
  ),
  preset(
    'each-quorum',
    'Reads and writes at EACH_QUORUM: most of the replicas of every data centre.',
    [...QUORUM_PROMISES, 'what was written is in every data centre when it is acknowledged'],
    // Reads at EACH_QUORUM are taken from 4.0 on (section 2.1); `r: LOCAL_QUORUM` beside the preset is the other way to read what it writes.
    { r: 'EACH_QUORUM', w: 'EACH_QUORUM' },
    // AbstractReadExecutor: none at EACH_QUORUM (section 2.2).
    { speculation: undefined },
  ),
  preset(
    'all',
    'Reads and writes at ALL: every replica of all data centres.',
    [...QUORUM_PROMISES, 'every copy has what was written when it is acknowledged'],
    { r: 'ALL', w: 'ALL' },
  ),
  preset(
    'serial',
    'Compare-and-set and reads at SERIAL, rounds of Paxos among most replicas; plain writes at QUORUM.',
    [
      'linearizability of each key that only compare-and-set writes',
      'none for a key that plain writes touch too, whose timestamps may be behind',
    ],
    // SERIAL is none for plain writes (section 2.1), nor for reads of several keys.
    { r: 'SERIAL', w: 'QUORUM' },
    { levels: { scan: 'QUORUM' } },
  ),
]
