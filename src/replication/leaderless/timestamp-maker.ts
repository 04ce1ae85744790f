/**
 * Versions under last-write-wins are (timestamp, identity of the coordinator): the timestamps of one identity are unique and increasing, and what a
 * crash undoes of them goes with the identity. In one cell all coordinators are nodes, or all are clients, so a node's
 * identity never meets a client's.
 */
import { INITIAL, type WriterId } from '../../core/ids.js'
import type { DiskCell } from '../disk.js'
import type { Message, ReplicaContext, Request } from '../replica.js'
import { writtenValue } from '../whole-value.js'
import { heldAfter, valueIn } from './held.js'
import type { Versioned, VersionMaker } from './versioned.js'

/** Ties are stored in 16 bits; clients beyond share a number, which matters only within the same nanosecond. */
const TIES = 0x8000

export class TimestampMaker implements VersionMaker {
  readonly needsCopy = false
  private readonly lastTimestamp: DiskCell<number>
  private readonly tie: WriterId

  constructor(private readonly context: ReplicaContext<Message>) {
    this.lastTimestamp = context.disk.cell('lastTimestamp', Number.NEGATIVE_INFINITY)
    this.tie = context.identity % TIES
  }

  make(request: Request, found: Versioned | null): Versioned {
    const value = writtenValue(found === null ? INITIAL : valueIn(found.held), request)
    return { held: heldAfter(request, value), order: this.next(), tie: this.tie }
  }

  private next(): number {
    const clock = this.context.clock()
    const next = clock > this.lastTimestamp.value ? clock : this.lastTimestamp.value + 1
    this.lastTimestamp.value = next
    return next
  }
}
