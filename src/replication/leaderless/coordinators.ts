/** What coordinates on a node or in a client's process: operations on one key, and beside them scans. */
import type { ProcessId } from '../../core/ids.js'
import { SCAN } from '../../history/operation-kinds.js'
import type { Message, ReplicaContext, Request } from '../replica.js'
import { Coordinator } from './coordinator.js'
import type { QuorumMessage } from './messages.js'
import type { QuorumOptions } from './quorum-options.js'
import type { QuorumPlacement } from './quorum-placement.js'
import { RANGE_SCAN, type RangeMessage } from './range-messages.js'
import { ScanCoordinator } from './scan-coordinator.js'

export class Coordinators {
  private readonly ofKeys: Coordinator
  private readonly ofScans: ScanCoordinator

  constructor(context: ReplicaContext<Message>, options: QuorumOptions, placement: QuorumPlacement) {
    this.ofKeys = new Coordinator(context, options, placement)
    this.ofScans = new ScanCoordinator(context, options, placement)
  }

  onRequest(request: Request): void {
    if (request.kind === SCAN) this.ofScans.onRequest(request)
    else this.ofKeys.onRequest(request)
  }

  onAnswer(from: ProcessId, message: QuorumMessage | RangeMessage): void {
    if (message.kind >= RANGE_SCAN) this.ofScans.onAnswer(from, message as RangeMessage)
    else this.ofKeys.onAnswer(from, message as QuorumMessage)
  }
}
