/**
 * Versions on their way between the two replicas of an exchange. A sender reads some, sends them in one message and goes on once it knows them
 * stored, so a stream never has more than that under way and gives in to whatever else the nodes do; if a queue is full, the exchange is
 * given up, and the next one finds what is left.
 *
 * Continuous exchange sends keys one by one, as Riak repairs them by a read each. Sessions send 64 of them at a time, which the other stores at
 * one go, as Cassandra appends what it is streamed. Left out: their limits in bytes per second.
 */
import type { Key, NodeId } from '../../../core/ids.js'
import type { Versioned } from '../versioned.js'
import type { Exchange } from './exchange.js'
import { entryOf, type Parts, sendTo } from './parts.js'
import { StreamMessage } from './stream-messages.js'
import { LOAD, STORED, TreeMessage } from './tree-messages.js'

const BATCH = 64

/** Whom to tell that what it sent is durable. */
interface Sender {
  readonly node: NodeId
  readonly exchange: number
  readonly toOpener: boolean
}

export class Streams {
  /** By ticket. */
  private readonly undurable = new Map<number, Sender>()
  private tickets = 0
  private readonly batch: number

  constructor(
    private readonly parts: Parts,
    /** Everything that the exchange was to send has been stored. */
    private readonly onSent: (exchange: Exchange) => void,
    private readonly syncKind: number,
  ) {
    this.batch = parts.options.mode === 'sessions' ? BATCH : 1
  }

  /** Sends what is outgoing, unless that is under way. */
  flow(exchange: Exchange): void {
    if (exchange.inTransit !== null) return
    if (exchange.outgoing.length === 0) {
      this.onSent(exchange)
      return
    }
    // From the end, which is cheaper; in what order they go does not matter.
    exchange.inTransit = exchange.outgoing.splice(-this.batch)
    const { context } = this.parts
    context.send(context.id, TreeMessage.work(LOAD, exchange.serial, exchange.inTransit.length))
  }

  onLoaded(exchange: Exchange): void {
    // A tombstone may have been purged since it was asked for.
    const keys = (exchange.inTransit ?? []).filter((key) => this.parts.trees.holds(key))
    const entries = keys.map((key) => entryOf(this.parts, key))
    const message = new StreamMessage(exchange.number, !exchange.isOpener, entries)
    sendTo(this.parts, exchange.peer, 'anti-entropy', message)
  }

  /** The peer has stored what was sent. */
  onStored(exchange: Exchange): void {
    exchange.inTransit = null
    this.flow(exchange)
  }

  /** Stores versions, and says so once they are durable; `exchange` is undefined if it was given up. */
  receive(from: NodeId, { exchange: number, toOpener, entries }: StreamMessage, exchange: Exchange | undefined): void {
    for (const { key, version, valueBytes } of entries) {
      this.parts.copy.apply(key, version, valueBytes)
      if (exchange?.isOpener && this.parts.options.mode === 'continuous') this.sendBack(exchange, key, version)
    }
    this.undurable.set(this.tickets, { node: from, exchange: number, toOpener: !toOpener })
    this.parts.context.sync(this.syncKind, this.tickets++)
  }

  onDurable(ticket: number): void {
    const { node, exchange, toOpener } = this.undurable.get(ticket) as Sender
    this.undurable.delete(ticket)
    sendTo(this.parts, node, 'anti-entropy', TreeMessage.plain(STORED, exchange, toOpener))
  }

  /** What is held after a merge goes back if the sender has not got all of it. */
  private sendBack(exchange: Exchange, key: Key, received: Versioned): void {
    const { copy, hash } = this.parts
    const { high, low } = hash.of(key, received)
    const held = hash.of(key, copy.at(key))
    if (held.high !== high || held.low !== low) exchange.outgoing.push(key)
  }
}
