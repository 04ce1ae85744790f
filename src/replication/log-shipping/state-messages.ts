/**
 * How a node that has lost its disk gets at what others hold outside the logs that it follows: it asks for their state, or first how far
 * they have got; and a node sends its state unasked to one whose snapshot lacks something.
 */
import type { Nanos } from '../../core/ids.js'
import { SECOND } from '../../core/units.js'
import { HEADER_BYTES } from '../message-bytes.js'
import { LEG_READ, LEG_READ_REPLY, LEG_WRITE } from '../replica.js'
import type { Snapshot } from './messages.js'
import { BackgroundMessage } from './messages.js'

export const ASK_EVERY: Nanos = SECOND
/** Rounds of asking; an assumption of ours: longer than processes take to start again, shorter than operators wait. */
export const PATIENCE = 10

// Apart from the kinds of messages.ts and request-work.ts.
export const POSITION_QUESTION = 9
export const POSITION_ANSWER = 10
export const STATE_QUESTION = 11
export const STATE = 12

export type StateMessage<State extends Snapshot> = PositionQuestion | PositionAnswer | StateQuestion | WholeState<State>

abstract class GroupMessage extends BackgroundMessage {
  readonly bytes: number = HEADER_BYTES

  constructor(readonly group: number) {
    super()
  }
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

export class WholeState<State extends Snapshot> extends BackgroundMessage {
  readonly kind = STATE
  readonly leg = LEG_WRITE
  readonly bytes: number

  constructor(
    readonly group: number,
    readonly state: State,
  ) {
    super()
    this.bytes = HEADER_BYTES + state.bytes
  }
}
