/**
 * A hint that is handed back to the node that it was kept for, with the answers. Handing back is background traffic: no client waits for it. How a write
 * comes to be kept by a fallback is hinted-write.ts.
 */
import { NO_OPERATION } from '../../../core/ids.js'
import { ELEMENT_BYTES, HEADER_BYTES } from '../../message-bytes.js'
import type { Leg, Message, Work } from '../../replica.js'
import { LEG_WRITE, LEG_WRITE_ACK, WORK_NONE, WORK_WRITE } from '../../replica.js'
import type { QuorumMessage } from '../messages.js'
import { HINTED_WRITE } from './hinted-write.js'

export const HAND_BACK = HINTED_WRITE + 1
export const HAND_BACK_ACK = HINTED_WRITE + 2
/** The node's queue was full: it did not store the hint. */
export const HAND_BACK_REFUSED = HINTED_WRITE + 3

export class HandBackMessage implements Message {
  readonly operation = NO_OPERATION
  readonly attempt = 0

  private constructor(
    readonly kind: number,
    readonly write: QuorumMessage,
    /** Names the hint where it is kept, during one life of that process. */
    readonly sequence: number,
    readonly life: number,
  ) {}

  get work(): Work {
    return this.kind === HAND_BACK ? WORK_WRITE : WORK_NONE
  }

  get leg(): Leg {
    return this.kind === HAND_BACK ? LEG_WRITE : LEG_WRITE_ACK
  }

  /** The hint's name goes with it. */
  get bytes(): number {
    return (this.kind === HAND_BACK ? this.write.bytes : HEADER_BYTES) + ELEMENT_BYTES
  }

  static handBack(write: QuorumMessage, sequence: number, life: number) {
    return new HandBackMessage(HAND_BACK, write, sequence, life)
  }

  static acknowledgement({ write, sequence, life }: HandBackMessage) {
    return new HandBackMessage(HAND_BACK_ACK, write, sequence, life)
  }

  static refusal({ write, sequence, life }: HandBackMessage) {
    return new HandBackMessage(HAND_BACK_REFUSED, write, sequence, life)
  }
}
