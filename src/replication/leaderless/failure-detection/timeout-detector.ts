/**
 * Failure detection by timeouts, as in Dynamo (DeCandia et al. 2007, section 4.8.3): purely local. A node that did not answer in time is held
 * for down until it is heard, or until `retry` has passed: then it is tried again, and if it misses that too, it is down again. How
 * long it has been down counts from the first answer that it missed. Silent while everybody answers.
 *
 * `retry` is a timer, which no step of the clock moves; for how long a node has been down is told by the clock, which a step does.
 */
import type { Nanos, NodeId } from '../../../core/ids.js'
import type { Message, ReplicaContext, Timer } from '../../replica.js'
import type { FailureDetector } from '../failure-detector.js'
import { firstKindOf, GOSSIP, type Service } from '../service.js'
import type { DetectorOptions } from './options.js'

/** A node that is held for down is to be tried again; the argument is the node. */
const RETRY = firstKindOf(GOSSIP)

export class TimeoutDetector implements FailureDetector, Service {
  /** By node: 1 while it is held for down. */
  private readonly isDown: Uint8Array
  /** By node: when it first missed an answer since it was last heard, by this node's clock; NaN if it has not. */
  private readonly silentSince: Float64Array
  private readonly retries: Timer[]

  constructor(
    private readonly context: ReplicaContext<Message>,
    private readonly options: DetectorOptions,
    nodes: number,
  ) {
    this.isDown = new Uint8Array(nodes)
    this.silentSince = new Float64Array(nodes).fill(Number.NaN)
    this.retries = Array<Timer>(nodes).fill(0)
  }

  onStart(): void {}
  onMessage(): void {}

  isUp(node: NodeId): boolean {
    return this.isDown[node] === 0
  }

  downFor(node: NodeId): Nanos {
    const since = this.silentSince[node] as Nanos
    return Number.isNaN(since) ? 0 : Math.max(0, this.context.clock() - since)
  }

  heard(node: NodeId): void {
    // Clients are heard too.
    if (node >= this.isDown.length || Number.isNaN(this.silentSince[node])) return
    this.silentSince[node] = Number.NaN
    this.isDown[node] = 0
    this.context.cancelTimer(this.retries[node] as Timer)
  }

  missed(node: NodeId): void {
    if (Number.isNaN(this.silentSince[node])) this.silentSince[node] = this.context.clock()
    if (this.isDown[node] === 1) this.context.cancelTimer(this.retries[node] as Timer)
    this.isDown[node] = 1
    this.retries[node] = this.context.setTimer(RETRY, node, this.options.retry)
  }

  onTimer(_kind: number, node: NodeId): void {
    this.isDown[node] = 0
  }
}
