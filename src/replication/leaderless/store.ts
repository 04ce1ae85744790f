/**
 * What a replica keeps of each key under last-write-wins versions: the value with the greatest (timestamp, writer). A write that is not
 * newer than what is held is dropped as superseded.
 */
import type { Key, NodeId } from '../../core/ids.js'
import { INITIAL } from '../../core/ids.js'
import type { Value } from '../../history/values.js'
import type { Disk, ObjectColumn, RecordColumn } from '../disk.js'

// The fields of a key's record: together in one cache line, since they are asked for together.
const ORDER = 0
const TIE = 1
const ID = 2
/** Stands in `ID` of a key whose value is a counter or a set: it is in `values`. */
const NOT_AN_ID = -3

export class VersionedStore {
  private readonly versions: RecordColumn
  private readonly values: ObjectColumn<Value>

  constructor(disk: Disk) {
    this.versions = disk.records('versions', [Number.NEGATIVE_INFINITY, -1, INITIAL])
    this.values = disk.objects('values')
  }

  order(key: Key): number {
    return this.versions.get(key, ORDER)
  }

  tie(key: Key): NodeId {
    return this.versions.get(key, TIE)
  }

  value(key: Key): Value {
    const id = this.versions.get(key, ID)
    return id === NOT_AN_ID ? (this.values.get(key) as Value) : id
  }

  put(key: Key, value: Value, order: number, tie: NodeId): void {
    const { versions } = this
    if (!isNewer(order, tie, versions.get(key, ORDER), versions.get(key, TIE))) return
    versions.set(key, ORDER, order)
    versions.set(key, TIE, tie)
    versions.set(key, ID, typeof value === 'number' ? value : NOT_AN_ID)
    if (typeof value !== 'number') this.values.set(key, value)
  }
}

export function isNewer(order: number, tie: NodeId, thanOrder: number, thanTie: NodeId): boolean {
  return order > thanOrder || (order === thanOrder && tie > thanTie)
}
