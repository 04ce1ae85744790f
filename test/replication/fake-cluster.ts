/**
 * A small host for replicas, independent of the simulator: a clock, a queue of events, links that can be slow or cut, nodes that crash and
 * come back on the same disk. Clients are at distance 0, every delay and service time is given by the test, and
 * what matters is written down as a transcript. Nodes serve any number of messages at once.
 */
import { assert } from '../../src/core/assert.js'
import type { Key, Nanos, NodeId, OperationId, ProcessId, WriterId, ZoneId } from '../../src/core/ids.js'
import { NO_OPERATION } from '../../src/core/ids.js'
import { RandomStream } from '../../src/core/random.js'
import { MILLISECOND, SECOND } from '../../src/core/units.js'
import type { World } from '../../src/core/world.js'
import { ADD, INCREMENT, READ, REMOVE, UPDATE } from '../../src/history/operation-kinds.js'
import type { Value } from '../../src/history/values.js'
import { Disk } from '../../src/replication/disk.js'
import type {
  Attempt,
  HintEvent,
  Holdings,
  Message,
  Placement,
  Purpose,
  Refusal,
  Replica,
  ReplicaContext,
  Request,
  Strategy,
} from '../../src/replication/replica.js'
import { Outcome, WORK_NONE } from '../../src/replication/replica.js'

export interface Shape {
  /** Nodes of each zone; zones are called a, b, c … and zone i is 10 ms * |i - j| + 1 ms away from zone j. */
  readonly zones: readonly number[]
  readonly delay?: (from: NodeId, to: NodeId, message: Message) => Nanos
  readonly service?: (node: NodeId, message: Message) => Nanos
  readonly clock?: (node: NodeId, now: Nanos) => Nanos
  readonly seed?: number
  /** Records that were loaded; a hundred unless said. */
  readonly keys?: number
}

interface Event {
  readonly at: Nanos
  readonly sequence: number
  readonly run: () => void
}

export function worldOf(zones: readonly number[], keys = 100): World {
  const zoneOf = zones.flatMap((nodes, zone) => Array<ZoneId>(nodes).fill(zone))
  return {
    zones: zones.map((_, zone) => ({
      name: String.fromCharCode('a'.charCodeAt(0) + zone),
      nodes: zoneOf.flatMap((other, node) => (other === zone ? [node] : [])),
      clients: 1 / zones.length,
    })),
    zoneOf,
    keys,
    keysPerRecord: 1,
    loadedValueBytes: 100,
    coordinator: 'token-aware',
    failOver: false,
    hasDatagrams: false,
    distance: (from, to) => (10 * Math.abs(from - to) + 1) * MILLISECOND,
  }
}

export class FakeCluster<Options> {
  readonly world: World
  readonly options: Options
  readonly placement: Placement
  readonly nodes: readonly FakeNode[]
  now: Nanos = 0
  /** Messages between nodes, as they were sent. */
  readonly sent: { readonly at: Nanos; readonly from: NodeId; readonly to: NodeId; readonly message: Message }[] = []
  readonly transcript: string[] = []
  readonly answers = new Map<OperationId, Outcome | Refusal>()
  readonly answeredAt = new Map<OperationId, Nanos>()
  readonly random: RandomStream
  private readonly events = new EventHeap()
  private readonly cuts = new Set<string>()
  private sequence = 0
  private operations = 0
  private lostDisks = 0

  constructor(
    readonly strategy: Strategy<Options>,
    options: unknown,
    readonly shape: Shape,
  ) {
    this.world = worldOf(shape.zones, shape.keys)
    this.options = strategy.options.parse(options)
    this.random = RandomStream.ofSeed(shape.seed ?? 1)
    this.placement = strategy.place(this.options, this.world, this.random.fork('placement'))
    this.nodes = this.world.zoneOf.map((_, node) => new FakeNode(this as FakeCluster<unknown>, node))
    for (const node of this.nodes) node.start()
  }

  // --- What tests do ------------------------------------------------------------------------------------------------

  update = (key: Key, zone: ZoneId = 0) => this.request({ kind: UPDATE, key, zone, valueBytes: 100 })
  increment = (key: Key, zone: ZoneId = 0) => this.request({ kind: INCREMENT, key, zone })
  add = (key: Key, zone: ZoneId = 0) => this.request({ kind: ADD, key, zone })
  remove = (key: Key, element: OperationId, zone: ZoneId = 0) => this.request({ kind: REMOVE, key, zone, element })
  read = (key: Key, zone: ZoneId = 0) => this.request({ kind: READ, key, zone })

  request(given: Partial<Request>, node?: NodeId): OperationId {
    const operation = given.operation ?? this.operations++
    const request: Request = {
      kind: READ,
      key: 0,
      element: NO_OPERATION,
      expected: NO_OPERATION,
      length: 0,
      valueBytes: 0,
      client: 0,
      zone: 0,
      attempt: 0,
      turn: operation,
      timeout: SECOND,
      context: null,
      ...given,
      operation,
    }
    const target = this.nodes[node ?? this.placement.route(request)] as FakeNode
    target.replica?.onRequest(request)
    return operation
  }

  at(time: Nanos, run: () => void): void {
    this.events.push({ at: time, sequence: this.sequence++, run })
  }

  run(duration: Nanos): void {
    const end = this.now + duration
    while (this.events.nextAt <= end) this.step()
    this.now = end
  }

  /** Runs until nothing is left to happen, which also shows that an idle cluster is silent. */
  settle(): void {
    const limit = this.now + 1000 * SECOND
    while (this.events.size > 0) {
      this.step()
      assert(this.now < limit, 'a cluster falls silent once nothing is asked of it.')
    }
  }

  cut(left: NodeId, right: NodeId): void {
    this.cuts.add(`${left} ${right}`).add(`${right} ${left}`)
  }

  isCut(from: NodeId, to: NodeId): boolean {
    return this.cuts.has(`${from} ${to}`)
  }

  heal(): void {
    this.cuts.clear()
  }

  /** What a successful operation returned, once everything that is due by now has happened. */
  outcome(operation: OperationId): Outcome {
    this.run(0)
    const answer = this.answers.get(operation)
    assert(answer instanceof Outcome, `operation ${operation} succeeded.`)
    return answer
  }

  value(operation: OperationId): Value {
    return this.outcome(operation).value
  }

  /** What each node holds of a key. */
  valuesOf(key: Key): readonly Value[] {
    return this.placement.replicas(key).map((node) => this.nodeAt(node).running.valueOf(key))
  }

  nodeAt(node: NodeId): FakeNode {
    return this.nodes[node] as FakeNode
  }

  countSent(matches: (message: Message, from: NodeId, to: NodeId) => boolean): number {
    return this.sent.filter(({ message, from, to }) => matches(message, from, to)).length
  }

  /** The transcript so far, which then starts anew. */
  takeTranscript(): string {
    return this.transcript.splice(0).join('\n')
  }

  nextIdentity(): WriterId {
    return this.world.zoneOf.length + this.lostDisks++
  }

  // --- What nodes need ----------------------------------------------------------------------------------------------

  note(line: string): void {
    this.transcript.push(`${this.now / MILLISECOND}ms ${line}`)
  }

  transmit(from: NodeId, to: NodeId, message: Message): void {
    this.sent.push({ at: this.now, from, to, message })
    const delay =
      this.shape.delay?.(from, to, message) ??
      this.world.distance(this.world.zoneOf[from] as ZoneId, this.world.zoneOf[to] as ZoneId)
    const life = this.nodeAt(to).life
    if (this.isCut(from, to)) return
    this.at(this.now + delay, () => {
      if (!this.isCut(from, to)) this.nodeAt(to).receive(from, message, life)
    })
  }

  private step(): void {
    const event = this.events.pop()
    this.now = event.at
    event.run()
  }
}

export class FakeNode implements ReplicaContext<Message> {
  readonly disk = new Disk()
  identity: WriterId
  readonly zone: ZoneId
  readonly random: RandomStream
  replica: Replica<Message> | null = null
  /** Counts crashes; messages, work and timers of an earlier life are gone. */
  life = 0
  overloaded = false
  hintsKept = 0
  hintsDropped = 0
  /** Messages that it was charged work for. */
  workDone = 0
  /** When it received each write. */
  readonly receivedAt = new Map<OperationId, Nanos>()
  private readonly timers = new Set<number>()
  private timerCount = 0

  constructor(
    private readonly cluster: FakeCluster<unknown>,
    readonly id: NodeId,
  ) {
    this.identity = id
    this.zone = cluster.world.zoneOf[id] as ZoneId
    this.random = cluster.random.fork(`node ${id}`)
  }

  get timersSet(): number {
    return this.timers.size
  }

  get running(): Replica<Message> {
    assert(this.replica !== null, 'the node is up.')
    return this.replica
  }

  start(): void {
    const { strategy, options, placement, world } = this.cluster
    this.replica = strategy.create(this, options, placement, world)
    this.replica.onStart()
  }

  crash(): void {
    this.replica = null
    this.life++
    this.timers.clear()
  }

  /** Ends the process and empties its disk. */
  loseDisk(): void {
    this.crash()
    this.disk.clear()
    this.identity = this.cluster.nextIdentity()
    this.receivedAt.clear()
  }

  receive(from: ProcessId, message: Message, life: number): void {
    if (this.replica === null || life !== this.life) return
    if (message.work === WORK_NONE) {
      this.replica.onMessage(from, message)
    } else if (this.overloaded) {
      this.replica.onOverload(from, message)
    } else {
      this.workDone++
      const service = this.cluster.shape.service?.(this.id, message) ?? 0
      this.cluster.at(this.cluster.now + service, () => {
        if (life === this.life) this.running.onMessage(from, message)
      })
    }
  }

  clock(): Nanos {
    return this.cluster.shape.clock?.(this.id, this.cluster.now) ?? this.cluster.now
  }

  send(to: ProcessId, message: Message): void {
    if (to === this.id) this.receive(to, message, this.life)
    else this.cluster.transmit(this.id, to, message)
  }

  sendPeriodic(_purpose: Purpose, to: ProcessId, message: Message): void {
    this.send(to, message)
  }

  setTimer(kind: number, argument: number, after: Nanos): number {
    const timer = ++this.timerCount
    this.timers.add(timer)
    this.cluster.at(this.cluster.now + after, () => {
      if (this.timers.delete(timer)) this.running.onTimer(kind, argument)
    })
    return timer
  }

  cancelTimer(timer: number): void {
    this.timers.delete(timer)
  }

  sync(kind: number, argument: number): void {
    this.running.onDurable(kind, argument)
  }

  newIdentity(): WriterId {
    return this.cluster.nextIdentity()
  }

  reply(operation: OperationId, outcome: Outcome): void {
    this.answer(operation, outcome, 'answers')
  }

  refuse({ operation }: Attempt, refusal: Refusal): void {
    this.answer(operation, refusal, `refuses as ${refusal.reason}`)
  }

  applied(operation: OperationId): void {
    if (this.receivedAt.has(operation)) return
    this.receivedAt.set(operation, this.cluster.now)
    this.cluster.note(`node ${this.id} applies ${operation}`)
  }

  witness(): void {}

  account(): void {}

  hints(event: HintEvent, kept: number): void {
    if (event === 'dropped') this.hintsDropped++
    this.hintsKept = kept
  }

  holdings(): Holdings {
    return { operations: [...this.receivedAt.keys()] }
  }

  appliedHoldings({ operations }: Holdings, insteadOf?: (key: Key) => boolean): void {
    if (insteadOf !== undefined) this.receivedAt.clear()
    for (let i = 0; i < operations.length; i++) this.applied(operations[i] as OperationId)
  }

  private answer(operation: OperationId, answer: Outcome | Refusal, verb: string): void {
    this.cluster.note(`node ${this.id} ${verb} ${operation}`)
    if (this.cluster.answers.has(operation)) return
    this.cluster.answers.set(operation, answer)
    this.cluster.answeredAt.set(operation, this.cluster.now)
  }
}

/** A binary heap by (time, sequence). */
class EventHeap {
  private readonly heap: Event[] = []

  get size(): number {
    return this.heap.length
  }

  get nextAt(): Nanos {
    return this.heap[0]?.at ?? Number.POSITIVE_INFINITY
  }

  push(event: Event): void {
    let i = this.heap.push(event) - 1
    while (i > 0 && this.isBefore(i, (i - 1) >> 1)) i = this.swap(i, (i - 1) >> 1)
  }

  pop(): Event {
    const first = this.heap[0] as Event
    const last = this.heap.pop() as Event
    if (this.heap.length === 0) return first
    this.heap[0] = last
    for (let i = 0; ; ) {
      let child = 2 * i + 1
      if (child >= this.heap.length) break
      if (child + 1 < this.heap.length && this.isBefore(child + 1, child)) child++
      if (!this.isBefore(child, i)) break
      i = this.swap(i, child)
    }
    return first
  }

  private isBefore(left: number, right: number): boolean {
    const a = this.heap[left] as Event
    const b = this.heap[right] as Event
    return a.at < b.at || (a.at === b.at && a.sequence < b.sequence)
  }

  /** Returns where the first one is now. */
  private swap(from: number, to: number): number {
    const moved = this.heap[from] as Event
    this.heap[from] = this.heap[to] as Event
    this.heap[to] = moved
    return to
  }
}
