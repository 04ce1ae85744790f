/**
 * The options of quorum replication. Those of the first block have defaults, and with them alone this is the textbook's N, W and R;
 * every other option names a mechanism of a real system, which is off where its option is absent. Presets (src/presets)
 * are these options with the values of one system.
 */
import { z } from 'zod'
import type { Nanos } from '../../core/ids.js'
import { duration } from '../../core/schema.js'
import { OPERATION_NAMES, type OperationName } from '../../history/operation-kinds.js'
import { type AntiEntropyOptions, antiEntropyOptions } from './anti-entropy/options.js'
import { type AnswersNeeded, CONSISTENCY_LEVELS } from './consistency-level.js'
import { type DetectorOptions, detectorOptions } from './failure-detection/options.js'
import { type HintOptions, hintOptions } from './hints/options.js'
import { MAXIMUM_REPLICAS } from './pending.js'
import { isSpeculation } from './speculation.js'
import { type VersionOptions, versionOptions } from './versions/options.js'

export interface QuorumOptions extends VersionOptions {
  /** Copies of each key: in all, or by zone, and then none in the zones that are not named. */
  readonly n: number | Readonly<Record<string, number>>
  readonly r: AnswersNeeded
  readonly w: AnswersNeeded
  readonly contact: 'all' | 'quorum'
  /**
   * What becomes of replicas that answer a read with an older version. `asynchronous`, the default: the read answers, and they
   * are repaired in the background; so do Dynamo, on which this strategy is modelled, and Riak, and latencies stay those of the R
   * fastest. `blocking`: the read answers only once enough replicas hold what it returns, as in Cassandra, for reads that never
   * go back in time. Only replicas that were asked can be repaired: see `contact`.
   */
  readonly repair: 'none' | 'asynchronous' | 'blocking'
  readonly coordinator: 'node' | 'client'
  readonly vnodes: number

  /** In place of `r` and `w` for operations of one kind. */
  readonly levels?: Readonly<Partial<Record<OperationName, AnswersNeeded>>> | undefined
  /** The quorum of a compare-and-set, which is a round of Paxos. */
  readonly serial?: 'SERIAL' | 'LOCAL_SERIAL' | undefined
  /** Where nodes stand on the ring: `even`, the default, or each at `vnodes` random tokens. */
  readonly tokens?: 'even' | 'random' | undefined

  /** A node that is asked for a key it does not hold hands writes on to the first of the preference list. */
  readonly forward?: 'writes' | undefined
  /** A session writes through the node that answered its latest read of the key fastest. */
  readonly affinity?: 'fastest' | undefined
  /** Writes go to one replica of each remote zone, which hands them on to the others there. */
  readonly relay?: boolean | undefined
  /** Reads take the data of one replica and digests of the others. */
  readonly digests?: boolean | undefined
  /** Reads ask for heads first and then one replica for the body. */
  readonly heads?: boolean | undefined
  /** When a read that is slow asks one more replica: at once, after so long, or after that percentile of the coordinator's reads. */
  readonly speculation?: string | undefined
  /**
   * When a read that waits for its repairs sends what it found to the replicas that it has not asked as well, and takes their acknowledgements
   * too: at once, after so long, or after that percentile of the coordinator's writes.
   */
  readonly 'additional-writes'?: string | undefined
  /** `local-first`: the coordinator stores a write before it sends it to others. */
  readonly put?: 'parallel' | 'local-first' | undefined
  /** Nodes that are held for down are replaced by the next ones of the ring. */
  readonly sloppy?: boolean | undefined
  /** Of the answers, how many must come from nodes of the preference list proper. */
  readonly pr?: number | undefined
  readonly pw?: number | undefined
  /**
   * Replicas flush their disks so often and acknowledge what they have written before that; if absent, what is acknowledged is durable. A
   * crash of the process loses nothing by it, one of the host what was not flushed.
   */
  readonly flush?: Nanos | undefined
  /** Acknowledgements that must tell of a durable write. */
  readonly dw?: number | undefined
  /** Whether a replica that has nothing counts as an answer. */
  readonly 'notfound-ok'?: boolean | undefined
  /** Where it does not: give up after a majority that has nothing, in place of all that may. */
  readonly 'basic-quorum'?: boolean | undefined
  /**
   * How long a coordinator waits before it gives up, beside its client; `cas` is of Paxos, 1800 ms if absent, `forward` of a request
   * that it has handed on, 3 s if absent.
   */
  readonly timeouts?:
    | {
        readonly read?: Nanos | undefined
        readonly write?: Nanos | undefined
        readonly forward?: Nanos | undefined
        readonly cas?: Nanos | undefined
      }
    | undefined

  readonly detector?: DetectorOptions | undefined
  readonly hints?: HintOptions | undefined
  readonly 'anti-entropy'?: AntiEntropyOptions | undefined
}

const wholeNumber = (least: number) => z.int().min(least)
const answersNeeded = () => z.union([z.int().min(1), z.enum(CONSISTENCY_LEVELS)])

export const quorumOptions = z.strictObject({
  n: z.union([wholeNumber(1).max(MAXIMUM_REPLICAS), z.record(z.string(), wholeNumber(0))]).default(3),
  r: answersNeeded().default(2),
  w: answersNeeded().default(2),
  contact: z.enum(['all', 'quorum']).default('all'),
  repair: z.enum(['none', 'asynchronous', 'blocking']).default('asynchronous'),
  coordinator: z.enum(['node', 'client']).default('node'),
  vnodes: wholeNumber(1).max(1024).default(16),
  levels: z.partialRecord(z.enum(OPERATION_NAMES), answersNeeded()).optional(),
  serial: z.enum(['SERIAL', 'LOCAL_SERIAL']).optional(),
  tokens: z.enum(['even', 'random']).optional(),
  forward: z.enum(['writes']).optional(),
  affinity: z.enum(['fastest']).optional(),
  relay: z.boolean().optional(),
  digests: z.boolean().optional(),
  heads: z.boolean().optional(),
  speculation: z
    .string()
    .refine(isSpeculation)
    .meta({ description: 'always, a duration such as 10ms, or a percentile of its reads such as 99p' })
    .optional(),
  'additional-writes': z
    .string()
    .refine(isSpeculation)
    .meta({ description: 'always, a duration such as 10ms, or a percentile of its writes such as 99p' })
    .optional(),
  put: z.enum(['parallel', 'local-first']).optional(),
  sloppy: z.boolean().optional(),
  pr: wholeNumber(0).optional(),
  pw: wholeNumber(0).optional(),
  flush: duration().optional(),
  dw: wholeNumber(0).optional(),
  'notfound-ok': z.boolean().optional(),
  'basic-quorum': z.boolean().optional(),
  timeouts: z
    .strictObject({
      read: duration().optional(),
      write: duration().optional(),
      forward: duration().optional(),
      cas: duration().optional(),
    })
    .optional(),
  detector: detectorOptions.optional(),
  hints: hintOptions.optional(),
  'anti-entropy': antiEntropyOptions.optional(),
  ...versionOptions,
})

/** Copies of each key in all. */
export function copiesOf({ n }: Pick<QuorumOptions, 'n'>): number {
  return typeof n === 'number' ? n : Object.values(n).reduce((sum, copies) => sum + copies, 0)
}
