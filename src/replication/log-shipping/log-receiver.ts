/**
 * The receiver's side of one shipped log. Entries are applied strictly in the order of the log whatever order they arrive in; those that
 * came early wait in memory and are lost in a crash, to be sent again. Every live entry is acknowledged by itself, when it is
 * applied, and a batch when its last entry is; an acknowledgement covers everything before it. Entries that were applied or
 * wait already cost no work a second time.
 */
import type { NodeId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import type { NumberColumn } from '../disk.js'
import type { ReplicaContext } from '../replica.js'
import type { BatchMessage, LogEntry, ShippingMessage } from './messages.js'
import { Acknowledgement, EntryMessage } from './messages.js'

/** What a received entry does to the node that received it. */
export type EntryHandler<Entry> = (log: number, entry: Entry) => void

export class LogReceiver<Entry extends LogEntry> {
  /** Entries beyond the next, by position. */
  private readonly early = new Map<number, EntryMessage<Entry>>()
  /** Where to acknowledge a batch that is being applied; 0 if there is none. */
  private batchEnd = 0

  constructor(
    private readonly context: ReplicaContext<ShippingMessage<Entry>>,
    private readonly origin: NodeId,
    private readonly log: number,
    /** By origin. */
    private readonly appliedPositions: NumberColumn,
    private readonly onEntry: EntryHandler<Entry>,
  ) {}

  get applied(): number {
    return this.appliedPositions.get(this.origin)
  }

  receive(message: EntryMessage<Entry>): void {
    if (message.position <= this.applied) this.acknowledge(message)
    else if (message.position > this.applied + 1) this.early.set(message.position, message)
    else this.applyFrom(message)
  }

  receiveBatch(batch: BatchMessage<Entry>): void {
    let position = batch.first
    for (const entry of batch.entries) {
      if (position > this.applied && !this.early.has(position)) {
        this.context.send(this.context.id, new EntryMessage(NO_OPERATION, this.origin, this.log, position, entry))
      }
      position++
    }
    // A repeated batch may be overtaken by a longer one.
    this.batchEnd = Math.max(this.batchEnd, position - 1)
    this.acknowledgeBatch()
  }

  /** Applies the next entry and those that waited for it. */
  private applyFrom(message: EntryMessage<Entry>): void {
    let next: EntryMessage<Entry> | undefined = message
    while (next !== undefined) {
      this.appliedPositions.set(this.origin, next.position)
      this.onEntry(this.log, next.entry)
      this.acknowledge(next)
      next = this.takeEarly(this.applied + 1)
    }
    this.acknowledgeBatch()
  }

  private takeEarly(position: number): EntryMessage<Entry> | undefined {
    if (this.early.size === 0) return undefined
    const message = this.early.get(position)
    this.early.delete(position)
    return message
  }

  /** Entries out of a batch are acknowledged with their batch. */
  private acknowledge(message: EntryMessage<Entry>): void {
    if (message.operation === NO_OPERATION) return
    this.context.send(this.origin, new Acknowledgement(message.operation, message.attempt, this.log, this.applied))
  }

  private acknowledgeBatch(): void {
    if (this.batchEnd === 0 || this.applied < this.batchEnd) return
    this.batchEnd = 0
    this.context.send(this.origin, new Acknowledgement(NO_OPERATION, 0, this.log, this.applied))
  }
}
