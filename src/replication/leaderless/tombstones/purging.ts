/**
 * A delete leaves a tombstone behind, which replicas keep for a while (`grace`; Cassandra's gc_grace_seconds, reference: systems.md, section
 * 2.4) so that one that has missed the delete can be told of it. By its own clock each replica purges it once that time has passed since the
 * tombstone's timestamp. From then on it holds nothing, and takes an older version for a new one: what was deleted comes back if
 * anybody still has it.
 *
 * Cassandra purges when it compacts, at some time after the grace; here it is at its end, which is the earliest. What the host is told of a
 * purged key is still which delete it was (versioned.ts), but that has no place in the order of versions any more, nor weight in messages.
 */
import type { Key, Nanos, WriterId } from '../../../core/ids.js'
import type { ObjectColumn } from '../../disk.js'
import type { Message, ReplicaContext } from '../../replica.js'
import { isTombstone } from '../held.js'
import type { CopyObserver, LocalCopy } from '../local-copy.js'
import { firstKindOf, PURGING, type Service } from '../service.js'
import type { VersionedStore } from '../store.js'

/** The argument is the key. */
const PURGE = firstKindOf(PURGING)

/** As of a key that nobody has written; a record that was loaded has at least that, and so comes back over nothing. */
const NEVER_WRITTEN: WriterId = -1
const BELOW_LOADED: WriterId = -2

export class Purging implements Service, CopyObserver {
  /** Keys that hold a tombstone, or did when they were looked at last, so that a restart knows which to wait for. */
  private readonly tombstones: ObjectColumn<true>
  private readonly awaited = new Set<Key>()

  constructor(
    private readonly context: ReplicaContext<Message>,
    private readonly copy: LocalCopy,
    private readonly store: VersionedStore,
    private readonly grace: Nanos,
    private readonly loadedKeys: number,
  ) {
    this.tombstones = context.disk.objects('tombstones')
  }

  onStart(): void {
    for (let key = 0; key < this.tombstones.length; key++) if (this.tombstones.get(key) === true) this.wait(key)
  }

  onMessage(): void {}

  onStored(key: Key): void {
    if (!this.holdsTombstone(key)) return
    if (this.tombstones.get(key) === undefined) this.tombstones.set(key, true)
    this.wait(key)
  }

  onTimer(_kind: number, key: number): void {
    this.awaited.delete(key)
    const isOver = this.timeLeft(key) <= 0
    if (this.holdsTombstone(key) && !isOver) {
      this.wait(key)
      return
    }
    this.tombstones.delete(key)
    if (!this.holdsTombstone(key)) return
    this.store.purge(key, key < this.loadedKeys ? BELOW_LOADED : NEVER_WRITTEN)
    this.copy.onChanged(key)
  }

  private holdsTombstone(key: Key): boolean {
    return isTombstone(this.store.held(key)) && this.store.order(key) !== Number.NEGATIVE_INFINITY
  }

  private timeLeft(key: Key): Nanos {
    return this.store.order(key) + this.grace - this.context.clock()
  }

  private wait(key: Key): void {
    if (this.awaited.has(key)) return
    this.awaited.add(key)
    this.context.setTimer(PURGE, key, Math.max(0, this.timeLeft(key)))
  }
}
