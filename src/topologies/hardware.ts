/**
 * What nodes are made of: how many operations they serve at once, what each costs, and how long a flush of the disk takes. Sources tell means
 * and ranges, never laws: a range becomes a uniform law, a mean a gamma law of shape 10 (a spread of a third), and both
 * are assumptions of ours. So is, for the three disks, that the working set is in memory and reads touch no disk, that a read costs as
 * much processor as a small write, and that four are served at once: only the flush tells `nvme`, `gp3` and `hdd` apart.
 * Where no flush is waited for, a write counts as durable at once: what Redis and Cassandra lose of their last seconds is left out.
 */

export interface NodeHardware {
  readonly name: string
  readonly summary: string
  /** Where its figures come from, and of when. */
  readonly source: string
  readonly concurrency: number
  /** Laws of time. */
  readonly read: string
  readonly write: string
  /** Null where writes do not wait for the disk. */
  readonly fsync: string | null
}

/** A simple transaction of PostgreSQL or MySQL takes 50 to 200 us of processor: a rule of thumb, from no single source. */
const DATABASE = { concurrency: 4, read: 'uniform(50us 200us)', write: 'uniform(50us 200us)' }
const PROCESSOR = 'processor by rule of thumb'
const STORAGE_BOOK = 'flush as in earezki.com, Fast by Design, chapter 28, undated (PostgreSQL 16)'

export const nvme: NodeHardware = {
  name: 'nvme',
  summary: 'a database on a local NVMe drive: 50 to 200 us of processor, a flush of 35 us',
  source: `${STORAGE_BOOK}, ${PROCESSOR}`,
  ...DATABASE,
  fsync: 'gamma(10 3.5us)',
}

export const gp3: NodeHardware = {
  name: 'gp3',
  summary: 'a database on a gp3 volume of AWS: 50 to 200 us of processor, a flush of 1.8 ms',
  source: `${STORAGE_BOOK}, ${PROCESSOR}`,
  ...DATABASE,
  fsync: 'gamma(10 0.18ms)',
}

export const hdd: NodeHardware = {
  name: 'hdd',
  summary: 'a database on a turning disk: 50 to 200 us of processor, a flush of 5 to 10 ms',
  source: `flush of a seek and half a turn, ${PROCESSOR}`,
  ...DATABASE,
  fsync: 'uniform(5ms 10ms)',
}

/** One thread executes the commands, at 100,000 to 180,000 a second. */
export const redisLike: NodeHardware = {
  name: 'redis-like',
  summary: 'one thread in memory, 6 to 10 us an operation, no flush',
  source: '100,000 to 180,000 operations a second and core, by rule of thumb',
  concurrency: 1,
  read: 'uniform(6us 10us)',
  write: 'uniform(6us 10us)',
  fsync: null,
}

/**
 * ScyllaDB serves at least 12,500 simple operations a second and physical core, 80 us each, and Cassandra 4.0 a half to a fifth of its throughput on the
 * same three i3.4xlarge, which have eight physical cores. The figure contains each replica's share of the work, which the
 * model charges besides: a cluster of the model is slower than the one that was measured. The commit log is synced by period, so writes do not wait.
 */
export const cassandraLike: NodeHardware = {
  name: 'cassandra-like',
  summary: 'eight cores, 160 to 400 us an operation, the commit log synced in the background',
  source:
    'derived from ScyllaDB: 12,500 operations a second and core; two to five times Cassandra 4.0 (comparison of 2021)',
  concurrency: 8,
  read: 'uniform(160us 400us)',
  write: 'uniform(160us 400us)',
  fsync: null,
}
