/** How versions of a key are told apart, and what becomes of concurrent ones. */
import { z } from 'zod'
import type { Nanos } from '../../../core/ids.js'
import { duration } from '../../../core/schema.js'

export interface VersionOptions {
  /** `timestamps`, the default: the last write wins. `vectors` and `dotted`: version vectors, by coordinator; the latter tell each value's dot. */
  readonly versions?: 'timestamps' | 'vectors' | 'dotted' | undefined
  /** Of equal timestamps: the writer with the greater number, the default, or Cassandra's rules for cells. */
  readonly ties?: 'writer' | 'cassandra' | undefined
  /** Of versions with vectors: how a read merges siblings. Absent: it returns them all. */
  readonly merge?: 'last-write' | 'union' | 'counter' | { readonly module: string } | undefined
  /** What a write carries of what its session has seen of the key. */
  readonly context?: 'none' | 'session' | undefined
  /** Of version vectors: how they are cut short. */
  readonly prune?: PruneOptions | undefined
  /** How long a tombstone is kept before it is purged. Absent: for ever. */
  readonly grace?: Nanos | undefined
  /** Counters and sets as conflict-free data types inside of one version, as in Riak. */
  readonly types?: 'plain' | 'riak' | undefined
}

export interface PruneOptions {
  readonly small: number
  readonly big: number
  readonly young: Nanos
  readonly old: Nanos
}

export const versionOptions = {
  versions: z.enum(['timestamps', 'vectors', 'dotted']).optional(),
  ties: z.enum(['writer', 'cassandra']).optional(),
  merge: z.union([z.enum(['last-write', 'union', 'counter']), z.strictObject({ module: z.string() })]).optional(),
  context: z.enum(['none', 'session']).optional(),
  prune: z
    .strictObject({
      small: z.int().min(1).default(50),
      big: z.int().min(1).default(50),
      young: duration().prefault('20s'),
      old: duration().prefault('24h'),
    })
    .optional(),
  grace: duration().optional(),
  types: z.enum(['plain', 'riak']).optional(),
}
