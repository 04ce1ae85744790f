/** A write for a node that its coordinator holds for down, sent to the node that stands in for it: that one keeps it as a hint. */
import type { NodeId, OperationId } from '../../../core/ids.js'
import type { Leg, Message, Work } from '../../replica.js'
import { LEG_WRITE, WORK_WRITE } from '../../replica.js'
import type { QuorumMessage } from '../messages.js'
import { firstKindOf, HINTS } from '../service.js'

export const HINTED_WRITE = firstKindOf(HINTS)

export class HintedWrite implements Message {
  constructor(
    readonly write: QuorumMessage,
    /** Whom it is for. */
    readonly target: NodeId,
  ) {}

  get kind(): number {
    return HINTED_WRITE
  }

  get work(): Work {
    return WORK_WRITE
  }

  get leg(): Leg {
    return LEG_WRITE
  }

  get operation(): OperationId {
    return this.write.operation
  }

  get attempt(): number {
    return this.write.attempt
  }

  get bytes(): number {
    return this.write.bytes
  }
}
