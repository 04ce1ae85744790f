/**
 * The sender's side of one log for one receiver. Live: every entry is sent when it is durable. Catching up: after `RESEND_AFTER` without
 * progress, while something is outstanding, one batch goes out from the first unacknowledged entry (go-back-N), and again after each
 * further such period; new entries wait. So a receiver that is down or cut off costs one batch a period. Once it acknowledges a batch the
 * next follows at once and is twice as large, and when one reaches the end of the log the sender is live again.
 *
 * A receiver that needs entries which are trimmed, or which has lost its disk, first gets a snapshot, sent again and again like a batch. Its state
 * is durable before it leaves. Nothing is sent and no timer runs while nothing is outstanding.
 */
import type { Nanos, NodeId, WriterId } from '../../core/ids.js'
import { SECOND } from '../../core/units.js'
import type { NumberColumn } from '../disk.js'
import type { ReplicaContext, Timer } from '../replica.js'
import type { Log } from './log.js'
import type { Acknowledgement, EntryMessage, LogEntry, ShippingMessage, Snapshot } from './messages.js'
import { BatchMessage, NO_SERIAL, SnapshotMessage } from './messages.js'

/** An assumption of ours: long beside any round trip on Earth, short beside any outage that an operator sees. */
export const RESEND_AFTER: Nanos = SECOND
/** The timer's kind; its argument is the sender's number. */
export const RESEND = 1
/** What waits for the disk, by its kind; the argument is the sender's number. */
export const SEND_SNAPSHOT = 2

const FIRST_BATCH = 64
const LARGEST_BATCH = 512

/** What a sender knows of its receivers, by receiver. */
export interface ReceiverRecords {
  /** It has durably applied everything up to here, as far as we know. */
  readonly acknowledged: NumberColumn
  /** The serial of the snapshot that it must load first, or `NO_SERIAL`. */
  readonly due: NumberColumn
  /** The serial of the latest snapshot made for it. */
  readonly serial: NumberColumn
  /** The latest life of its disk that has asked for a snapshot. */
  readonly life: NumberColumn
}

export class LogSender<Entry extends LogEntry, State extends Snapshot = Snapshot> {
  private catchingUp: boolean
  private batchSize = FIRST_BATCH
  /** The position of the last entry of the latest batch. */
  private batchEnd = 0
  /** 0 while none runs. */
  private timer: Timer = 0
  /** The snapshot that is due, once it is made. */
  private snapshot: SnapshotMessage<State> | null = null
  /** The snapshot is durable and may be sent. */
  private mayLeave = false
  /** Nothing is sent before the node has something to say. */
  private isHeld = false

  constructor(
    private readonly context: ReplicaContext<ShippingMessage<Entry, State>>,
    /** Names this sender in its timers. */
    private readonly number: number,
    private readonly logNumber: number,
    private readonly log: Log<Entry>,
    readonly receiver: NodeId,
    private readonly records: ReceiverRecords,
    private readonly takeState: () => State,
  ) {
    if (!this.needsSnapshot && this.acknowledged < log.trimmed) this.makeDue()
    this.catchingUp = this.needsSnapshot
  }

  get acknowledged(): number {
    return this.records.acknowledged.get(this.receiver)
  }

  get isDone(): boolean {
    return !this.needsSnapshot && this.acknowledged >= this.log.last
  }

  /** After a start: what was outstanding before a crash is sent again, unless the node is to be silent for now. */
  start(isHeld: boolean): void {
    this.isHeld = isHeld
    if (!isHeld && !this.isDone) this.probe()
  }

  /** Sends an entry that has just become durable, unless it has to wait for its turn. */
  offer(message: EntryMessage<Entry>): void {
    if (this.catchingUp) return
    this.context.send(this.receiver, message)
    if (this.timer === 0) this.startTimer()
  }

  /** The receiver has lost its disk. */
  onResume(life: WriterId): void {
    if (this.records.life.get(this.receiver) >= life) return
    this.records.life.set(this.receiver, life)
    this.records.acknowledged.set(this.receiver, 0)
    this.requireSnapshot()
  }

  /** What is in the log is not all that the receiver has to know. */
  requireSnapshot(): void {
    this.makeDue()
    this.snapshot = null
    this.catchingUp = true
    if (!this.isHeld) this.probe()
  }

  /** Returns whether that is news. */
  onAcknowledged({ position, serial }: Acknowledgement): boolean {
    const isLoaded = serial !== NO_SERIAL && serial === this.records.due.get(this.receiver)
    const isNews = position > this.acknowledged
    if (isLoaded) this.onSnapshotLoaded()
    if (isNews) this.records.acknowledged.set(this.receiver, position)
    if (this.needsSnapshot || !(isLoaded || isNews)) return isNews
    this.stopTimer()
    if (this.catchingUp && this.acknowledged >= this.batchEnd) this.continueCatchingUp()
    if (this.acknowledged < this.log.durable) this.startTimer()
    return isNews
  }

  onTimer(): void {
    this.timer = 0
    this.probe()
  }

  /** The state in the snapshot that is due is durable. */
  onDurable(): void {
    if (this.snapshot === null) return
    this.mayLeave = true
    this.context.send(this.receiver, this.snapshot)
  }

  private get needsSnapshot(): boolean {
    return this.records.due.get(this.receiver) !== NO_SERIAL
  }

  private makeDue(): void {
    const serial = Math.max(this.records.serial.get(this.receiver), this.log.trimmed) + 1
    this.records.serial.set(this.receiver, serial)
    this.records.due.set(this.receiver, serial)
  }

  private onSnapshotLoaded(): void {
    this.records.due.set(this.receiver, NO_SERIAL)
    this.batchEnd = this.snapshot?.position ?? 0
    this.snapshot = null
  }

  private probe(): void {
    this.catchingUp = true
    this.batchSize = FIRST_BATCH
    if (this.needsSnapshot) this.sendSnapshot()
    else this.sendBatch()
    this.startTimer()
  }

  private sendSnapshot(): void {
    if (this.snapshot !== null) {
      if (this.mayLeave) this.context.send(this.receiver, this.snapshot)
      return
    }
    const serial = this.records.due.get(this.receiver)
    this.snapshot = new SnapshotMessage(this.logNumber, serial, this.log.last, this.takeState())
    this.mayLeave = false
    this.context.sync(SEND_SNAPSHOT, this.number)
  }

  private continueCatchingUp(): void {
    this.batchSize = Math.min(2 * this.batchSize, LARGEST_BATCH)
    if (this.acknowledged < this.log.durable) this.sendBatch()
    // The receiver is known to answer, so what is appended from here on may follow the last batch at once. Waiting for
    // its acknowledgement would mean never to be live again under a steady load. What was sent live before may have been
    // acknowledged beyond the batch.
    this.catchingUp = Math.max(this.batchEnd, this.acknowledged) < this.log.durable
  }

  private sendBatch(): void {
    const first = this.acknowledged + 1
    const entries = this.log.from(first, Math.min(this.batchSize, this.log.durable - this.acknowledged))
    this.batchEnd = first + entries.length - 1
    this.context.send(this.receiver, new BatchMessage(this.logNumber, first, entries))
  }

  private startTimer(): void {
    if (this.timer === 0) this.timer = this.context.setTimer(RESEND, this.number, RESEND_AFTER)
  }

  private stopTimer(): void {
    if (this.timer !== 0) this.context.cancelTimer(this.timer)
    this.timer = 0
  }
}
