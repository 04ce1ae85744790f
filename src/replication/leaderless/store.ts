/**
 * What a replica keeps of each key. Under last-write-wins versions that is the value with the greatest (timestamp, writer): a write
 * that is not newer than what is held is dropped as superseded. Versions with clocks have a store of their own (versions/clocked-store.ts).
 */
import type { Key, WriterId } from '../../core/ids.js'
import type { Disk, ObjectColumn, VersionColumn } from '../disk.js'
import type { Held, WrittenValue } from './held.js'
import { isNewer } from './versioned.js'

export interface ReplicaStore {
  held(key: Key): Held
  order(key: Key): number
  tie(key: Key): WriterId
  /** Keeps what contains both what is held and this. */
  put(key: Key, held: Held, order: number, tie: WriterId): void
  /** Keeps a version that this node has just made of what is held: with a pruned clock it may not look like its successor. */
  putOwn(key: Key, held: Held, order: number, tie: WriterId): void
}

/** Stands as the id of a key whose value is a counter, a set or a tombstone: it is in `values`. */
const NOT_AN_ID = -3

export class VersionedStore implements ReplicaStore {
  private readonly versions: VersionColumn
  private readonly values: ObjectColumn<WrittenValue>

  constructor(disk: Disk) {
    this.versions = disk.versions('versions')
    this.values = disk.objects('values')
  }

  order(key: Key): number {
    return this.versions.order(key)
  }

  tie(key: Key): WriterId {
    return this.versions.tie(key)
  }

  held(key: Key): Held {
    const id = this.versions.id(key)
    return id === NOT_AN_ID ? (this.values.get(key) as WrittenValue) : id
  }

  put(key: Key, held: Held, order: number, tie: WriterId): void {
    const { versions } = this
    if (!isNewer(order, tie, versions.order(key), versions.tie(key))) return
    const isId = typeof held === 'number'
    versions.set(key, order, tie, isId ? held : NOT_AN_ID)
    if (!isId) this.values.set(key, held as WrittenValue)
  }

  /** Timestamps tell all the same which is newer. */
  putOwn(key: Key, held: Held, order: number, tie: WriterId): void {
    this.put(key, held, order, tie)
  }

  /** Whatever comes from now on is newer than the tombstone that is held, but what has no order itself and no greater tie. */
  purge(key: Key, tie: WriterId): void {
    this.versions.set(key, Number.NEGATIVE_INFINITY, tie, NOT_AN_ID)
  }
}
