/**
 * The copy of its keys that a node keeps, and the one door to it: whatever stores a version, a write, a repair, a hint that is handed back, a
 * difference that anti-entropy found or a commit of Paxos, does so here, so that the store merges it, the probes hear of it and
 * whoever keeps an index of the store (the trees of anti-entropy) can follow.
 */
import type { Key } from '../../core/ids.js'
import { INITIAL } from '../../core/ids.js'
import type { ObjectColumn } from '../disk.js'
import type { Message, ReplicaContext } from '../replica.js'
import type { Held } from './held.js'
import type { ReplicaStore } from './store.js'
import type { Versioned } from './versioned.js'

/** Hears of keys whose version has changed. */
export interface CopyObserver {
  onStored(key: Key): void
}

export class LocalCopy {
  private readonly observers: CopyObserver[] = []
  /** What registers' values weigh, by key; kept for whoever sends what is stored to others. */
  private sizes: ObjectColumn<number> | null = null

  constructor(
    private readonly context: ReplicaContext<Message>,
    readonly store: ReplicaStore,
  ) {}

  observe(observer: CopyObserver): void {
    this.observers.push(observer)
  }

  /** From now on it is known what stored values weigh. */
  keepSizes(): void {
    this.sizes = this.context.disk.objects('value bytes')
  }

  /**
   * What is held, merged with the version, or the version alone where this node has just made it of what is held; `valueBytes` is
   * what a register's value of it weighs.
   */
  apply(key: Key, version: Versioned, valueBytes: number, isOwn = false): void {
    const { store } = this
    const { held } = version
    const isObserved = this.observers.length > 0
    const formerHeld = isObserved ? store.held(key) : INITIAL
    const formerOrder = isObserved ? store.order(key) : 0
    if (isOwn) store.putOwn(key, held, version.order, version.tie)
    else store.put(key, held, version.order, version.tie)
    this.tellWriters(held)
    if (!isObserved || (store.held(key) === formerHeld && Object.is(store.order(key), formerOrder))) return
    this.sizes?.set(key, valueBytes)
    this.onChanged(key)
  }

  /** Somebody has changed what the store keeps of a key. */
  onChanged(key: Key): void {
    for (const observer of this.observers) observer.onStored(key)
  }

  /** What the value that is held weighs if it is a register's. */
  valueBytesAt(key: Key): number {
    return this.sizes?.get(key) ?? 0
  }

  at(key: Key): Versioned {
    return { held: this.store.held(key), order: this.store.order(key), tie: this.store.tie(key) }
  }

  private tellWriters(held: Held): void {
    // A loaded record that comes up again, once the tombstone over it is purged, is no operation's.
    if (held === INITIAL) return
    if (typeof held === 'number') this.context.applied(held)
    else for (const writer of held.writers) this.context.applied(writer)
  }
}
