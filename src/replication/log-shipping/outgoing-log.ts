/**
 * A log and all who receive it, at its origin: append here, and it is shipped. Entries stay until every receiver has
 * acknowledged them. Log and acknowledged positions are on the disk.
 */
import type { NodeId } from '../../core/ids.js'
import type { ReplicaContext } from '../replica.js'
import type { Log } from './log.js'
import type { LogSender } from './log-sender.js'
import type { LogEntry, ShippingMessage } from './messages.js'
import { EntryMessage } from './messages.js'

export class OutgoingLog<Entry extends LogEntry> {
  constructor(
    private readonly context: ReplicaContext<ShippingMessage<Entry>>,
    private readonly number: number,
    private readonly log: Log<Entry>,
    private readonly senders: readonly LogSender<Entry>[],
  ) {}

  /** The position of the last entry; 0 while there has been none. */
  get last(): number {
    return this.log.last
  }

  /** An entry that some receiver has not acknowledged, or the last one. */
  at(position: number): Entry {
    return this.log.at(position)
  }

  append(entry: Entry): number {
    this.trim()
    const position = this.log.append(entry)
    const message = new EntryMessage(entry.operation, this.context.id, this.number, position, entry)
    for (const sender of this.senders) sender.offer(message)
    return position
  }

  /** Returns whether that is news. */
  onAcknowledged(receiver: NodeId, position: number): boolean {
    for (const sender of this.senders) {
      if (sender.receiver === receiver) return sender.onAcknowledged(position)
    }
    return false
  }

  /** The position up to which at least `count` receivers have acknowledged the log. */
  acknowledgedBy(count: number): number {
    if (count === 0) return this.log.last
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
