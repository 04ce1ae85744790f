/** What coordinates on a node or in a client's process: operations on one key, and beside them scans. */
import type { NodeId, ProcessId } from '../../core/ids.js'
import { SCAN } from '../../history/operation-kinds.js'
import type { Request } from '../replica.js'
import type { Coordination } from './coordination.js'
import { Coordinator } from './coordinator.js'
import type { QuorumMessage } from './messages.js'
import type { SerialRequests } from './paxos/paxos.js'
import { RANGE_SCAN, type RangeMessage } from './range-messages.js'
import { ScanCoordinator } from './scan-coordinator.js'

export class Coordinators {
  readonly ofKeys: Coordinator
  private readonly ofScans: ScanCoordinator

  constructor(
    parts: Omit<Coordination, 'ends'>,
    /** Null where no operation goes through Paxos. */
    private readonly serial: SerialRequests | null = null,
  ) {
    this.ofKeys = new Coordinator(parts)
    this.ofScans = new ScanCoordinator(parts.context, parts.options, parts.placement)
  }

  /** `via` is the node that has handed the request on, if one has. */
  onRequest(request: Request, via: NodeId | null = null): void {
    if (request.kind === SCAN) this.ofScans.onRequest(request)
    else if (this.serial?.takes(request)) this.serial.onRequest(request, via)
    else this.ofKeys.onRequest(request, via)
  }

  onAnswer(from: ProcessId, message: QuorumMessage | RangeMessage): void {
    if (message.kind >= RANGE_SCAN) this.ofScans.onAnswer(from, message as RangeMessage)
    else this.ofKeys.onAnswer(from, message as QuorumMessage)
  }
}
