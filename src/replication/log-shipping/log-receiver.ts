/**
 * The receiver's side of one shipped log. Entries are applied strictly in the order of the log whatever order they arrive in; those that
 * came early wait in memory and are lost in a crash, to be sent again. Every live entry is acknowledged by itself, when it is
 * applied, and a batch when its last entry is; an acknowledgement covers everything before it. Entries that were applied or
 * wait already cost no work a second time.
 *
 * A batch does not flood the node that applies it: few of its entries are in the service queue at once, and one that the queue turns away
 * stands first in line again. A batch that comes again is told how far its log has got, so a slow receiver is not taken for a dead one.
 */
import type { NodeId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import type { NumberColumn } from '../disk.js'
import type { ReplicaContext } from '../replica.js'
import type { BatchMessage, LogEntry, ShippingMessage } from './messages.js'
import { Acknowledgement, EntryMessage } from './messages.js'

/** Entries of a batch in the service queue at once: enough for the servers of a node, and few beside its clients' requests. */
const MOST_IN_SERVICE = 16

/** What a received entry does to the node that received it. */
export type EntryHandler<Entry> = (log: number, entry: Entry) => void

export class LogReceiver<Entry extends LogEntry> {
  /** Entries beyond the next, by position. */
  private readonly early = new Map<number, EntryMessage<Entry>>()
  /** The batch that is being applied; all of it is applied, early, in service, or at `nextOfBatch` or beyond. */
  private batch: BatchMessage<Entry> | null = null
  private nextOfBatch = 0
  /** Positions of entries out of batches that the node serves or has in its queue. */
  private readonly inService = new Set<number>()

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
    if (message.operation === NO_OPERATION) this.onServed(message.position)
  }

  receiveBatch(batch: BatchMessage<Entry>): void {
    if (this.applied >= batch.first) this.acknowledgeInBackground()
    if (this.batch === null || endOf(batch) > endOf(this.batch)) {
      this.batch = batch
      this.nextOfBatch = batch.first
    }
    this.serveBatch()
  }

  /** The node's service queue is full and turned away an entry out of a batch. */
  onTurnedAway(message: EntryMessage<Entry>): void {
    this.inService.delete(message.position)
    this.nextOfBatch = Math.min(this.nextOfBatch, message.position)
  }

  private onServed(position: number): void {
    this.inService.delete(position)
    this.serveBatch()
  }

  private serveBatch(): void {
    const { batch } = this
    while (batch !== null && this.nextOfBatch <= endOf(batch) && this.inService.size < MOST_IN_SERVICE) {
      const position = this.nextOfBatch++
      if (position <= this.applied || this.early.has(position) || this.inService.has(position)) continue
      const entry = batch.entries[position - batch.first] as Entry
      this.inService.add(position)
      this.context.send(this.context.id, new EntryMessage(NO_OPERATION, this.origin, this.log, position, entry))
      // Turned away at once: its turn comes when another has been served, or the batch comes again.
      if (!this.inService.has(position)) return
    }
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
    if (this.batch === null || this.applied < endOf(this.batch)) return
    this.batch = null
    this.acknowledgeInBackground()
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

  private acknowledgeInBackground(): void {
    this.context.send(this.origin, new Acknowledgement(NO_OPERATION, 0, this.log, this.applied))
  }
}

/** The position of its last entry. */
function endOf(batch: BatchMessage<LogEntry>): number {
  return batch.first + batch.entries.length - 1
}
