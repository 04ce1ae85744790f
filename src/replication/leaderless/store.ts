/**
 * What a replica keeps of each key under last-write-wins versions: the value with the greatest (timestamp, writer). A write that is not
 * newer than what is held is dropped as superseded.
 */
import type { Key, NodeId } from '../../core/ids.js'
import type { Value } from '../../history/values.js'
import type { Disk, ObjectColumn, VersionColumn } from '../disk.js'

/** Stands as the id of a key whose value is a counter or a set: it is in `values`. */
const NOT_AN_ID = -3

export class VersionedStore {
  private readonly versions: VersionColumn
  private readonly values: ObjectColumn<Value>

  constructor(disk: Disk) {
    this.versions = disk.versions('versions')
    this.values = disk.objects('values')
  }

  order(key: Key): number {
    return this.versions.order(key)
  }

  tie(key: Key): NodeId {
    return this.versions.tie(key)
  }

  value(key: Key): Value {
    const id = this.versions.id(key)
    return id === NOT_AN_ID ? (this.values.get(key) as Value) : id
  }

  put(key: Key, value: Value, order: number, tie: NodeId): void {
    const { versions } = this
    if (!isNewer(order, tie, versions.order(key), versions.tie(key))) return
    versions.set(key, order, tie, typeof value === 'number' ? value : NOT_AN_ID)
    if (typeof value !== 'number') this.values.set(key, value)
  }
}

export function isNewer(order: number, tie: NodeId, thanOrder: number, thanTie: NodeId): boolean {
  return order > thanOrder || (order === thanOrder && tie > thanTie)
}
