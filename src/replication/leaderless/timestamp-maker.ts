/**
 * Versions under last-write-wins are (timestamp, identity of the coordinator). In one cell all coordinators are nodes, or all are clients, so a
 * node's identity never meets a client's.
 */
import type { Value } from '../../history/values.js'
import type { Message, ReplicaContext, Request } from '../replica.js'
import { heldAfter } from './held.js'
import { Timestamps } from './timestamps.js'
import type { Versioned, VersionMaker } from './versioned.js'

export class TimestampMaker implements VersionMaker {
  readonly readsCopy = false
  private readonly timestamps: Timestamps

  constructor(context: ReplicaContext<Message>) {
    this.timestamps = new Timestamps(context, 1)
  }

  make(request: Request, value: Value): Versioned {
    return { held: heldAfter(request, value), order: this.timestamps.next(), tie: this.timestamps.tie }
  }
}
