/** What a replica keeps of each key under versions with clocks: all values that no other has replaced, side by side. */
import type { Key, WriterId } from '../../../core/ids.js'
import { INITIAL } from '../../../core/ids.js'
import type { Disk, ObjectColumn } from '../../disk.js'
import type { Held } from '../held.js'
import type { ReplicaStore } from '../store.js'
import { NOTHING_HELD, type Versioned, type Versions } from '../versioned.js'

export class ClockedStore implements ReplicaStore {
  private readonly kept: ObjectColumn<Versioned>

  constructor(
    disk: Disk,
    private readonly versions: Versions,
  ) {
    this.kept = disk.objects('siblings')
  }

  held(key: Key): Held {
    return this.kept.get(key)?.held ?? INITIAL
  }

  order(key: Key): number {
    return this.at(key).order
  }

  tie(key: Key): WriterId {
    return this.at(key).tie
  }

  put(key: Key, held: Held, order: number, tie: WriterId): void {
    const former = this.at(key)
    const both = this.versions.reconcile(former, { held, order, tie })
    if (both !== former) this.kept.set(key, both)
  }

  putOwn(key: Key, held: Held, order: number, tie: WriterId): void {
    this.kept.set(key, { held, order, tie })
  }

  private at(key: Key): Versioned {
    return this.kept.get(key) ?? NOTHING_HELD
  }
}
