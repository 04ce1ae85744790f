/**
 * Single-leader replication: the leader puts all writes of its group in one order, its log, and followers apply that log.
 *
 * A write is answered once as many followers have acknowledged it as `acks` asks for, in log order; nothing but the answer waits, so the
 * leader's own copy, and any follower that is quick, shows a write before it is acknowledged (PostgreSQL's `hot_standby`
 * reads). Increments, adds and removes are done on the leader's value, and the log carries the result.
 *
 * Invariant: every replica holds a prefix of its leader's log. Left out: election, terms, truncation of a lost tail.
 */
import { assert } from '../../core/assert.js'
import type { Key, NodeId } from '../../core/ids.js'
import { isRead } from '../../history/operation-kinds.js'
import type { Value } from '../../history/values.js'
import type { ObjectColumn } from '../disk.js'
import { LogShipping } from '../log-shipping/log-shipping.js'
import type { ShippingMessage } from '../log-shipping/messages.js'
import type { OutgoingLog } from '../log-shipping/outgoing-log.js'
import type { LeaderPlacement } from '../placement/leader-placement.js'
import type { Replica, ReplicaContext, Request } from '../replica.js'
import { REQUEST_WORK, RequestWork } from '../request-work.js'
import type { Version } from '../version.js'
import { nextVersion, readOutcome, valueOfVersion, writeOutcome } from '../version.js'

export type SingleLeaderMessage = ShippingMessage<Version> | RequestWork

/** A group that this node leads; the log has the group's number. */
interface LedGroup {
  readonly log: OutgoingLog<Version>
  /** Writes up to this position have been answered; those before a crash never are. */
  answered: number
}

export class SingleLeaderReplica implements Replica<SingleLeaderMessage> {
  private readonly versions: ObjectColumn<Version>
  private readonly shipping: LogShipping<Version>
  /** By group. */
  private readonly led = new Map<number, LedGroup>()

  constructor(
    private readonly context: ReplicaContext<SingleLeaderMessage>,
    private readonly placement: LeaderPlacement,
    /** Followers that must have acknowledged a write before it is answered. */
    private readonly followersNeeded: number,
  ) {
    this.versions = context.disk.objects<Version>('versions')
    this.shipping = new LogShipping<Version>(
      context,
      (_log, version) => this.apply(version),
      (log) => this.answer(this.groupLed(log)),
    )
    placement.groups.forEach((group, number) => {
      const leader = group.leaders[0] as NodeId
      if (leader === context.id) this.lead(number, group.followers[0] as readonly NodeId[])
      else if (group.members.includes(context.id)) this.shipping.follow(leader, number)
    })
  }

  onStart(): void {
    this.shipping.onStart()
  }

  onRequest(request: Request): void {
    this.context.send(this.context.id, new RequestWork(request))
  }

  onMessage(from: NodeId, message: SingleLeaderMessage): void {
    if (message.kind !== REQUEST_WORK) this.shipping.onMessage(from, message)
    else if (isRead(message.request.kind)) this.read(message.request)
    else this.write(message.request)
  }

  onTimer(_kind: number, sender: number): void {
    this.shipping.onTimer(sender)
  }

  onDurable(): void {}

  onOverload(_from: NodeId, message: SingleLeaderMessage): void {
    if (message.kind !== REQUEST_WORK) this.shipping.onOverload(message)
    else this.context.refuse(message, { reason: 'overloaded', applied: 'no' })
  }

  isIdle(): boolean {
    return this.shipping.isIdle
  }

  valueOf(key: Key): Value {
    return valueOfVersion(this.versions.get(key))
  }

  private lead(group: number, followers: readonly NodeId[]): void {
    const log = this.shipping.open(group, followers)
    this.led.set(group, { log, answered: log.last })
  }

  private groupLed(group: number): LedGroup {
    const led = this.led.get(group)
    assert(led !== undefined, 'only the leader of a group is asked to lead it.')
    return led
  }

  private read(request: Request): void {
    this.context.reply(request.operation, readOutcome(this.versions.get(request.key)))
  }

  private write(request: Request): void {
    const group = this.groupLed(this.placement.groupOf(request.key))
    const index = group.log.last + 1
    const version = nextVersion(this.versions.get(request.key), request, index, this.context.id)
    this.apply(version)
    this.context.witness(version.operation, this.context.id)
    group.log.append(version)
    this.answer(group)
  }

  private apply(version: Version): void {
    this.versions.set(version.key, version)
    this.context.applied(version.operation)
  }

  /** Answers the writes that enough followers have acknowledged by now. */
  private answer(group: LedGroup): void {
    const committed = group.log.acknowledgedBy(this.followersNeeded)
    while (group.answered < committed) {
      const version = group.log.at(++group.answered)
      this.context.reply(version.operation, writeOutcome(version))
    }
  }
}
