/**
 * Multi-leader replication: several leaders take writes of the same keys, answer at once, and ship them to each other in the
 * background over a mesh, each in a log of its own. What the entries are and how they meet is the store's (LWW or CRDT): this file
 * only sees to it that every entry reaches every copy.
 *
 * A leader passes on to its own followers, in a second log, everything that it applies, in the order in which it does. So each entry
 * reaches each copy over one path. Entries of different leaders overtake each other: there is no causal delivery.
 */
import { assert } from '../../core/assert.js'
import type { Key, NodeId } from '../../core/ids.js'
import { isRead } from '../../history/operation-kinds.js'
import type { Value } from '../../history/values.js'
import { LogShipping } from '../log-shipping/log-shipping.js'
import type { LogEntry, ShippingMessage } from '../log-shipping/messages.js'
import type { OutgoingLog } from '../log-shipping/outgoing-log.js'
import type { LeaderPlacement, ReplicaGroup } from '../placement/leader-placement.js'
import type { Outcome, Replica, ReplicaContext, Request } from '../replica.js'
import { REQUEST_WORK, RequestWork } from '../request-work.js'

export type MultiLeaderMessage<Entry extends LogEntry> = ShippingMessage<Entry> | RequestWork

/** How far each leader's log of the key's group has been applied here: leader, position, leader, position … */
export type FrontierOf = (key: Key) => readonly number[]

/** One copy of the data; `merge` must converge whatever the order of entries. */
export interface MultiLeaderStore<Entry extends LogEntry> {
  /** Does a write on this copy and returns what the other copies need of it. */
  write(request: Request): Entry
  /** Takes in what another copy's `write` returned. */
  merge(entry: Entry): void
  /** What the write returns, given its place in its leader's log. */
  writeOutcome(entry: Entry, position: number, leader: NodeId): Outcome
  readOutcome(key: Key, frontierOf: FrontierOf): Outcome
  valueOf(key: Key): Value
}

/** A group of which this node is a leader. */
interface LedGroup<Entry extends LogEntry> {
  readonly otherLeaders: readonly NodeId[]
  /** Our own writes, for the other leaders. */
  readonly own: OutgoingLog<Entry>
  /** Everything that we apply, for our followers. */
  readonly all: OutgoingLog<Entry>
}

// Two logs for each group, told apart by the lowest bit of their number.
const ownLog = (group: number): number => 2 * group
const logOfAll = (group: number): number => 2 * group + 1
const isLogOfAll = (log: number): boolean => log % 2 === 1

export class MultiLeaderReplica<Entry extends LogEntry> implements Replica<MultiLeaderMessage<Entry>> {
  private readonly shipping: LogShipping<Entry>
  /** By group. */
  private readonly led = new Map<number, LedGroup<Entry>>()
  private readonly frontierOf: FrontierOf

  constructor(
    private readonly context: ReplicaContext<MultiLeaderMessage<Entry>>,
    private readonly placement: LeaderPlacement,
    private readonly store: MultiLeaderStore<Entry>,
  ) {
    this.shipping = new LogShipping<Entry>(
      context,
      (log, entry) => this.receive(log, entry),
      () => {},
    )
    this.frontierOf = (key) => this.frontier(placement.groupOf(key))
    placement.groups.forEach((group, number) => {
      if (group.members.includes(context.id)) this.join(number, group)
    })
  }

  onStart(): void {
    this.shipping.onStart()
  }

  onRequest(request: Request): void {
    this.context.send(this.context.id, new RequestWork(request))
  }

  onMessage(from: NodeId, message: MultiLeaderMessage<Entry>): void {
    if (message.kind !== REQUEST_WORK) this.shipping.onMessage(from, message)
    else if (isRead(message.request.kind)) this.read(message.request)
    else this.write(message.request)
  }

  onTimer(_kind: number, sender: number): void {
    this.shipping.onTimer(sender)
  }

  onDurable(): void {}

  onOverload(_from: NodeId, message: MultiLeaderMessage<Entry>): void {
    if (message.kind !== REQUEST_WORK) this.shipping.onOverload(message)
    else this.context.refuse(message, { reason: 'overloaded', applied: 'no' })
  }

  isIdle(): boolean {
    return this.shipping.isIdle
  }

  valueOf(key: Key): Value {
    return this.store.valueOf(key)
  }

  private join(number: number, group: ReplicaGroup): void {
    const rank = group.leaders.indexOf(this.context.id)
    if (rank < 0) {
      const leader = group.followers.findIndex((followers) => followers.includes(this.context.id))
      this.shipping.follow(group.leaders[leader] as NodeId, logOfAll(number))
      return
    }
    const otherLeaders = group.leaders.filter((leader) => leader !== this.context.id)
    for (const leader of otherLeaders) this.shipping.follow(leader, ownLog(number))
    const own = this.shipping.open(ownLog(number), otherLeaders)
    const all = this.shipping.open(logOfAll(number), group.followers[rank] as readonly NodeId[])
    this.led.set(number, { otherLeaders, own, all })
  }

  private groupLed(group: number): LedGroup<Entry> {
    const led = this.led.get(group)
    assert(led !== undefined, 'only the leaders of a group are asked to lead it.')
    return led
  }

  private read(request: Request): void {
    this.context.reply(request.operation, this.store.readOutcome(request.key, this.frontierOf))
  }

  private write(request: Request): void {
    const group = this.groupLed(this.placement.groupOf(request.key))
    const entry = this.store.write(request)
    this.context.applied(entry.operation)
    this.context.witness(entry.operation, this.context.id)
    const position = group.own.append(entry)
    group.all.append(entry)
    this.context.reply(entry.operation, this.store.writeOutcome(entry, position, this.context.id))
  }

  private receive(log: number, entry: Entry): void {
    this.store.merge(entry)
    this.context.applied(entry.operation)
    if (!isLogOfAll(log)) this.groupLed(Math.floor(log / 2)).all.append(entry)
  }

  private frontier(group: number): readonly number[] {
    const { own, otherLeaders } = this.groupLed(group)
    const frontier: number[] = [this.context.id, own.last]
    for (const leader of otherLeaders) frontier.push(leader, this.shipping.appliedFrom(leader, ownLog(group)))
    return frontier
  }
}
