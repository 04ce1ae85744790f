/**
 * How a node that has lost its disk gets at what others hold outside the logs that it follows: it asks for their state, or first how far
 * they have got; and a node sends its state unasked to one whose snapshot lacks something.
 */
import { NO_OPERATION } from '../../core/ids.js'
import { HEADER_BYTES } from '../message-bytes.js'
import type { Message } from '../replica.js'
import { LEG_READ, LEG_READ_REPLY, LEG_WRITE, WORK_NONE } from '../replica.js'
import type { Snapshot } from './messages.js'

// Apart from the kinds of messages.ts and request-work.ts.
export const POSITION_QUESTION = 9
export const POSITION_ANSWER = 10
export const STATE_QUESTION = 11
export const STATE = 12

export type StateMessage<State extends Snapshot> = PositionQuestion | PositionAnswer | StateQuestion | WholeState<State>

abstract class GroupMessage implements Message {
  abstract readonly kind: number
  abstract readonly leg: number
  readonly work = WORK_NONE
  readonly operation = NO_OPERATION
  readonly attempt = 0
  readonly bytes: number = HEADER_BYTES

  constructor(readonly group: number) {}
}

/** How far have you got? */
export class PositionQuestion extends GroupMessage {
  readonly kind = POSITION_QUESTION
  readonly leg = LEG_READ
}

export class PositionAnswer extends GroupMessage {
  readonly kind = POSITION_ANSWER
  readonly leg = LEG_READ_REPLY

  constructor(
    group: number,
    /** In the leader's log; -1 if all was lost here too. */
    readonly position: number,
  ) {
    super(group)
  }
}

export class StateQuestion extends GroupMessage {
  readonly kind = STATE_QUESTION
  readonly leg = LEG_READ
}

export class WholeState<State extends Snapshot> implements Message {
  readonly kind = STATE
  readonly work = WORK_NONE
  readonly leg = LEG_WRITE
  readonly operation = NO_OPERATION
  readonly attempt = 0
  readonly bytes: number

  constructor(
    readonly group: number,
    readonly state: State,
  ) {
    this.bytes = HEADER_BYTES + state.bytes
  }
}
