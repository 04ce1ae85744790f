/**
 * The two messages of a gossip exchange: all heartbeats that the one knows, and in answer those that the other knows a newer one of. Cassandra needs a
 * third, for its first carries digests of states that are fetched afterwards; a heartbeat is no more than its digest.
 */
import { NO_OPERATION } from '../../../core/ids.js'
import { HEADER_BYTES } from '../../message-bytes.js'
import type { Leg, Message } from '../../replica.js'
import { LEG_WRITE, LEG_WRITE_ACK, WORK_NONE } from '../../replica.js'
import { firstKindOf, GOSSIP } from '../service.js'
import type { Heartbeat } from './heartbeats.js'

export const PUSH = firstKindOf(GOSSIP)
export const PULL = PUSH + 1

/** An address, a generation and a version, as they travel; an assumption of ours. */
const HEARTBEAT_BYTES = 16

export class GossipMessage implements Message {
  readonly work = WORK_NONE
  readonly operation = NO_OPERATION
  readonly attempt = 0

  constructor(
    readonly kind: typeof PUSH | typeof PULL,
    readonly heartbeats: readonly Heartbeat[],
  ) {}

  get leg(): Leg {
    return this.kind === PUSH ? LEG_WRITE : LEG_WRITE_ACK
  }

  get bytes(): number {
    return HEADER_BYTES + HEARTBEAT_BYTES * this.heartbeats.length
  }
}
