/**
 * Single-leader replication: the leader puts all writes of its group in one order, its log, and followers apply that log.
 *
 * A write is answered once it is durable at the leader and as many followers have acknowledged it as `acks` asks for, in log order; nothing but
 * the answer waits, so the leader's own copy, and any follower that is quick, shows a write before it is acknowledged
 * (PostgreSQL's `hot_standby` reads). Increments, adds and removes are done on the leader's value, and the log carries the result; a
 * compare-and-set is compared with the leader's value, acknowledged or not. A retry of a write that was done is answered and not done again.
 *
 * Invariant: every replica holds a prefix of its leader's log. A follower that lost its disk gets a snapshot; a leader that did takes over
 * the most advanced follower's state (leader-refill.ts) and begins a new log, and followers that had more fall back to it. Left
 * out: election.
 */
import { assert } from '../../core/assert.js'
import type { Key, NodeId } from '../../core/ids.js'
import { isQuery, SCAN } from '../../history/operation-kinds.js'
import type { Value } from '../../history/values.js'
import type { ObjectColumn } from '../disk.js'
import { LatestWrites } from '../latest-writes.js'
import { LogShipping } from '../log-shipping/log-shipping.js'
import type { ShippingMessage, Snapshot } from '../log-shipping/messages.js'
import type { OutgoingLog } from '../log-shipping/outgoing-log.js'
import type { StateMessage } from '../log-shipping/state-messages.js'
import {
  POSITION_ANSWER,
  POSITION_QUESTION,
  PositionAnswer,
  STATE,
  STATE_QUESTION,
  WholeState,
} from '../log-shipping/state-messages.js'
import { HEADER_BYTES } from '../message-bytes.js'
import type { LeaderPlacement } from '../placement/leader-placement.js'
import type { Holdings, Replica, ReplicaContext, Request } from '../replica.js'
import { REQUEST_WORK, RequestWork } from '../request-work.js'
import { SCANNED } from '../scan.js'
import type { Version } from '../version.js'
import {
  CONDITION_FAILED,
  failsCondition,
  nextVersion,
  readOutcome,
  valueOfVersion,
  versionsOf,
  writeOutcome,
} from '../version.js'
import { LeaderRefill, REFILL } from './leader-refill.js'

/** All versions of a group at one moment. */
export interface SingleLeaderState extends Snapshot {
  readonly versions: readonly Version[]
  readonly holdings: Holdings
}

export type SingleLeaderMessage =
  | ShippingMessage<Version, SingleLeaderState>
  | StateMessage<SingleLeaderState>
  | RequestWork

/** A group that this node leads; the log has the group's number. */
interface LedGroup {
  readonly log: OutgoingLog<Version, SingleLeaderState>
  readonly refill: LeaderRefill
  /** Writes up to this position have been answered. */
  answered: number
}

export class SingleLeaderReplica implements Replica<SingleLeaderMessage> {
  private readonly versions: ObjectColumn<Version>
  private readonly shipping: LogShipping<Version, SingleLeaderState>
  private readonly latest: LatestWrites<Version>
  /** By group. */
  private readonly led = new Map<number, LedGroup>()

  constructor(
    private readonly context: ReplicaContext<SingleLeaderMessage>,
    private readonly placement: LeaderPlacement,
    /** Followers that must have acknowledged a write before it is answered. */
    private readonly followersNeeded: number,
  ) {
    this.versions = context.disk.objects<Version>('versions')
    this.latest = new LatestWrites(context)
    this.shipping = new LogShipping<Version, SingleLeaderState>(context, {
      onEntry: (_log, version) => this.apply(version),
      onProgress: (log) => this.answer(this.groupLed(log)),
      takeState: (log) => this.stateOf(log),
      onSnapshot: (log, _origin, state) => this.install(log, state),
    })
    placement.groups.forEach((group, number) => {
      const leader = group.leaders[0] as NodeId
      if (leader === context.id) this.lead(number, group.followers[0] as readonly NodeId[])
      else if (group.members.includes(context.id)) this.shipping.follow(leader, number)
    })
  }

  onStart(): void {
    this.shipping.onStart((group) => !this.groupLed(group).refill.isOver)
    for (const { refill } of this.led.values()) refill.start()
  }

  onRequest(request: Request): void {
    this.context.send(this.context.id, new RequestWork(request))
  }

  onMessage(from: NodeId, message: SingleLeaderMessage): void {
    switch (message.kind) {
      case REQUEST_WORK:
        this.onRequestServed(message.request)
        return
      case POSITION_QUESTION:
        this.context.send(from, new PositionAnswer(message.group, this.positionIn(message.group, from)))
        return
      case POSITION_ANSWER:
        this.groupLed(message.group).refill.onPosition(from, message.position)
        return
      case STATE_QUESTION:
        this.context.send(from, new WholeState(message.group, this.stateOf(message.group)))
        return
      case STATE:
        this.groupLed(message.group).refill.onState(message)
        return
      default:
        this.shipping.onMessage(from, message)
    }
  }

  onTimer(kind: number, argument: number): void {
    if (kind === REFILL) this.groupLed(argument).refill.onTimer()
    else this.shipping.onTimer(kind, argument)
  }

  onDurable(kind: number, argument: number): void {
    this.shipping.onDurable(kind, argument)
  }

  onOverload(_from: NodeId, message: SingleLeaderMessage): void {
    if (message.kind === REQUEST_WORK) {
      this.context.refuse(message, { reason: 'overloaded', applied: 'no' })
    } else {
      this.shipping.onOverload(message as ShippingMessage<Version, SingleLeaderState>)
    }
  }

  isIdle(): boolean {
    for (const { refill } of this.led.values()) if (!refill.isOver) return false
    return this.shipping.isIdle
  }

  valueOf(key: Key): Value {
    return valueOfVersion(this.versions.get(key))
  }

  private lead(group: number, followers: readonly NodeId[]): void {
    const log = this.shipping.open(group, followers)
    const refilled = this.context.disk.numbers('groups refilled', this.shipping.isReborn ? 0 : 1)
    const refill = new LeaderRefill(
      this.context,
      group,
      followers,
      refilled,
      (state) => this.onRefilled(group, state),
      (onLoaded) => this.shipping.openLoader(onLoaded),
    )
    // After a crash, writes that were not answered yet are answered when followers acknowledge them.
    const answered = Math.max(log.trimmed, Math.min(log.last, log.acknowledgedBy(this.followersNeeded)))
    this.led.set(group, { log, refill, answered })
  }

  private groupLed(group: number): LedGroup {
    const led = this.led.get(group)
    assert(led !== undefined, 'only the leader of a group is asked to lead it.')
    return led
  }

  private onRequestServed(request: Request): void {
    if (!this.hasData(this.placement.groupOf(request.key))) {
      this.context.refuse(request, { reason: 'unavailable', applied: 'no' })
    } else if (isQuery(request.kind)) {
      const { operation, kind, key } = request
      this.context.reply(operation, kind === SCAN ? SCANNED : readOutcome(this.versions.get(key)))
    } else {
      this.write(request)
    }
  }

  /** False while this node, after it lost its disk, has not got the group's data again. */
  private hasData(group: number): boolean {
    const led = this.led.get(group)
    if (led !== undefined) return led.refill.isOver
    return !this.shipping.isEmptyFrom(this.placement.groups[group]?.leaders[0] as NodeId, group)
  }

  private write(request: Request): void {
    const group = this.groupLed(this.placement.groupOf(request.key))
    if (this.latest.isOver(request)) return
    const done = this.latest.find(request)
    if (done !== undefined) {
      if (done.order <= group.answered) this.context.reply(request.operation, writeOutcome(done))
      return
    }
    const held = this.versions.get(request.key)
    if (failsCondition(request, held)) this.context.refuse(request, CONDITION_FAILED)
    else this.append(nextVersion(held, request, group.log.last + 1, this.context.identity), request, group)
  }

  private append(version: Version, request: Request, { log }: LedGroup): void {
    this.apply(version)
    this.context.witness(version.operation, this.context.id)
    this.latest.note(request, version)
    log.append(version)
  }

  private apply(version: Version): void {
    this.versions.set(version.key, version)
    this.context.applied(version.operation)
  }

  /** Answers the writes that are durable and that enough followers have acknowledged by now. */
  private answer(group: LedGroup): void {
    const committed = group.log.acknowledgedBy(this.followersNeeded)
    while (group.answered < committed) {
      const version = group.log.at(++group.answered)
      this.context.reply(version.operation, writeOutcome(version))
    }
  }

  // --- States -------------------------------------------------------------------------------------------------------

  private positionIn(group: number, leader: NodeId): number {
    return this.shipping.isEmptyFrom(leader, group) ? -1 : this.shipping.appliedFrom(leader, group)
  }

  private contains(group: number): (key: Key) => boolean {
    return (key) => this.placement.groupOf(key) === group
  }

  private stateOf(group: number): SingleLeaderState {
    const contains = this.contains(group)
    const { copies, bytes } = versionsOf(this.versions, contains)
    const weight = bytes + HEADER_BYTES * copies.length
    return { versions: copies, keys: copies.length, bytes: weight, holdings: this.context.holdings(contains) }
  }

  /** The state takes the place of all that this node holds of the group. */
  private install(group: number, { versions, holdings }: SingleLeaderState): boolean {
    for (let key = 0; key < this.versions.length; key++) {
      if (this.placement.groupOf(key) === group) this.versions.delete(key)
    }
    for (const version of versions) this.versions.set(version.key, version)
    this.context.appliedHoldings(holdings, this.contains(group))
    return true
  }

  private onRefilled(group: number, state: SingleLeaderState | null): void {
    if (state !== null) this.install(group, state)
    this.shipping.release(group)
  }
}
