/**
 * What travels when a log is shipped: an entry, live, on behalf of the operation that wrote it; a batch of entries, sent again in the
 * background; a snapshot in place of entries that the origin no longer has; the receiver's acknowledgement of everything up to
 * a position; and the plea of a receiver that has lost its disk. A node may ship several logs, told apart by number. A
 * batch weighs as much as its entries would one by one.
 */
import type { NodeId, OperationId, WriterId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import { HEADER_BYTES } from '../message-bytes.js'
import type { Leg, Message } from '../replica.js'
import { LEG_WRITE, LEG_WRITE_ACK, WORK_NONE, WORK_WRITE } from '../replica.js'

export const ENTRY = 1
export const BATCH = 2
export const ACKNOWLEDGEMENT = 3
export const SNAPSHOT = 4
/** A share of the work of loading a snapshot, which a node sends to itself. */
export const LOADING = 5
export const RESUME = 6

export interface LogEntry {
  /** The write that it records, and which of its attempts. */
  readonly operation: OperationId
  readonly attempt: number
  /** What it weighs beside a header. */
  readonly bytes: number
}

/** All that a log has led to so far; what is in it is its user's. */
export interface Snapshot {
  /** Keys that it holds, which is what loading it costs. */
  readonly keys: number
  readonly bytes: number
}

export type ShippingMessage<Entry extends LogEntry, State extends Snapshot = Snapshot> =
  | EntryMessage<Entry>
  | BatchMessage<Entry>
  | Acknowledgement
  | SnapshotMessage<State>
  | LoadingWork
  | ResumeMessage

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

/** On behalf of no operation, and taken in for nothing. */
export abstract class BackgroundMessage implements Message {
  abstract readonly kind: number
  abstract readonly leg: Leg
  abstract readonly bytes: number
  readonly work = WORK_NONE
  readonly operation = NO_OPERATION
  readonly attempt = 0
}

export class BatchMessage<Entry extends LogEntry> extends BackgroundMessage {
  readonly kind = BATCH
  readonly leg = LEG_WRITE
  readonly bytes: number

  constructor(
    readonly log: number,
    /** The position of the first entry. */
    readonly first: number,
    readonly entries: readonly Entry[],
  ) {
    super()
    let bytes = 0
    for (const entry of entries) bytes += HEADER_BYTES + entry.bytes
    this.bytes = bytes
  }
}

/** Not of a snapshot. */
export const NO_SERIAL = 0

export class Acknowledgement implements Message {
  readonly kind = ACKNOWLEDGEMENT
  readonly work = WORK_NONE
  readonly leg = LEG_WRITE_ACK
  readonly bytes = HEADER_BYTES

  constructor(
    readonly operation: OperationId,
    readonly attempt: number,
    readonly log: number,
    /** The receiver durably holds everything up to here. */
    readonly position: number,
    /** Of the snapshot that it has loaded. */
    readonly serial: number = NO_SERIAL,
  ) {}
}

export class SnapshotMessage<State extends Snapshot> extends BackgroundMessage {
  readonly kind = SNAPSHOT
  readonly leg = LEG_WRITE
  readonly bytes: number

  constructor(
    readonly log: number,
    /** Snapshots of a log for one receiver are numbered upwards, over all lives of the origin's disk. */
    readonly serial: number,
    /** It holds the entries up to here. */
    readonly position: number,
    readonly state: State,
  ) {
    super()
    this.bytes = HEADER_BYTES + state.bytes
  }
}

export class LoadingWork implements Message {
  readonly kind = LOADING
  readonly work = WORK_WRITE
  readonly leg = LEG_WRITE
  readonly operation = NO_OPERATION
  readonly attempt = 0
  readonly bytes = 0

  /** Whose: the number of the loader at its node. */
  constructor(readonly loader: number) {}
}

export class ResumeMessage extends BackgroundMessage {
  readonly kind = RESUME
  readonly leg = LEG_WRITE_ACK
  readonly bytes = HEADER_BYTES

  constructor(
    readonly log: number,
    /** The life of the disk that holds nothing of the log. */
    readonly life: WriterId,
  ) {
    super()
  }
}
