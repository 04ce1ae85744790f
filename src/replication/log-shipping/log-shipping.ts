/**
 * Replication by shipping logs: a node opens logs of its own, each with its receivers, and follows logs of others. A receiver applies each log
 * completely and in order and nothing orders the entries of different logs, so logs converge where their entries commute or
 * carry an order of their own. Nobody joins or leaves, and a receiver that never comes back holds up the trimming of the log.
 *
 * This is physical replication as PostgreSQL's, with positions for LSNs, and, among several leaders, logical replication
 * over a mesh as that of BDR.
 */
import { assert } from '../../core/assert.js'
import type { NodeId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import type { ReplicaContext } from '../replica.js'
import { Log } from './log.js'
import type { EntryHandler } from './log-receiver.js'
import { LogReceiver } from './log-receiver.js'
import { LogSender } from './log-sender.js'
import type { Acknowledgement, LogEntry, ShippingMessage } from './messages.js'
import { ACKNOWLEDGEMENT, BATCH, ENTRY } from './messages.js'
import { OutgoingLog } from './outgoing-log.js'

/** Node ids fit 16 bits, as in the history. */
const ORIGINS = 0x10000

export class LogShipping<Entry extends LogEntry> {
  private readonly outgoing = new Map<number, OutgoingLog<Entry>>()
  private readonly incoming = new Map<number, LogReceiver<Entry>>()
  /** By number, which is the argument of their timers. */
  private readonly senders: LogSender<Entry>[] = []

  constructor(
    private readonly context: ReplicaContext<ShippingMessage<Entry>>,
    private readonly onEntry: EntryHandler<Entry>,
    /** A receiver has acknowledged more of a log of ours; the entries concerned are still there. */
    private readonly onProgress: (log: number) => void,
  ) {}

  /** A log of our own. */
  open(number: number, receivers: readonly NodeId[]): OutgoingLog<Entry> {
    const disk = this.context.disk
    const log = disk.cell(`log ${number}`, new Log<Entry>()).value
    const acknowledged = disk.numbers(`acknowledged of log ${number}`, 0)
    const senders = receivers.map((receiver, i) => {
      const name = this.senders.length + i
      return new LogSender(this.context, name, number, log, receiver, acknowledged)
    })
    this.senders.push(...senders)
    const opened = new OutgoingLog(this.context, number, log, senders)
    this.outgoing.set(number, opened)
    return opened
  }

  /** A log of another node. */
  follow(origin: NodeId, number: number): void {
    const applied = this.context.disk.numbers(`applied of log ${number}`, 0)
    const receiver = new LogReceiver(this.context, origin, number, applied, this.onEntry)
    this.incoming.set(number * ORIGINS + origin, receiver)
  }

  /** Up to where another node's log has been applied here. */
  appliedFrom(origin: NodeId, number: number): number {
    return this.receiverOf(origin, number).applied
  }

  onStart(): void {
    for (const sender of this.senders) sender.resume()
  }

  onMessage(from: NodeId, message: ShippingMessage<Entry>): void {
    switch (message.kind) {
      case ENTRY:
        this.receiverOf(message.origin, message.log).receive(message)
        return
      case BATCH:
        this.receiverOf(from, message.log).receiveBatch(message)
        return
      case ACKNOWLEDGEMENT:
        this.onAcknowledgement(from, message)
        return
    }
  }

  /** The node's own service queue turned a message away. An entry that was live is sent again by its origin. */
  onOverload(message: ShippingMessage<Entry>): void {
    if (message.kind === ENTRY && message.operation === NO_OPERATION) {
      this.receiverOf(message.origin, message.log).onTurnedAway(message)
    }
  }

  /** Whether every receiver has acknowledged every log of ours. */
  get isIdle(): boolean {
    return this.senders.every((sender) => sender.isDone)
  }

  onTimer(sender: number): void {
    ;(this.senders[sender] as LogSender<Entry>).onTimer()
  }

  private onAcknowledgement(from: NodeId, message: Acknowledgement): void {
    const log = this.outgoing.get(message.log)
    assert(log !== undefined, 'an acknowledgement is of a log of ours.')
    if (!log.onAcknowledged(from, message.position)) return
    this.onProgress(message.log)
    log.trim()
  }

  private receiverOf(origin: NodeId, number: number): LogReceiver<Entry> {
    const receiver = this.incoming.get(number * ORIGINS + origin)
    assert(receiver !== undefined, 'entries arrive of logs that this node follows.')
    return receiver
  }
}
