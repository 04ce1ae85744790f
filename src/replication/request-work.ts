/**
 * A request on its way through the service queue of the node that took it: taking it is free, doing it is not, so the node
 * sends it to itself with the work it costs. A full queue comes back as `onOverload` before anything has happened.
 */
import type { OperationId } from '../core/ids.js'
import { isQuery, SCAN } from '../history/operation-kinds.js'
import type { Request, ScanMessage } from './replica.js'
import { LEG_READ, LEG_WRITE, WORK_READ, WORK_SCAN, WORK_WRITE } from './replica.js'

/** Apart from the kinds of log-shipping/messages.ts. */
export const REQUEST_WORK = 8

export class RequestWork implements ScanMessage {
  readonly kind = REQUEST_WORK
  readonly work: number
  readonly leg: number
  readonly operation: OperationId
  readonly attempt: number
  /** It never meets the network. */
  readonly bytes = 0

  constructor(readonly request: Request) {
    const reads = isQuery(request.kind)
    this.work = !reads ? WORK_WRITE : request.kind === SCAN ? WORK_SCAN : WORK_READ
    this.leg = reads ? LEG_READ : LEG_WRITE
    this.operation = request.operation
    this.attempt = request.attempt
  }

  get rows(): number {
    return this.request.length
  }
}
