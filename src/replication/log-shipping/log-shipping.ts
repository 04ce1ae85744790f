/**
 * Replication by shipping logs: a node opens logs of its own, each with its receivers, and follows logs of others. A receiver applies each log
 * completely and in order and nothing orders the entries of different logs, so logs converge where their entries commute or
 * carry an order of their own. Nobody joins or leaves, and a receiver that never comes back holds up the trimming of the log.
 *
 * A disk that was lost comes back under another identity: its logs begin at positions that no earlier life has used, and its
 * receivers ask for snapshots. What the logs of the earlier life had not brought to everyone is for the user to spread.
 *
 * This is physical replication as PostgreSQL's, with positions for LSNs, and, among several leaders, logical replication
 * over a mesh as that of BDR. Timers and waits for the disk of kinds from 8 on are the user's own.
 */
import { assert } from '../../core/assert.js'
import type { NodeId, WriterId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import type { ReplicaContext } from '../replica.js'
import { Log, positionBefore } from './log.js'
import type { LogUser, OpenLoader } from './log-receiver.js'
import { ACKNOWLEDGE, ASK_AGAIN, LogReceiver } from './log-receiver.js'
import { LogSender, RESEND, SEND_SNAPSHOT } from './log-sender.js'
import type { Acknowledgement, LogEntry, ShippingMessage, Snapshot } from './messages.js'
import { ACKNOWLEDGEMENT, BATCH, ENTRY, LOADING, RESUME, SNAPSHOT } from './messages.js'
import { OutgoingLog, SHIP } from './outgoing-log.js'
import { LOAD_AGAIN, SnapshotLoader } from './snapshot-loader.js'

/** Node ids fit 16 bits, as in the history. */
const ORIGINS = 0x10000

/** What it loads is known to who opened it. */
type AnyLoader = Pick<SnapshotLoader<never>, 'onServed' | 'onTurnedAway' | 'onTimer'>

export interface ShippingUser<Entry, State extends Snapshot> extends LogUser<Entry, State> {
  /** More of a log of ours is durable here or at a receiver; the entries concerned are still there. */
  onProgress(log: number): void
  /** All that a log of ours has led to; it must not change later. */
  takeState(log: number): State
}

export class LogShipping<Entry extends LogEntry, State extends Snapshot = Snapshot> {
  /** The life of the disk in which this node's logs were opened. */
  readonly life: WriterId
  private readonly outgoing = new Map<number, OutgoingLog<Entry, State>>()
  private readonly incoming = new Map<number, LogReceiver<Entry, State>>()
  // By number, which is the argument of timers and waits for the disk.
  private readonly logs: OutgoingLog<Entry, State>[] = []
  private readonly senders: LogSender<Entry, State>[] = []
  private readonly receivers: LogReceiver<Entry, State>[] = []
  private readonly loaders: AnyLoader[] = []

  constructor(
    private readonly context: ReplicaContext<ShippingMessage<Entry, State>>,
    private readonly user: ShippingUser<Entry, State>,
  ) {
    this.life = context.disk.cell('life', context.identity).value
  }

  /** The disk was lost at some time, and refilled or not. */
  get isReborn(): boolean {
    return this.life !== this.context.id
  }

  /** A log of our own. */
  open(number: number, receivers: readonly NodeId[]): OutgoingLog<Entry, State> {
    const { disk, id } = this.context
    const log = disk.part(`log ${number}`, (journal) => new Log<Entry>(journal, positionBefore(id, this.life)))
    const records = {
      acknowledged: disk.hearsay(`acknowledged of log ${number}`, 0),
      due: disk.numbers(`snapshot due of log ${number}`, 0),
      serial: disk.numbers(`snapshots of log ${number}`, 0),
      life: disk.numbers(`receivers' lives of log ${number}`, 0),
    }
    const takeState = () => this.user.takeState(number)
    const senders = receivers.map((receiver, i) => {
      const name = this.senders.length + i
      return new LogSender(this.context, name, number, log, receiver, records, takeState)
    })
    this.senders.push(...senders)
    const opened = new OutgoingLog(this.context, number, this.logs.length, log, senders)
    this.logs.push(opened)
    this.outgoing.set(number, opened)
    return opened
  }

  /** A log of another node. */
  follow(origin: NodeId, number: number): void {
    const { disk } = this.context
    const records = {
      applied: disk.numbers(`applied of log ${number}`, 0),
      loaded: disk.numbers(`snapshot loaded of log ${number}`, 0),
    }
    const name = this.receivers.length
    const openLoader: OpenLoader = (onLoaded) => this.openLoader(onLoaded)
    const receiver = new LogReceiver(this.context, name, origin, number, records, this.life, this.user, openLoader)
    this.receivers.push(receiver)
    this.incoming.set(number * ORIGINS + origin, receiver)
  }

  /** Loads states that did not come with a log, at the same price. */
  openLoader<Source extends { readonly state: Snapshot }>(onLoaded: (source: Source) => void): SnapshotLoader<Source> {
    const loader = new SnapshotLoader<Source>(this.context, this.loaders.length, onLoaded)
    this.loaders.push(loader)
    return loader
  }

  /** Up to where another node's log has been applied here. */
  appliedFrom(origin: NodeId, number: number): number {
    return this.receiverOf(origin, number).applied
  }

  /** This node has lost what it held of another node's log and has no snapshot of it yet. */
  isEmptyFrom(origin: NodeId, number: number): boolean {
    return this.receiverOf(origin, number).isEmpty
  }

  /** Logs that are held are silent until they are released. */
  onStart(isHeld: (log: number) => boolean = () => false): void {
    for (const { number, senders } of this.logs) for (const sender of senders) sender.start(isHeld(number))
    for (const receiver of this.receivers) receiver.start()
  }

  release(log: number): void {
    for (const sender of this.logOf(log).senders) sender.start(false)
  }

  /** What the log has led to is not all that its receivers have to know: each of them gets a snapshot. */
  requireSnapshots(log: number): void {
    for (const sender of this.logOf(log).senders) sender.requireSnapshot()
  }

  /** The same for one node, if it receives the log. */
  requireSnapshotTo(receiver: NodeId, log: number): void {
    this.logOf(log).senderTo(receiver)?.requireSnapshot()
  }

  onMessage(from: NodeId, message: ShippingMessage<Entry, State>): void {
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
      case SNAPSHOT:
        this.receiverOf(from, message.log).receiveSnapshot(message)
        return
      case LOADING:
        this.loaderOf(message.loader).onServed()
        return
      case RESUME:
        this.logOf(message.log).senderTo(from)?.onResume(message.life)
        return
    }
  }

  /** The node's own service queue turned a message away. An entry that was live is sent again by its origin. */
  onOverload(message: ShippingMessage<Entry, State>): void {
    if (message.kind === LOADING) {
      this.loaderOf(message.loader).onTurnedAway()
    } else if (message.kind === ENTRY && message.operation === NO_OPERATION) {
      this.receiverOf(message.origin, message.log).onTurnedAway(message)
    }
  }

  onTimer(kind: number, argument: number): void {
    if (kind === RESEND) (this.senders[argument] as LogSender<Entry, State>).onTimer()
    else if (kind === ASK_AGAIN) (this.receivers[argument] as LogReceiver<Entry, State>).onTimer()
    else if (kind === LOAD_AGAIN) this.loaderOf(argument).onTimer()
    else assert(false, 'a timer of log shipping is one of its kinds.')
  }

  onDurable(kind: number, argument: number): void {
    switch (kind) {
      case SHIP: {
        const log = this.logs[argument] as OutgoingLog<Entry, State>
        log.onDurable()
        this.user.onProgress(log.number)
        return
      }
      case SEND_SNAPSHOT:
        ;(this.senders[argument] as LogSender<Entry, State>).onDurable()
        return
      case ACKNOWLEDGE:
        ;(this.receivers[argument] as LogReceiver<Entry, State>).onDurable()
        return
      default:
        assert(false, 'what waits for the disk in log shipping is of one of its kinds.')
    }
  }

  /** Whether every receiver has acknowledged every log of ours, and we have every log of others. */
  get isIdle(): boolean {
    return this.senders.every((sender) => sender.isDone) && this.receivers.every((receiver) => !receiver.isEmpty)
  }

  private onAcknowledgement(from: NodeId, message: Acknowledgement): void {
    const log = this.logOf(message.log)
    if (!log.onAcknowledged(from, message)) return
    this.user.onProgress(message.log)
    log.trim()
  }

  private loaderOf(number: number): AnyLoader {
    const loader = this.loaders[number]
    assert(loader !== undefined, 'work of loading is of a loader of ours.')
    return loader
  }

  private logOf(number: number): OutgoingLog<Entry, State> {
    const log = this.outgoing.get(number)
    assert(log !== undefined, 'what is asked or told of a log is of a log of ours.')
    return log
  }

  private receiverOf(origin: NodeId, number: number): LogReceiver<Entry, State> {
    const receiver = this.incoming.get(number * ORIGINS + origin)
    assert(receiver !== undefined, 'entries arrive of logs that this node follows.')
    return receiver
  }
}
