/**
 * Failure detection by gossip, as in Cassandra (Gossiper.java, FailureDetector.java): each `gossip` interval a node counts up its own heartbeat and
 * exchanges all that it knows with one node that it holds for up, chosen at random, and with probability down / (up + 1) with one that it
 * holds for down, which is how it finds out that somebody is back. Nodes hear of one another by way of others, so a cut between
 * two of them alone convicts nobody. The longer the newest heartbeat of a node is past, the higher is its phi
 * (arrival-window.ts); above the threshold it is down, and up again with the next heartbeat that is news.
 *
 * It can be wrong: a node that is paused or cut off looks as one that is dead. Time is local-time.ts, so steps of the clock convict nobody.
 * Nobody is known at first, and all are held for up as if they had just been heard. Left out: seeds, which heal a gossip that
 * has fallen apart before it came together, and the echo with which Cassandra asks a node before it holds it for up again.
 */
import type { Nanos, NodeId, ProcessId } from '../../../core/ids.js'
import type { DiskCell } from '../../disk.js'
import type { Message, ReplicaContext } from '../../replica.js'
import type { FailureDetector } from '../failure-detector.js'
import { firstKindOf, GOSSIP, type Service } from '../service.js'
import { ArrivalWindow } from './arrival-window.js'
import { GossipMessage, PULL, PUSH } from './gossip-messages.js'
import { type Heartbeat, Heartbeats } from './heartbeats.js'
import { LocalTime } from './local-time.js'
import type { DetectorOptions } from './options.js'

/** Time to gossip. */
const ROUND = firstKindOf(GOSSIP)
/** The generation is on the disk. */
const STARTED = ROUND + 1

export class PhiDetector implements FailureDetector, Service {
  private readonly time: LocalTime
  private readonly heartbeats: Heartbeats
  private readonly windows: ArrivalWindow[]
  /** By node: when it was convicted; NaN while it is held for up. */
  private readonly downSince: Float64Array
  private readonly savedGeneration: DiskCell<number>
  private generation = 0
  private version = 0
  private roundLength: Nanos = 0

  constructor(
    private readonly context: ReplicaContext<Message>,
    private readonly options: DetectorOptions,
    private readonly nodes: number,
  ) {
    this.time = new LocalTime(context, options.gossip)
    this.heartbeats = new Heartbeats(nodes)
    this.windows = Array.from({ length: nodes }, () => this.newWindow())
    this.downSince = new Float64Array(nodes).fill(Number.NaN)
    this.savedGeneration = context.disk.cell('generation', 0)
  }

  onStart(): void {
    const { context, savedGeneration } = this
    // As in Cassandra the time at which it started, but newer than before whatever the clock says.
    this.generation = Math.max(context.clock(), savedGeneration.value + 1)
    savedGeneration.value = this.generation
    context.sync(STARTED, 0)
    this.beat()
    this.roundLength = Math.floor(context.random.float() * this.options.gossip)
    context.setTimer(ROUND, 0, this.roundLength)
  }

  isUp(node: NodeId): boolean {
    return Number.isNaN(this.downSince[node])
  }

  downFor(node: NodeId): Nanos {
    return this.isUp(node) ? 0 : this.time.now - (this.downSince[node] as Nanos)
  }

  /** Only heartbeats count. */
  heard(): void {}
  missed(): void {}

  onTimer(): void {
    this.time.advance(this.roundLength)
    this.roundLength = this.options.gossip
    this.beat()
    this.convict()
    this.gossip()
    this.context.setTimer(ROUND, 0, this.roundLength)
  }

  onMessage(from: ProcessId, message: Message): void {
    const { kind, heartbeats } = message as GossipMessage
    for (const heartbeat of heartbeats) if (this.heartbeats.isNews(heartbeat)) this.hear(heartbeat)
    if (kind === PUSH) this.send(from, new GossipMessage(PULL, this.heartbeats.newerThan(heartbeats)))
  }

  private beat(): void {
    this.heartbeats.put({ node: this.context.id, generation: this.generation, version: this.version++ })
  }

  private convict(): void {
    const { now } = this.time
    for (let node = 0; node < this.nodes; node++) {
      if (node === this.context.id || !this.isUp(node)) continue
      if ((this.windows[node] as ArrivalWindow).phi(now) > this.options.threshold) this.downSince[node] = now
    }
  }

  private gossip(): void {
    const up: NodeId[] = []
    const down: NodeId[] = []
    for (let node = 0; node < this.nodes; node++) {
      if (node !== this.context.id) (this.isUp(node) ? up : down).push(node)
    }
    const message = new GossipMessage(PUSH, this.heartbeats.all())
    if (up.length > 0) this.send(this.oneOf(up), message)
    if (down.length > 0 && this.context.random.float() < down.length / (up.length + 1)) {
      this.send(this.oneOf(down), message)
    }
  }

  private oneOf(nodes: readonly NodeId[]): NodeId {
    return nodes[this.context.random.below(nodes.length)] as NodeId
  }

  private send(to: NodeId, message: GossipMessage): void {
    this.context.sendPeriodic('gossip', to, message)
  }

  private hear(heartbeat: Heartbeat): void {
    const { node, generation } = heartbeat
    const known = this.heartbeats.of(node)
    this.heartbeats.put(heartbeat)
    if (known === null || known.generation === generation) (this.windows[node] as ArrivalWindow).report(this.time.now)
    else this.windows[node] = this.newWindow()
    this.downSince[node] = Number.NaN
  }

  private newWindow(): ArrivalWindow {
    return new ArrivalWindow(this.time.now, 2 * this.options.gossip)
  }
}
