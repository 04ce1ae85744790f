/** A message that carries a write for somebody beside whom it is sent to: it weighs what that weighs, and meets its delays. */
import type { OperationId } from '../../core/ids.js'
import type { Leg, Message, Work } from '../replica.js'
import { LEG_WRITE } from '../replica.js'
import type { QuorumMessage } from './messages.js'

export abstract class CarriedWrite implements Message {
  abstract readonly kind: number
  abstract readonly work: Work

  constructor(readonly write: QuorumMessage) {}

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
