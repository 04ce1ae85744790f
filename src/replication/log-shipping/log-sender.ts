/**
 * The origin's side of shipping one log to one receiver, a machine of two states, as etcd's raft has for each follower (`replicate` and `probe`).
 *
 * Live: every entry goes out as it is appended. Catching up: after `RESEND_AFTER` without progress, while something is
 * outstanding, one batch goes out from the first unacknowledged entry (go-back-N), and again after each further such
 * period; new entries wait. So a receiver that is down or cut off costs one batch a period. Once it acknowledges a batch the next
 * follows at once and is twice as large, and when one reaches the end of the log the sender is live again.
 *
 * Only the acknowledged position is on the disk; nothing is sent and no timer runs while nothing is outstanding.
 */
import type { Nanos, NodeId } from '../../core/ids.js'
import { SECOND } from '../../core/units.js'
import type { NumberColumn } from '../disk.js'
import type { ReplicaContext, Timer } from '../replica.js'
import type { Log } from './log.js'
import type { EntryMessage, LogEntry, ShippingMessage } from './messages.js'
import { BatchMessage } from './messages.js'

/** An assumption of ours: long beside any round trip on Earth, short beside any outage that an operator sees. */
export const RESEND_AFTER: Nanos = SECOND
/** The timer's kind; its argument is the sender's number. */
const RESEND = 1

const FIRST_BATCH = 64
const LARGEST_BATCH = 512

export class LogSender<Entry extends LogEntry> {
  private catchingUp = false
  private batchSize = FIRST_BATCH
  /** The position of the last entry of the latest batch. */
  private batchEnd = 0
  /** 0 while none runs. */
  private timer: Timer = 0

  constructor(
    private readonly context: ReplicaContext<ShippingMessage<Entry>>,
    /** Names this sender in its timers. */
    private readonly number: number,
    private readonly logNumber: number,
    private readonly log: Log<Entry>,
    readonly receiver: NodeId,
    /** By receiver. */
    private readonly acknowledgedPositions: NumberColumn,
  ) {}

  /** The receiver has applied everything up to here, as far as we know. */
  get acknowledged(): number {
    return this.acknowledgedPositions.get(this.receiver)
  }

  get isDone(): boolean {
    return this.acknowledged >= this.log.last
  }

  /** After a start: what was outstanding before a crash is sent again. */
  resume(): void {
    if (!this.isDone) this.probe()
  }

  /** Sends an entry that has just been appended, unless it has to wait for its turn. */
  offer(message: EntryMessage<Entry>): void {
    if (this.catchingUp) return
    this.context.send(this.receiver, message)
    if (this.timer === 0) this.startTimer()
  }

  /** Returns whether that is news. */
  onAcknowledged(position: number): boolean {
    if (position <= this.acknowledged) return false
    this.acknowledgedPositions.set(this.receiver, position)
    this.stopTimer()
    if (this.catchingUp && position >= this.batchEnd) this.continueCatchingUp()
    if (position < this.log.last) this.startTimer()
    return true
  }

  onTimer(): void {
    this.timer = 0
    this.probe()
  }

  private probe(): void {
    this.catchingUp = true
    this.batchSize = FIRST_BATCH
    this.sendBatch()
    this.startTimer()
  }

  private continueCatchingUp(): void {
    this.batchSize = Math.min(2 * this.batchSize, LARGEST_BATCH)
    if (this.acknowledged < this.log.last) this.sendBatch()
    // The receiver is known to answer, so what is appended from here on may follow the last batch at once. Waiting for
    // its acknowledgement would mean never to be live again under a steady load. What was sent live before may have been
    // acknowledged beyond the batch.
    this.catchingUp = Math.max(this.batchEnd, this.acknowledged) < this.log.last
  }

  private sendBatch(): void {
    const first = this.acknowledged + 1
    const entries = this.log.from(first, this.batchSize)
    this.batchEnd = first + entries.length - 1
    this.context.send(this.receiver, new BatchMessage(this.logNumber, first, entries))
  }

  private startTimer(): void {
    this.timer = this.context.setTimer(RESEND, this.number, RESEND_AFTER)
  }

  private stopTimer(): void {
    if (this.timer !== 0) this.context.cancelTimer(this.timer)
    this.timer = 0
  }
}
