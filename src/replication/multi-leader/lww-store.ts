/**
 * A copy that keeps, of each key, the version with the greatest (timestamp, writer): Thomas's write rule (Thomas 1979), or an LWW-register of whole
 * values. Increments, adds and removes are done on the value held here and the result replaces everything that it does
 * not know of, so of two concurrent ones the earlier stamped is lost.
 */
import type { Key, WriterId } from '../../core/ids.js'
import type { Value } from '../../history/values.js'
import { mergeRegisters } from '../crdt/lww-register.js'
import type { ObjectColumn } from '../disk.js'
import type { Message, Outcome, ReplicaContext, Request } from '../replica.js'
import { Timestamps } from '../timestamps.js'
import type { Version } from '../version.js'
import { nextVersion, readOutcome, valueOfVersion, versionsOf, writeOutcome } from '../version.js'
import type { MultiLeaderStore } from './multi-leader-replica.js'

/**
 * `wall-clock`: the clock's alone, so under skew a write may be ordered before one that its node had already received; `hybrid-logical`: later
 * than those too.
 */
export type TimestampKind = 'wall-clock' | 'hybrid-logical'

export class LwwStore implements MultiLeaderStore<Version, Version> {
  private readonly identity: WriterId
  private readonly versions: ObjectColumn<Version>
  private readonly timestamps: Timestamps

  constructor(
    context: ReplicaContext<Message>,
    private readonly kind: TimestampKind,
  ) {
    this.identity = context.identity
    this.versions = context.disk.objects<Version>('versions')
    this.timestamps = new Timestamps(context)
  }

  write(request: Request): Version {
    const held = this.versions.get(request.key)
    const version = nextVersion(held, request, this.timestamps.next(), this.identity)
    // Under skew the version held may be stamped later; then this write is lost at once.
    this.merge(version)
    return version
  }

  merge(version: Version): void {
    if (this.kind === 'hybrid-logical') this.timestamps.observe(version.order)
    const held = this.versions.get(version.key)
    this.versions.set(version.key, held === undefined ? version : mergeRegisters(held, version))
  }

  writeOutcome(version: Version): Outcome {
    return writeOutcome(version)
  }

  readOutcome(key: Key): Outcome {
    return readOutcome(this.versions.get(key))
  }

  valueOf(key: Key): Value {
    return valueOfVersion(this.versions.get(key))
  }

  copies(contains: (key: Key) => boolean): { readonly copies: readonly Version[]; readonly bytes: number } {
    return versionsOf(this.versions, contains)
  }

  mergeCopy(version: Version): void {
    this.merge(version)
  }
}
