/**
 * The messages of a scan: one range of tokens asked of a replica, its answer, and the refusal of a replica whose queue is full. They are a
 * class of their own, so that the messages of reads and writes keep one shape. A scan asks a node for several ranges
 * at once; what keeps the dice of those messages apart is the attempt, which counts the ranges of all attempts of the scan
 * (the two meet after 256 ranges, and would share a delay then, nothing else).
 */
import type { OperationId } from '../../core/ids.js'
import { HEADER_BYTES } from '../message-bytes.js'
import type { Leg, Request, ScanMessage, Work } from '../replica.js'
import { LEG_READ, LEG_READ_REPLY, WORK_NONE, WORK_SCAN } from '../replica.js'
import { scanBytes } from '../scan.js'
import { firstKindOf, SCANS } from './service.js'

export const RANGE_SCAN = firstKindOf(SCANS)
export const RANGE_REPLY = RANGE_SCAN + 1
export const RANGE_REFUSED = RANGE_SCAN + 2

export class RangeMessage implements ScanMessage {
  readonly operation: OperationId

  private constructor(
    readonly kind: number,
    readonly request: Request,
    /** Its place among the ranges of the scan. */
    readonly range: number,
    readonly attempt: number,
    readonly rows: number,
  ) {
    this.operation = request.operation
  }

  get work(): Work {
    return this.kind === RANGE_SCAN ? WORK_SCAN : WORK_NONE
  }

  get leg(): Leg {
    return this.kind === RANGE_SCAN ? LEG_READ : LEG_READ_REPLY
  }

  get bytes(): number {
    return this.kind === RANGE_REPLY ? HEADER_BYTES + scanBytes(this.rows, this.request.valueBytes) : HEADER_BYTES
  }

  /** Of range number `range` among `ranges`, which holds so many rows. */
  static scan(request: Request, range: number, ranges: number, rows: number) {
    return new RangeMessage(RANGE_SCAN, request, range, request.attempt * ranges + range, rows)
  }

  static reply({ request, range, attempt, rows }: RangeMessage) {
    return new RangeMessage(RANGE_REPLY, request, range, attempt, rows)
  }

  static refusal({ request, range, attempt }: RangeMessage) {
    return new RangeMessage(RANGE_REFUSED, request, range, attempt, 0)
  }
}
