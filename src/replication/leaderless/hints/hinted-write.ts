/** A write for a node that its coordinator holds for down, sent to the node that stands in for it: that one keeps it as a hint. */
import type { NodeId } from '../../../core/ids.js'
import { WORK_WRITE } from '../../replica.js'
import { CarriedWrite } from '../carried-write.js'
import type { QuorumMessage } from '../messages.js'
import { firstKindOf, HINTS } from '../service.js'

export const HINTED_WRITE = firstKindOf(HINTS)

export class HintedWrite extends CarriedWrite {
  readonly kind = HINTED_WRITE
  readonly work = WORK_WRITE

  constructor(
    write: QuorumMessage,
    /** Whom it is for. */
    readonly target: NodeId,
    /** Whether its receiver is the coordinator, which has kept it when it made it and has only the work left to do. */
    readonly isKept = false,
  ) {
    super(write)
  }
}
