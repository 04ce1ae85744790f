/**
 * The operations that a coordinator is waiting for, in a ring of power-of-two size indexed by operation id. An entry leaves when nothing
 * more is expected of it; one that expects answers which never come (its replicas are down) may be overwritten once its client
 * has given up, so nothing leaks and no timer is needed.
 */
import type { Nanos, OperationId } from '../../core/ids.js'
import type { Pending } from './pending.js'

interface Expecting {
  readonly operation: OperationId
  /** When its client has given up. */
  readonly deadline: Nanos
}

export class PendingTable<Entry extends Expecting = Pending> {
  private slots: (Entry | null)[] = new Array(256).fill(null)

  get(operation: OperationId): Entry | null {
    const entry = this.slots[operation & (this.slots.length - 1)] as Entry | null
    return entry !== null && entry.operation === operation ? entry : null
  }

  add(entry: Entry, now: Nanos): void {
    const slot = entry.operation & (this.slots.length - 1)
    const occupant = this.slots[slot] as Entry | null
    if (occupant !== null && occupant.operation !== entry.operation && occupant.deadline > now) {
      this.grow()
      this.add(entry, now)
      return
    }
    this.slots[slot] = entry
  }

  remove(operation: OperationId): void {
    if (this.get(operation) !== null) this.slots[operation & (this.slots.length - 1)] = null
  }

  private grow(): void {
    const larger: (Entry | null)[] = new Array(2 * this.slots.length).fill(null)
    for (const entry of this.slots) {
      if (entry !== null) larger[entry.operation & (larger.length - 1)] = entry
    }
    this.slots = larger
  }
}
