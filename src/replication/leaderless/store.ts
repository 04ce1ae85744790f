/**
 * What a replica keeps of each key under last-write-wins versions: the value with the greatest (timestamp, writer). A write that is not
 * newer than what is held is dropped as superseded.
 */
import type { Key, NodeId } from '../../core/ids.js'
import { INITIAL } from '../../core/ids.js'
import type { Value } from '../../history/values.js'
import type { Disk, NumberColumn, ObjectColumn } from '../disk.js'

export class VersionedStore {
  private readonly orders: NumberColumn
  private readonly ties: NumberColumn
  private readonly ids: NumberColumn
  /** Counters and sets, where `ids` does not say it all. */
  private readonly values: ObjectColumn<Value>

  constructor(disk: Disk) {
    this.orders = disk.numbers('order', Number.NEGATIVE_INFINITY)
    this.ties = disk.numbers('tie', -1)
    this.ids = disk.numbers('id', INITIAL)
    this.values = disk.objects('value')
  }

  order(key: Key): number {
    return this.orders.get(key)
  }

  tie(key: Key): NodeId {
    return this.ties.get(key)
  }

  value(key: Key): Value {
    return this.values.get(key) ?? this.ids.get(key)
  }

  put(key: Key, value: Value, order: number, tie: NodeId): void {
    if (!isNewer(order, tie, this.orders.get(key), this.ties.get(key))) return
    this.orders.set(key, order)
    this.ties.set(key, tie)
    if (typeof value === 'number') this.ids.set(key, value)
    else this.values.set(key, value)
  }
}

export function isNewer(order: number, tie: NodeId, thanOrder: number, thanTie: NodeId): boolean {
  return order > thanOrder || (order === thanOrder && tie > thanTie)
}
