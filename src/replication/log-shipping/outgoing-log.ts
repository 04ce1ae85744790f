/**
 * A log and all who receive it, at its origin: append here, and it is shipped as soon as it is durable, so that no receiver ever has an entry
 * that its origin can lose. Entries stay until every receiver has acknowledged them.
 */
import type { NodeId } from '../../core/ids.js'
import type { ReplicaContext } from '../replica.js'
import type { Log } from './log.js'
import type { LogSender } from './log-sender.js'
import type { Acknowledgement, LogEntry, ShippingMessage, Snapshot } from './messages.js'
import { EntryMessage } from './messages.js'

/** What waits for the disk, by its kind; the argument is the place of the log among the node's own. */
export const SHIP = 1

export class OutgoingLog<Entry extends LogEntry, State extends Snapshot = Snapshot> {
  constructor(
    private readonly context: ReplicaContext<ShippingMessage<Entry, State>>,
    readonly number: number,
    /** Its place among the node's own logs. */
    private readonly place: number,
    private readonly log: Log<Entry>,
    readonly senders: readonly LogSender<Entry, State>[],
  ) {
    // What a crash has left is durable.
    log.durable = log.last
  }

  /** The position of the last entry. */
  get last(): number {
    return this.log.last
  }

  /** Every receiver has acknowledged the entries up to here. */
  get trimmed(): number {
    return this.log.trimmed
  }

  /** An entry that some receiver has not acknowledged, or the last one. */
  at(position: number): Entry {
    return this.log.at(position)
  }

  append(entry: Entry): number {
    this.trim()
    const position = this.log.append(entry)
    this.context.sync(SHIP, this.place)
    return position
  }

  /** The first entry that was not durable is so now. */
  onDurable(): void {
    const position = ++this.log.durable
    const entry = this.log.at(position)
    const message = new EntryMessage(entry.operation, this.context.id, this.number, position, entry)
    for (const sender of this.senders) sender.offer(message)
  }

  senderTo(receiver: NodeId): LogSender<Entry, State> | undefined {
    return this.senders.find((sender) => sender.receiver === receiver)
  }

  /** Returns whether that is news. */
  onAcknowledged(receiver: NodeId, acknowledgement: Acknowledgement): boolean {
    for (const sender of this.senders) {
      if (sender.receiver === receiver) return sender.onAcknowledged(acknowledgement)
    }
    return false
  }

  /** The position up to which the log is durable here and at least `count` receivers have acknowledged it. */
  acknowledgedBy(count: number): number {
    if (count === 0) return this.log.durable
    let best = 0
    for (const candidate of this.senders) {
      const position = candidate.acknowledged
      if (position > best && this.reachedBy(position) >= count) best = position
    }
    return best
  }

  trim(): void {
    this.log.trim(this.acknowledgedBy(this.senders.length))
  }

  private reachedBy(position: number): number {
    let count = 0
    for (const sender of this.senders) if (sender.acknowledged >= position) count++
    return count
  }
}
