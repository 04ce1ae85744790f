/**
 * A cluster whose nodes do nothing but hinted handoff, so that it is seen alone: a test has one keep a write for another, says whom it holds for
 * down, and reads the transcript. All copies of all keys are on all nodes; one way takes 10 ms.
 */
import type { z } from 'zod'
import type { NodeId, OperationId, ProcessId } from '../../../src/core/ids.js'
import { INITIAL, NO_OPERATION } from '../../../src/core/ids.js'
import { MILLISECOND } from '../../../src/core/units.js'
import { UPDATE } from '../../../src/history/operation-kinds.js'
import type { FailureDetector } from '../../../src/replication/leaderless/failure-detector.js'
import { valueIn } from '../../../src/replication/leaderless/held.js'
import { HAND_BACK, type HandBackMessage } from '../../../src/replication/leaderless/hints/hint-messages.js'
import { HintedHandoff } from '../../../src/replication/leaderless/hints/hinted-handoff.js'
import { type HintOptions, hintOptions } from '../../../src/replication/leaderless/hints/options.js'
import { LocalCopy } from '../../../src/replication/leaderless/local-copy.js'
import { QuorumMessage } from '../../../src/replication/leaderless/messages.js'
import { VersionedStore } from '../../../src/replication/leaderless/store.js'
import { LAST_WRITE_WINS } from '../../../src/replication/leaderless/versioned.js'
import type { Message, Replica, ReplicaContext, Request, Strategy } from '../../../src/replication/replica.js'
import { FakeCluster, type Shape } from '../fake-cluster.js'

class Opinion implements FailureDetector {
  readonly down = new Map<NodeId, number>()
  readonly missedAnswers: NodeId[] = []
  isUp = (node: NodeId) => !this.down.has(node)
  downFor = (node: NodeId) => this.down.get(node) ?? 0
  heard() {}
  missed(node: NodeId) {
    this.missedAnswers.push(node)
  }
}

/** What a node was sent that is not of hinted handoff's own: the answers to hinted writes. */
export interface Answered {
  readonly from: NodeId
  readonly kind: number
}

export class Keeper implements Replica<Message> {
  readonly hints: HintedHandoff
  readonly opinion = new Opinion()
  readonly answers: Answered[] = []
  private readonly copy: LocalCopy

  constructor(context: ReplicaContext<Message>, options: HintOptions) {
    this.copy = new LocalCopy(context, new VersionedStore(context.disk))
    this.hints = new HintedHandoff(context, options, this.copy, this.opinion, LAST_WRITE_WINS)
  }

  onStart = () => this.hints.onStart()
  onRequest() {}
  onTimer = (kind: number, argument: number) => this.hints.onTimer(kind, argument)
  onDurable = (kind: number, argument: number) => this.hints.onDurable(kind, argument)
  onOverload = (from: ProcessId, message: Message) => this.hints.onOverload(from, message)
  isIdle = () => this.hints.isIdle()
  valueOf = (key: number) => valueIn(this.copy.store.held(key))

  onMessage(from: ProcessId, message: Message) {
    if (message instanceof QuorumMessage) this.answers.push({ from, kind: message.kind })
    else this.hints.onMessage(from, message)
  }
}

const keepers = (nodes: number): Strategy<HintOptions> => ({
  name: 'keepers',
  summary: 'Nodes that keep hints.',
  limits: '',
  options: hintOptions as z.ZodType<HintOptions>,
  operations: [],
  promises: () => [],
  copies: () => nodes,
  repairPeriod: () => 0,
  place: () => ({ replicas: () => Array.from({ length: nodes }, (_, node) => node), route: () => 0 }),
  create: (context, options) => new Keeper(context, options),
})

export class Keepers extends FakeCluster<HintOptions> {
  private writes = 0

  constructor(options: object = {}, nodes = 3, shape: Partial<Shape> = {}) {
    super(keepers(nodes), options, { zones: [nodes], delay: () => 10 * MILLISECOND, ...shape })
  }

  keeper(node: NodeId): Keeper {
    return this.nodeAt(node).running as Keeper
  }

  hold(holder: NodeId, node: NodeId, isDown: boolean): void {
    const { down } = this.keeper(holder).opinion
    if (isDown) down.set(node, 0)
    else down.delete(node)
  }

  /** A write of 100 bytes, newer than all before; a message of it weighs 164 bytes, and handed back 172. */
  write(key = 0): QuorumMessage {
    const operation = this.writes++
    const request: Request = {
      operation,
      kind: UPDATE,
      key,
      element: NO_OPERATION,
      expected: NO_OPERATION,
      length: 0,
      valueBytes: 100,
      client: 0,
      zone: 0,
      attempt: 0,
      turn: 0,
      timeout: 0,
      context: null,
    }
    return QuorumMessage.write(request, { held: operation, order: operation, tie: 0 })
  }

  /** The node keeps so many new writes of as many keys for another; whether it kept the last. */
  keep(holder: NodeId, target: NodeId, count = 1): boolean {
    let isKept = false
    for (let i = 0; i < count; i++) isKept = this.keeper(holder).hints.keep(target, this.write(this.writes))
    return isKept
  }

  /** Writes that were handed back, as they were sent: `ms holder>target write`. */
  handedBack(): readonly string[] {
    return this.sent
      .filter(({ message }) => message.kind === HAND_BACK)
      .map(({ at, from, to, message }) => {
        const { operation } = (message as HandBackMessage).write
        return `${at / MILLISECOND} ${from}>${to} ${operation as OperationId}`
      })
  }

  /** What the node holds of so many first keys; null for what it was never sent. */
  holds(node: NodeId, keys: number): readonly (number | null)[] {
    return Array.from({ length: keys }, (_, key) => {
      const value = this.keeper(node).valueOf(key)
      return value === INITIAL ? null : (value as number)
    })
  }
}
