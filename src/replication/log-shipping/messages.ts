/**
 * What travels when a log is shipped: an entry, live, on behalf of the operation that wrote it; a batch of entries, sent again in the
 * background; and the receiver's acknowledgement of everything up to a position. A node may ship several logs, told apart by
 * number. A batch weighs as much as its entries would one by one.
 */
import type { NodeId, OperationId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import { HEADER_BYTES } from '../message-bytes.js'
import type { Message } from '../replica.js'
import { LEG_WRITE, LEG_WRITE_ACK, WORK_NONE, WORK_WRITE } from '../replica.js'

export const ENTRY = 1
export const BATCH = 2
export const ACKNOWLEDGEMENT = 3

export interface LogEntry {
  /** The write that it records, and which of its attempts. */
  readonly operation: OperationId
  readonly attempt: number
  /** What it weighs beside a header. */
  readonly bytes: number
}

export type ShippingMessage<Entry extends LogEntry> = EntryMessage<Entry> | BatchMessage<Entry> | Acknowledgement

export class EntryMessage<Entry extends LogEntry> implements Message {
  readonly kind = ENTRY
  readonly work = WORK_WRITE
  readonly leg = LEG_WRITE
  readonly attempt: number
  readonly bytes: number

  constructor(
    /** `NO_OPERATION` for an entry out of a batch, which its receiver sends to itself to be charged for it. */
    readonly operation: OperationId,
    readonly origin: NodeId,
    readonly log: number,
    readonly position: number,
    readonly entry: Entry,
  ) {
    this.attempt = entry.attempt
    this.bytes = HEADER_BYTES + entry.bytes
  }
}

export class BatchMessage<Entry extends LogEntry> implements Message {
  readonly kind = BATCH
  readonly work = WORK_NONE
  readonly leg = LEG_WRITE
  readonly operation = NO_OPERATION
  readonly attempt = 0
  readonly bytes: number

  constructor(
    readonly log: number,
    /** The position of the first entry. */
    readonly first: number,
    readonly entries: readonly Entry[],
  ) {
    let bytes = 0
    for (const entry of entries) bytes += HEADER_BYTES + entry.bytes
    this.bytes = bytes
  }
}

export class Acknowledgement implements Message {
  readonly kind = ACKNOWLEDGEMENT
  readonly work = WORK_NONE
  readonly leg = LEG_WRITE_ACK
  readonly bytes = HEADER_BYTES

  constructor(
    readonly operation: OperationId,
    readonly attempt: number,
    readonly log: number,
    /** The receiver has applied everything up to here. */
    readonly position: number,
  ) {}
}
