/**
 * One copy of everything on the first node, one visit to its station for each operation. It is no replication at all: it measures
 * the harness and obeys the queueing laws (M/M/c, M/D/1), which makes it the test of everything around a strategy.
 */
import { z } from 'zod'
import { Fifo } from '../core/fifo.js'
import type { Key, ProcessId } from '../core/ids.js'
import { isQuery, OPERATION_NAMES, SCAN } from '../history/operation-kinds.js'
import type { Value } from '../history/values.js'
import type { ObjectColumn } from './disk.js'
import { LatestWrites } from './latest-writes.js'
import type { Message, Placement, Replica, ReplicaContext, Request, Strategy } from './replica.js'
import { commitments } from './replica.js'
import { RequestWork } from './request-work.js'
import { SCANNED } from './scan.js'
import {
  CONDITION_FAILED,
  failsCondition,
  nextVersion,
  readOutcome,
  type Version,
  valueOfVersion,
  writeOutcome,
} from './version.js'

type Options = Record<string, never>

/** What waits for the disk: the answer to a write. */
const ANSWER = 0

class UnreplicatedReplica implements Replica<Message> {
  private readonly versions: ObjectColumn<Version>
  private readonly lastOrder: { value: number }
  private readonly latest: LatestWrites<Version>
  /** Writes that are answered once they are durable. */
  private readonly unanswered = new Fifo<Version>()

  constructor(private readonly context: ReplicaContext<Message>) {
    this.versions = context.disk.objects('versions')
    this.lastOrder = context.disk.cell('lastOrder', 0)
    this.latest = new LatestWrites(context)
  }

  onStart(): void {}

  onRequest(request: Request): void {
    this.context.send(this.context.id, new RequestWork(request))
  }

  onMessage(_from: ProcessId, message: Message): void {
    const request = (message as RequestWork).request
    const held = this.versions.get(request.key)
    if (isQuery(request.kind))
      this.context.reply(request.operation, request.kind === SCAN ? SCANNED : readOutcome(held))
    else if (!this.latest.isOver(request)) this.onWrite(request, held)
  }

  private onWrite(request: Request, held: Version | undefined): void {
    const done = this.latest.find(request)
    if (done === undefined && failsCondition(request, held)) {
      this.context.refuse(request, CONDITION_FAILED)
      return
    }
    this.unanswered.push(done ?? this.write(request, held))
    this.context.sync(ANSWER, 0)
  }

  private write(request: Request, held: Version | undefined): Version {
    const written = nextVersion(held, request, ++this.lastOrder.value, this.context.identity)
    this.versions.set(request.key, written)
    this.latest.note(request, written)
    this.context.applied(request.operation)
    this.context.witness(request.operation, this.context.id)
    return written
  }

  onTimer(): void {}

  onDurable(): void {
    const written = this.unanswered.shift() as Version
    this.context.reply(written.operation, writeOutcome(written))
  }

  onOverload(_from: ProcessId, message: Message): void {
    this.context.refuse(message, { reason: 'overloaded', applied: 'no' })
  }

  valueOf(key: Key): Value {
    return valueOfVersion(this.versions.get(key))
  }
}

const onFirstNode: Placement = { replicas: () => [0], route: () => 0 }

export const unreplicated: Strategy<Options> = {
  name: 'unreplicated',
  summary: 'One copy on one node: measures the harness and obeys the queueing laws.',
  limits: 'No copy to fail over to; every crash makes it unavailable, and a lost disk loses everything.',
  options: z.strictObject({}),
  operations: OPERATION_NAMES,
  promises: () =>
    commitments(
      'faults that keep disks',
      'converges',
      'no-stale-reads',
      'no-lost-merges',
      'no-lost-compare-and-sets',
      'idempotent-retries',
    ),
  copies: () => 1,
  repairPeriod: () => 0,
  place: () => onFirstNode,
  create: (context) => new UnreplicatedReplica(context),
}
