/**
 * The receiver's side of one shipped log. Entries are applied strictly in the order of the log whatever order they arrive in; those that
 * came early wait in memory and are lost in a crash, to be sent again. Every live entry is acknowledged by itself, when it is applied
 * and durable, and a batch when its last entry is; an acknowledgement covers everything before it. Entries that were
 * applied or wait already cost no work a second time. A snapshot takes the place of all entries up to its position.
 *
 * A batch does not flood the node that applies it: few of its entries are in the service queue at once, and one that the queue turns away
 * stands first in line again. A batch that comes again is told how far its log has got, so a slow receiver is not taken for a dead one.
 * A receiver whose disk was lost asks for a snapshot until it has one.
 */
import { Fifo } from '../../core/fifo.js'
import type { NodeId, WriterId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import type { NumberColumn } from '../disk.js'
import type { ReplicaContext } from '../replica.js'
import { RESEND_AFTER } from './log-sender.js'
import type { BatchMessage, LogEntry, ShippingMessage, Snapshot, SnapshotMessage } from './messages.js'
import { Acknowledgement, EntryMessage, ResumeMessage } from './messages.js'
import type { SnapshotLoader } from './snapshot-loader.js'

/** Entries of a batch in the service queue at once: enough for the servers of a node, and few beside its clients' requests. */
const MOST_IN_SERVICE = 16
/** The timer's kind; its argument is the receiver's number. */
export const ASK_AGAIN = 2
/** What waits for the disk, by its kind; the argument is the receiver's number. */
export const ACKNOWLEDGE = 3

/** What a received entry, or a snapshot, does to the node that received it. */
export interface LogUser<Entry, State extends Snapshot> {
  onEntry(log: number, entry: Entry): void
  /** Returns whether the state holds all that this node knows and its origin must know; if not, it will be asked for again. */
  onSnapshot(log: number, origin: NodeId, state: State): boolean
}

/** Makes a loader at this node. */
export type OpenLoader = <Source extends { readonly state: Snapshot }>(
  onLoaded: (source: Source) => void,
) => SnapshotLoader<Source>

/** How far a receiver has got, by origin. */
export interface OriginRecords {
  readonly applied: NumberColumn
  /** The serial of the latest snapshot that was loaded; 0 if there was none. */
  readonly loaded: NumberColumn
}

export class LogReceiver<Entry extends LogEntry, State extends Snapshot> {
  /** Entries beyond the next, by position. */
  private readonly early = new Map<number, EntryMessage<Entry>>()
  /** The batch that is being applied; all of it is applied, early, in service, or at `nextOfBatch` or beyond. */
  private batch: BatchMessage<Entry> | null = null
  private nextOfBatch = 0
  /** Positions of entries out of batches that the node serves or has in its queue. */
  private readonly inService = new Set<number>()
  /** Acknowledgements of what is applied and not yet known to be durable. */
  private readonly owed = new Fifo<Acknowledgement>()
  private readonly loader: SnapshotLoader<SnapshotMessage<State>>

  constructor(
    private readonly context: ReplicaContext<ShippingMessage<Entry, State>>,
    private readonly number: number,
    private readonly origin: NodeId,
    private readonly log: number,
    private readonly records: OriginRecords,
    /** The life of the disk; one that was lost holds nothing of the log until it has a snapshot. */
    private readonly life: WriterId,
    private readonly user: LogUser<Entry, State>,
    openLoader: OpenLoader,
  ) {
    this.loader = openLoader((message: SnapshotMessage<State>) => this.onLoaded(message))
  }

  get applied(): number {
    return this.records.applied.get(this.origin)
  }

  /** Nothing of the log is here, and that is not because there is nothing. */
  get isEmpty(): boolean {
    return this.life !== this.context.id && this.loaded === 0
  }

  start(): void {
    if (this.isEmpty) this.ask()
  }

  onTimer(): void {
    if (this.isEmpty) this.ask()
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

  receiveSnapshot(message: SnapshotMessage<State>): void {
    if (message.serial > this.loaded) this.loader.load(message)
    else this.acknowledgeInBackground()
  }

  /** The node's own service queue is full and turned away an entry out of a batch. */
  onTurnedAway(message: EntryMessage<Entry>): void {
    this.inService.delete(message.position)
    this.nextOfBatch = Math.min(this.nextOfBatch, message.position)
  }

  /** What the oldest acknowledgement that is owed tells is durable. */
  onDurable(): void {
    this.context.send(this.origin, this.owed.shift() as Acknowledgement)
  }

  private get loaded(): number {
    return this.records.loaded.get(this.origin)
  }

  private ask(): void {
    this.context.send(this.origin, new ResumeMessage(this.log, this.life))
    this.context.setTimer(ASK_AGAIN, this.number, RESEND_AFTER)
  }

  private onLoaded(message: SnapshotMessage<State>): void {
    if (message.serial <= this.loaded) return
    if (message.position > this.applied) this.records.applied.set(this.origin, message.position)
    for (const position of [...this.early.keys()]) if (position <= this.applied) this.early.delete(position)
    if (this.user.onSnapshot(this.log, this.origin, message.state)) this.records.loaded.set(this.origin, message.serial)
    const next = this.takeEarly(this.applied + 1)
    if (next !== undefined) this.applyFrom(next)
    this.acknowledgeInBackground()
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
      this.records.applied.set(this.origin, next.position)
      this.user.onEntry(this.log, next.entry)
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
  private acknowledge({ operation, attempt }: EntryMessage<Entry>): void {
    if (operation !== NO_OPERATION) this.owe(new Acknowledgement(operation, attempt, this.log, this.applied))
  }

  private acknowledgeInBackground(): void {
    this.owe(new Acknowledgement(NO_OPERATION, 0, this.log, this.applied, this.loaded))
  }

  private owe(acknowledgement: Acknowledgement): void {
    this.owed.push(acknowledgement)
    this.context.sync(ACKNOWLEDGE, this.number)
  }
}

/** The position of its last entry. */
function endOf(batch: BatchMessage<LogEntry>): number {
  return batch.first + batch.entries.length - 1
}
