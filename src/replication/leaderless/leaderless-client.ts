/** The coordinator alone, in the client's process: it holds no copy. */
import type { ProcessId } from '../../core/ids.js'
import type { Message, Replica, ReplicaContext, Request } from '../replica.js'
import { Coordinators } from './coordinators.js'
import { TRUSTING } from './failure-detector.js'
import { stampsOf } from './mechanisms.js'
import type { QuorumMessage } from './messages.js'
import type { QuorumOptions } from './quorum-options.js'
import type { QuorumPlacement } from './quorum-placement.js'
import type { RangeMessage } from './range-messages.js'
import { LAST_WRITE_WINS } from './versioned.js'

export class LeaderlessClient implements Replica<Message> {
  private readonly coordinators: Coordinators

  constructor(context: ReplicaContext<Message>, options: QuorumOptions, placement: QuorumPlacement) {
    this.coordinators = new Coordinators({
      context,
      options,
      placement,
      versions: LAST_WRITE_WINS,
      maker: stampsOf(context, options),
      detector: TRUSTING,
      hints: null,
      copy: null,
    })
  }

  onStart(): void {}

  onTimer(kind: number, operation: number): void {
    this.coordinators.ofKeys.onTimer(kind, operation)
  }

  onDurable(): void {}
  onOverload(): void {}

  onRequest(request: Request): void {
    this.coordinators.onRequest(request)
  }

  onMessage(from: ProcessId, message: Message): void {
    this.coordinators.onAnswer(from, message as QuorumMessage | RangeMessage)
  }

  valueOf(): never {
    throw new Error('A client holds no values.')
  }
}
