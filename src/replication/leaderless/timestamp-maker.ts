/**
 * Versions under last-write-wins are (timestamp, identity of the coordinator). In one cell all coordinators are nodes, or all are clients, so a
 * node's identity never meets a client's.
 */
import { INITIAL } from '../../core/ids.js'
import type { Message, ReplicaContext, Request } from '../replica.js'
import { writtenValue } from '../whole-value.js'
import { heldAfter, valueIn } from './held.js'
import { Timestamps } from './timestamps.js'
import type { Versioned, VersionMaker } from './versioned.js'

export class TimestampMaker implements VersionMaker {
  readonly needsCopy = false
  private readonly timestamps: Timestamps

  constructor(context: ReplicaContext<Message>) {
    this.timestamps = new Timestamps(context, 1)
  }

  make(request: Request, found: Versioned | null): Versioned {
    const value = writtenValue(found === null ? INITIAL : valueIn(found.held), request)
    return { held: heldAfter(request, value), order: this.timestamps.next(), tie: this.timestamps.tie }
  }
}
