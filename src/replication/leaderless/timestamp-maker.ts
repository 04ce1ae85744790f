/**
 * Versions under last-write-wins are (timestamp, identity of the coordinator). In one cell all coordinators are nodes, or all are clients, so a
 * node's identity never meets a client's.
 */
import type { Message, ReplicaContext, Request } from '../replica.js'
import { Timestamps } from '../timestamps.js'
import { heldBy } from './held.js'
import type { Versioned, VersionMaker } from './versioned.js'

export class TimestampMaker implements VersionMaker {
  readonly needsCopy = false
  private readonly timestamps: Timestamps

  constructor(context: ReplicaContext<Message>) {
    this.timestamps = new Timestamps(context)
  }

  readsFirst(): boolean {
    return true
  }

  make(request: Request, found: Versioned | null): Versioned {
    return { held: heldBy(request, found), order: this.timestamps.next(), tie: this.timestamps.tie }
  }
}
