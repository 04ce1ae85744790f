/**
 * The copy of its keys that a node keeps, and the one door to it: whatever stores a version, a write, a repair, a hint that is handed back, a
 * difference that anti-entropy found or a commit of Paxos, does so here, so that the store merges it, the probes hear of it and
 * whoever keeps an index of the store (the trees of anti-entropy) can follow.
 */
import type { Key, OperationId } from '../../core/ids.js'
import type { ReplicaContext } from '../replica.js'
import { writerOf } from './held.js'
import type { QuorumMessage } from './messages.js'
import type { VersionedStore } from './store.js'
import type { Versioned } from './versioned.js'

/** Hears of keys whose version has changed. */
export interface CopyObserver {
  onStored(key: Key): void
}

export class LocalCopy {
  private observer: CopyObserver | null = null

  constructor(
    private readonly context: ReplicaContext<QuorumMessage>,
    readonly store: VersionedStore,
  ) {}

  observe(observer: CopyObserver): void {
    this.observer = observer
  }

  /** What is held, merged with the version; `valueBytes` is what a register's value of it weighs. */
  apply(key: Key, version: Versioned, _valueBytes: number): void {
    this.store.put(key, version.held, version.order, version.tie)
    this.context.applied(writerOf(version.held) as OperationId)
    if (this.observer !== null) this.observer.onStored(key)
  }

  at(key: Key): Versioned {
    return { held: this.store.held(key), order: this.store.order(key), tie: this.store.tie(key) }
  }
}
