/** Values under a dotted version vector set, as Riak's with `dvv_enabled`: a write replaces what its context knew, whatever else there is. */
import { mix32 } from '../../../core/random.js'
import { ELEMENT_BYTES } from '../../message-bytes.js'
import type { ClockContext } from './clock-context.js'
import { ClockedValue } from './clocked-value.js'
import { type DottedSet, synchronized, updated, valuesIn, vectorOf } from './dotted-version-vector-set.js'
import type { Merge } from './merges.js'
import type { Sibling } from './sibling.js'
import type { VersionVector } from './version-vector.js'

export class DottedValue extends ClockedValue {
  readonly vector: VersionVector
  /** A writer and a counter; which event wrote a value its place tells. */
  protected readonly entryBytes = ELEMENT_BYTES

  private constructor(
    private readonly set: DottedSet<Sibling>,
    merge: Merge,
  ) {
    super(valuesIn(set), merge)
    this.vector = vectorOf(set)
  }

  static empty(merge: Merge): DottedValue {
    return new DottedValue([], merge)
  }

  get past(): VersionVector {
    return this.vector
  }

  reconciledWith(other: DottedValue): DottedValue {
    const joined = synchronized(this.set, other.set)
    if (joined === this.set) return this
    return joined === other.set ? other : new DottedValue(joined, this.merge)
  }

  after(context: ClockContext, written: Sibling): DottedValue {
    const { coordinator, stamp } = written
    return new DottedValue(updated(context.vector, this.set, coordinator, written, stamp), this.merge)
  }

  fingerprint(): number {
    let hash = 0
    for (const { writer, counter, values } of this.set) {
      hash = mix32(mix32(mix32(hash ^ writer) + counter) ^ values.length)
    }
    return hash
  }
}
