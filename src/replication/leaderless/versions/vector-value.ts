/**
 * Values under one version vector, as Dynamo's and, without dotted version vectors, Riak's: the vector tells of all values together what is
 * known, and of none which event wrote it. A write whose context descends the vector replaces all values; any other joins them, and
 * the values stay until a write comes that has seen everything. So of two clients that write in turns, each a step behind, every write stays:
 * sibling explosion. And of three versions it depends on the order in which they meet whether a value stays that one of them replaced.
 *
 * Where the last write is to win only that one is kept, as in a bucket of Riak's without `allow_mult`. Stamps are later than all that a
 * write joins, so it is the write with the greatest stamp of all that the vector knows, and order does not matter.
 *
 * Left out: Riak prunes also where a replica stores, here only the coordinator does.
 */
import { mix32 } from '../../../core/random.js'
import type { ClockContext } from './clock-context.js'
import { ClockedValue } from './clocked-value.js'
import type { Merge } from './merges.js'
import type { PruneOptions } from './options.js'
import { latestOf, type Sibling } from './sibling.js'
import { descends, EMPTY_VECTOR, joinVectors, pruned, type VersionVector, withEvent } from './version-vector.js'

/** A writer, a counter and a time as they travel. */
const ENTRY_BYTES = 16

export interface VectorRules {
  readonly merge: Merge
  readonly keepsOne: boolean
  readonly prune: PruneOptions | undefined
}

export class VectorValue extends ClockedValue {
  protected readonly entryBytes = ENTRY_BYTES

  private constructor(
    siblings: readonly Sibling[],
    readonly vector: VersionVector,
    /** Where vectors are pruned its counters are stamps: others count from 1 again. */
    readonly past: VersionVector,
    private readonly rules: VectorRules,
  ) {
    super(siblings, rules.merge)
  }

  static empty(rules: VectorRules): VectorValue {
    return new VectorValue([], EMPTY_VECTOR, EMPTY_VECTOR, rules)
  }

  reconciledWith(other: VectorValue): VectorValue {
    if (other === this) return this
    const isPast = descends(this.vector, other.vector)
    const isFuture = descends(other.vector, this.vector)
    if (isPast && isFuture) return this.withValuesOf(other)
    if (isPast) return this
    return isFuture ? other : this.withAllOf(other)
  }

  after(context: ClockContext, written: Sibling): VectorValue {
    const { coordinator, stamp } = written
    const isReplaced = descends(context.vector, this.vector)
    const known = isReplaced ? context.vector : joinVectors(this.vector, context.vector)
    const vector = withEvent(known, coordinator, stamp)
    const siblings = isReplaced ? [written] : [...this.attempts, written]
    if (this.rules.prune === undefined) return this.withOther(siblings, vector, vector)
    const former = isReplaced ? context.past : joinVectors(this.past, context.past)
    const past = joinVectors(former, [{ writer: coordinator, counter: stamp, stamp }])
    return this.withOther(siblings, pruned(vector, stamp, this.rules.prune), past)
  }

  fingerprint(): number {
    let hash = 0
    for (const { writer, counter } of this.vector) hash = mix32(mix32(hash ^ writer) + counter)
    for (const writer of this.writers) hash = mix32(hash + writer)
    return hash
  }

  /** Under equal vectors each may have values that the other lacks: which have stayed depends on the order in which versions met. */
  private withValuesOf(other: VectorValue): VectorValue {
    const isWithin = (writers: readonly number[], all: readonly number[]) => writers.every((id) => all.includes(id))
    if (isWithin(other.writers, this.writers)) return this
    return isWithin(this.writers, other.writers) ? other : this.withAllOf(other)
  }

  private withAllOf(other: VectorValue): VectorValue {
    const vector = joinVectors(this.vector, other.vector)
    const past = this.rules.prune === undefined ? vector : joinVectors(this.past, other.past)
    return this.withOther([...this.attempts, ...other.attempts], vector, past)
  }

  private withOther(siblings: readonly Sibling[], vector: VersionVector, past: VersionVector): VectorValue {
    const kept = this.rules.keepsOne ? [latestOf(siblings)] : siblings
    return new VectorValue(kept, vector, past, this.rules)
  }
}
