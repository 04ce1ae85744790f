/**
 * The copy of its keys that a node keeps, and the one door to it: whatever stores a version, a write, a repair, a hint that is handed back, a
 * difference that anti-entropy found or a commit of Paxos, does so here, so that the store merges it, the probes hear of it and
 * whoever keeps an index of the store (the trees of anti-entropy) can follow.
 */
import type { Key } from '../../core/ids.js'
import type { ReplicaContext } from '../replica.js'
import type { QuorumMessage } from './messages.js'
import type { ReplicaStore } from './store.js'
import type { Versioned } from './versioned.js'

/** Hears of keys whose version has changed. */
export interface CopyObserver {
  onStored(key: Key): void
}

export class LocalCopy {
  private observer: CopyObserver | null = null

  constructor(
    private readonly context: ReplicaContext<QuorumMessage>,
    readonly store: ReplicaStore,
  ) {}

  observe(observer: CopyObserver): void {
    this.observer = observer
  }

  /** What is held, merged with the version; `valueBytes` is what a register's value of it weighs. */
  apply(key: Key, version: Versioned, _valueBytes: number): void {
    const { held } = version
    this.store.put(key, held, version.order, version.tie)
    if (typeof held === 'number') this.context.applied(held)
    else for (const writer of held.writers) this.context.applied(writer)
    if (this.observer !== null) this.observer.onStored(key)
  }

  at(key: Key): Versioned {
    return { held: this.store.held(key), order: this.store.order(key), tie: this.store.tie(key) }
  }
}
