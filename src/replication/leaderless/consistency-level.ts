/**
 * How many answers an operation waits for, and whose count: a number of replicas, or a consistency level as Cassandra's `ConsistencyLevel`
 * has them (reference: its blockFor). QUORUM is floor(sum of copies / 2) + 1 over all zones, LOCAL_QUORUM the same of the
 * coordinator's zone, EACH_QUORUM that of every zone, counted zone by zone; ANY is one, and a hint counts. SERIAL and LOCAL_SERIAL
 * are the quorums of Paxos rounds.
 *
 * Replicas are named by their places in a preference list, as bits of a mask. Left out: replicas that are joining, which Cassandra adds.
 */
import type { NodeId, ZoneId } from '../../core/ids.js'
import { countOf, placesWhere } from './places.js'

export const CONSISTENCY_LEVELS = [
  'ANY',
  'ONE',
  'TWO',
  'THREE',
  'QUORUM',
  'ALL',
  'LOCAL_ONE',
  'LOCAL_QUORUM',
  'EACH_QUORUM',
  'SERIAL',
  'LOCAL_SERIAL',
] as const

export type ConsistencyLevel = (typeof CONSISTENCY_LEVELS)[number]
/** So many replicas, wherever they are, or a level. */
export type AnswersNeeded = number | ConsistencyLevel

/** A number of answers that have to come from some of the replicas. */
export interface Quota {
  /** The replicas whose answers count. */
  readonly counted: number
  readonly needed: number
}

export class BlockFor {
  /** Of the first quota, which is the only one but for EACH_QUORUM. */
  private readonly counted: number
  private readonly needed: number

  constructor(
    /** Each has to be met. */
    readonly quotas: readonly [Quota, ...Quota[]],
    /** Whether a hint counts as an answer. */
    readonly takesHints: boolean,
  ) {
    this.counted = quotas[0].counted
    this.needed = quotas[0].needed
  }

  /** Answers needed in all. */
  get total(): number {
    return this.quotas.reduce((sum, { needed }) => sum + needed, 0)
  }

  /** Replicas whose answers count. */
  get everyoneCounted(): number {
    return this.quotas.reduce((mask, quota) => mask | quota.counted, 0)
  }

  /** Whether the replicas in the mask are enough. */
  isMetBy(answered: number): boolean {
    return countOf(answered & this.counted) >= this.needed && (this.quotas.length === 1 || this.areAllMetBy(answered))
  }

  private areAllMetBy(answered: number): boolean {
    return this.quotas.every(({ counted, needed }) => countOf(answered & counted) >= needed)
  }
}

/** What `needed` means for replicas in this order, as seen from the coordinator's zone. */
export function blockFor(
  needed: AnswersNeeded,
  replicas: readonly NodeId[],
  zoneOf: readonly ZoneId[],
  local: ZoneId,
): BlockFor {
  const everyone = placesWhere(replicas, () => true)
  const inZone = (zone: ZoneId) => placesWhere(replicas, (node) => zoneOf[node] === zone)
  const one = (counted: number, count: number) => new BlockFor([{ counted, needed: count }], needed === 'ANY')
  if (typeof needed === 'number') return one(everyone, needed)
  switch (needed) {
    case 'ANY':
    case 'ONE':
      return one(everyone, 1)
    case 'TWO':
      return one(everyone, 2)
    case 'THREE':
      return one(everyone, 3)
    case 'QUORUM':
    case 'SERIAL':
      return one(everyone, majorityOf(everyone))
    case 'ALL':
      return one(everyone, replicas.length)
    case 'LOCAL_ONE':
      return one(inZone(local), 1)
    case 'LOCAL_QUORUM':
    case 'LOCAL_SERIAL':
      return one(inZone(local), majorityOf(inZone(local)))
    case 'EACH_QUORUM': {
      const zones = [...new Set(replicas.map((node) => zoneOf[node] as ZoneId))]
      const quotas = zones.map((zone) => ({ counted: inZone(zone), needed: majorityOf(inZone(zone)) }))
      return new BlockFor(quotas as [Quota, ...Quota[]], false)
    }
  }
}

/** What is needed of each preference list by one coordinator, or by all of a zone. */
export class Requirement {
  /** By partition of the ring. */
  private readonly known: (BlockFor | undefined)[] = []

  constructor(
    private readonly needed: AnswersNeeded,
    private readonly zoneOf: readonly ZoneId[],
    private readonly local: ZoneId,
  ) {}

  /** `replicas` is the preference list of the partition. */
  of(partition: number, replicas: readonly NodeId[]): BlockFor {
    return this.known[partition] ?? this.at(partition, replicas)
  }

  private at(partition: number, replicas: readonly NodeId[]): BlockFor {
    const made = blockFor(this.needed, replicas, this.zoneOf, this.local)
    this.known[partition] = made
    return made
  }
}

function majorityOf(mask: number): number {
  return Math.floor(countOf(mask) / 2) + 1
}
