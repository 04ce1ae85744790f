/**
 * Merkle-tree anti-entropy (DeCandia et al. 2007, section 4.7): whatever else was lost, replicas that go on comparing what they hold become
 * equal. A node exchanges each range that it shares with each of the others that hold it, one pair after another; of two replicas
 * the earlier of the preference list opens. The other side may be down, slow or busy: who hears nothing for ten to twenty seconds gives an
 * exchange up, and its turn comes again. A full queue ends it too: clients go first.
 *
 * `continuous` is Riak's active anti-entropy: one exchange at every tick, no more than two under way that a node has opened and two that
 * it answers (Riak counts them together, at a tick so slow that it hardly matters; at a quick one everybody would wait for everybody).
 * `sessions` is Cassandra's repair, of all ranges of a node by turns, two at a time; both sides read all keys of the range for it. Left
 * out: whole trees sent to whoever leads the session, incremental repair, trees that grow with what is inserted.
 *
 * Records that nobody has written since the load are on every disk, also on one that was lost and came back.
 */
import type { Key, NodeId, ProcessId } from '../../../core/ids.js'
import { SECOND } from '../../../core/units.js'
import type { World } from '../../../core/world.js'
import type { Message, ReplicaContext } from '../../replica.js'
import type { FailureDetector } from '../failure-detector.js'
import type { CopyObserver, LocalCopy } from '../local-copy.js'
import type { QuorumPlacement } from '../quorum-placement.js'
import { ANTI_ENTROPY, firstKindOf, type Service } from '../service.js'
import type { Versions } from '../versioned.js'
import { Agreement, type Pair } from './agreement.js'
import { Answerer } from './answerer.js'
import { Builder } from './builder.js'
import { Exchange } from './exchange.js'
import { KeyHash } from './key-hash.js'
import { sharedIndex } from './key-index.js'
import { Opener } from './opener.js'
import type { AntiEntropyOptions } from './options.js'
import { type Parts, sendTo } from './parts.js'
import type { StreamMessage } from './stream-messages.js'
import { Streams } from './streams.js'
import { AGREED, BUSY, CLOSE, LOAD, OPEN, SCAN_KEYS, STORED, TreeMessage, VERSIONS } from './tree-messages.js'
import { Trees } from './trees.js'
import { Turns } from './turns.js'

// Timers.
const TICK = firstKindOf(ANTI_ENTROPY)
/** Was anything heard of an exchange since the last time? The argument is its serial number. */
const PATIENCE = TICK + 1
// Of the disk.
const VERSIONS_STORED = TICK

/** At least, and twice as long at most. Riak waits for five minutes, or until it notices that the other is down. */
const PATIENCE_LASTS = 10 * SECOND
/** Serial numbers of a life begin anywhere below this; they are arguments of timers, which are 32 bits. */
const LIVES_APART = 0x40000000
/** Exchanges at a time. */
const LIMIT = 2

interface Given {
  readonly context: ReplicaContext<Message>
  readonly options: AntiEntropyOptions
  readonly copy: LocalCopy
  readonly placement: QuorumPlacement
  /** Exchanges pass over those that it holds for down. */
  readonly detector: FailureDetector
  readonly versions: Versions
  readonly world: World
}

export class AntiEntropy implements Service, CopyObserver {
  private readonly context: ReplicaContext<Message>
  private readonly options: AntiEntropyOptions
  private readonly detector: FailureDetector
  private readonly parts: Parts
  private readonly streams: Streams
  private readonly builder: Builder
  private readonly opener: Opener
  private readonly answerer: Answerer
  private readonly turns: Turns
  private readonly exchanges: Exchange[] = []
  /** Another life of this node begins elsewhere, so that what it opens is not taken for what the last one has left open. */
  private serials: number
  private isAdvancing = false

  constructor({ context, options, copy, placement, detector, versions, world }: Given) {
    this.context = context
    this.options = options
    this.detector = detector
    this.serials = context.random.below(LIVES_APART)
    const { loadedValueBytes } = world
    const index = sharedIndex(placement, world.keys, options)
    const hash = new KeyHash(versions)
    const agreement = new Agreement(placement, context.id)
    const trees = new Trees(index, copy, hash)
    const end = (exchange: Exchange) => this.end(exchange)
    this.parts = { context, options, copy, index, agreement, trees, hash, versions, loadedValueBytes, end }
    this.streams = new Streams(this.parts, (exchange) => this.onSent(exchange), VERSIONS_STORED)
    this.builder = new Builder(this.parts, (exchange) => this.onBuilt(exchange))
    this.opener = new Opener(this.parts, this.streams)
    this.answerer = new Answerer(this.parts, this.streams)
    this.turns = new Turns(agreement.pairsToOpen(), (node) => detector.isUp(node))
    copy.keepSizes()
    copy.observe(this)
  }

  onStart(): void {
    const { context, options } = this
    for (const purpose of ['tree-exchange', 'tree-building', 'anti-entropy'] as const) context.account(purpose, 0)
    // Nodes do not tick all at once.
    context.setTimer(TICK, 0, Math.floor(context.random.float() * options.every))
  }

  onStored(key: Key): void {
    const { agreement, index, trees } = this.parts
    const partition = index.rangeOf(key)
    const range = agreement.rangeOf(partition)
    // Whoever stands in for a replica may hold what it does not share.
    if (range < 0) return
    agreement.changed(range)
    index.slotOf(key)
    trees.onStored(partition, key)
  }

  isIdle(): boolean {
    return this.parts.agreement.isComplete
  }

  onTimer(kind: number, argument: number): void {
    if (kind === PATIENCE) this.onPatience(argument)
    else if (this.options.mode === 'continuous') this.onTick()
    else this.beginSession()
  }

  onDurable(_kind: number, argument: number): void {
    this.streams.onDurable(argument)
  }

  onMessage(from: ProcessId, message: Message): void {
    if (message.kind === SCAN_KEYS || message.kind === LOAD) this.onOwnWork(message as TreeMessage)
    else if (message.kind === OPEN) this.onOpen(from, message as TreeMessage)
    else this.onPeersMessage(from, message as TreeMessage | StreamMessage)
  }

  onOverload(from: ProcessId, message: Message): void {
    const { kind, exchange } = message as TreeMessage | StreamMessage
    const turnedAway =
      kind === VERSIONS
        ? this.find(from, message as StreamMessage)
        : this.exchanges.find((one) => one.serial === exchange)
    if (turnedAway !== undefined) this.giveUp(turnedAway)
  }

  private onTick(): void {
    if (this.underWay(true) < LIMIT) {
      if (this.turns.isRoundOver) this.turns.beginRound()
      const pair = this.turns.next()
      if (pair !== undefined && this.isLocked(pair.range)) this.turns.putOff(pair)
      else if (pair !== undefined) this.open(pair)
    }
    this.context.setTimer(TICK, 0, this.options.every)
  }

  /** A tree that is kept up takes part in one exchange at a time: two would find and repair the same. */
  private isLocked(range: number): boolean {
    return this.options.mode === 'continuous' && this.exchanges.some((one) => one.range === range)
  }

  private beginSession(): void {
    this.turns.beginRound()
    this.goOnWithSession()
  }

  private goOnWithSession(): void {
    // A queue that is full ends an exchange while it begins.
    if (this.isAdvancing) return
    this.isAdvancing = true
    while (this.underWay(true) < LIMIT && !this.turns.isRoundOver) {
      const pair = this.turns.next()
      if (pair !== undefined) this.open(pair)
    }
    this.isAdvancing = false
    if (this.underWay(true) === 0) this.context.setTimer(TICK, 0, this.options.every)
  }

  /** Exchanges that this node has opened, or that it answers. */
  private underWay(isOpener: boolean): number {
    return this.exchanges.filter((one) => one.isOpener === isOpener).length
  }

  private open({ range, peer }: Pair): void {
    const partition = this.parts.agreement.partitions[range] as number
    const exchange = this.begin(peer, this.serials, range, partition, true)
    sendTo(this.parts, peer, 'tree-exchange', TreeMessage.open(exchange.number, partition))
    if (this.options.mode === 'sessions') this.builder.begin(exchange)
  }

  private onOpen(from: NodeId, message: TreeMessage): void {
    // A datagram may come twice.
    if (this.find(from, message) !== undefined) return
    const partition = message.numbers[0] as number
    const range = this.parts.agreement.rangeOf(partition)
    const isFull = this.options.mode === 'continuous' && this.underWay(false) >= LIMIT
    if (isFull || this.isLocked(range)) {
      sendTo(this.parts, from, 'tree-exchange', TreeMessage.plain(BUSY, message.exchange, true))
      return
    }
    const exchange = this.begin(from, message.exchange, range, partition, false)
    if (this.options.mode === 'sessions') this.builder.begin(exchange)
    else this.builder.takeLive(exchange)
  }

  private begin(peer: NodeId, number: number, range: number, partition: number, isOpener: boolean): Exchange {
    const exchange = new Exchange(this.serials++, number, peer, range, partition, isOpener)
    this.exchanges.push(exchange)
    this.context.setTimer(PATIENCE, exchange.serial, PATIENCE_LASTS)
    return exchange
  }

  private onBuilt(exchange: Exchange): void {
    if (exchange.isOpener) this.opener.compareRoots(exchange)
    else this.answerer.tellRoot(exchange)
  }

  private onSent(exchange: Exchange): void {
    if (exchange.isOpener) this.opener.onSent(exchange)
    else this.answerer.onSent(exchange)
  }

  private onOwnWork({ kind, exchange: serial }: TreeMessage): void {
    const exchange = this.exchanges.find((one) => one.serial === serial)
    if (exchange === undefined) return
    exchange.hasHeard = true
    if (kind === SCAN_KEYS) this.builder.onRead(exchange)
    else this.streams.onLoaded(exchange)
  }

  private onPeersMessage(from: NodeId, message: TreeMessage | StreamMessage): void {
    this.detector.heard(from)
    const exchange = this.find(from, message)
    if (exchange !== undefined) exchange.hasHeard = true
    if (message.kind === VERSIONS) this.streams.receive(from, message as StreamMessage, exchange)
    else if (exchange !== undefined) this.onTreeMessage(exchange, message as TreeMessage)
  }

  private onTreeMessage(exchange: Exchange, message: TreeMessage): void {
    const { kind } = message
    if (kind === STORED) this.streams.onStored(exchange)
    else if (kind === BUSY) this.onBusy(exchange)
    else if (kind === AGREED || kind === CLOSE) this.onClosed(exchange, kind)
    else if (exchange.isOpener) this.opener.onMessage(exchange, message)
    else this.answerer.onMessage(exchange, message)
  }

  private onBusy(exchange: Exchange): void {
    const { range, peer, peerRoot } = exchange
    if (this.options.mode === 'continuous' && peerRoot === null) this.turns.putOff({ range, peer })
    this.end(exchange)
  }

  private onClosed(exchange: Exchange, kind: number): void {
    const { range, peer, changes } = exchange
    if (kind === AGREED) this.parts.agreement.agree(range, peer, changes)
    this.end(exchange)
  }

  private onPatience(serial: number): void {
    const exchange = this.exchanges.find((one) => one.serial === serial)
    if (exchange === undefined) return
    if (exchange.hasHeard) {
      exchange.hasHeard = false
      this.context.setTimer(PATIENCE, serial, PATIENCE_LASTS)
    } else {
      this.detector.missed(exchange.peer)
      this.giveUp(exchange)
    }
  }

  private giveUp(exchange: Exchange): void {
    const { isOpener, number, peer } = exchange
    sendTo(this.parts, peer, 'tree-exchange', TreeMessage.plain(isOpener ? CLOSE : BUSY, number, !isOpener))
    this.end(exchange)
  }

  private end(exchange: Exchange): void {
    const place = this.exchanges.indexOf(exchange)
    if (place >= 0) this.exchanges.splice(place, 1)
    if (exchange.isOpener && this.options.mode === 'sessions') this.goOnWithSession()
  }

  /** The exchange that a message of the other is about. */
  private find(peer: NodeId, { exchange, toOpener }: TreeMessage | StreamMessage): Exchange | undefined {
    return this.exchanges.find((one) => one.peer === peer && one.number === exchange && one.isOpener === toOpener)
  }
}
