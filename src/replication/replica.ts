/**
 * The interfaces between a replication strategy and whatever runs it (DESIGN.md, "One engine, many worlds").
 *
 * A `Replica` reacts to requests, messages and timers, and its `ReplicaContext` is the only door out: it has no clock,
 * randomness or I/O of its own, so the same class runs in the simulator and, later, on threads and sockets. The host may
 * drop a replica at any moment (a crash) and create another on the same disk; whatever is not on the disk is then gone.
 */
import type { ClientId, Key, Nanos, NodeId, OperationId, ProcessId, WriterId, ZoneId } from '../core/ids.js'
import type { Plugin } from '../core/plugin.js'
import type { Random } from '../core/random.js'
import type { UserModule } from '../core/user-modules.js'
import type { World } from '../core/world.js'
import type { OperationKind, OperationName } from '../history/operation-kinds.js'
import type { Value } from '../history/values.js'
import type { Disk } from './disk.js'

/** The work that a message costs the node that receives it; `NONE` passes by the service queue. */
export type Work = number
export const WORK_NONE: Work = 0
export const WORK_READ: Work = 1
export const WORK_WRITE: Work = 2
/** Reading one record and going on from it over others: a `ScanMessage`. */
export const WORK_SCAN: Work = 3

/** Which of the four delays of a link a message meets (W, A, R and S of Bailis et al. 2012). */
export type Leg = number
export const LEG_WRITE: Leg = 0
export const LEG_WRITE_ACK: Leg = 1
export const LEG_READ: Leg = 2
export const LEG_READ_REPLY: Leg = 3

/** Immutable once sent, and shared by all who receive it. */
export interface Message {
  /** Tells a strategy's messages apart. */
  readonly kind: number
  readonly work: Work
  readonly leg: Leg
  /** The operation on whose behalf it travels, which keys its delay; `NO_OPERATION` for background traffic. */
  readonly operation: OperationId
  /** Tells the messages of one operation over one leg between the same two processes apart. */
  readonly attempt: number
  readonly bytes: number
}

/** A message of the work `WORK_SCAN`. */
export interface ScanMessage extends Message {
  /** Records that the node reads. */
  readonly rows: number
}

/** An operation as a client asks for it; the value that it writes is its own id. */
export interface Request {
  readonly operation: OperationId
  readonly kind: OperationKind
  readonly key: Key
  /** The element that a remove takes out; `NO_OPERATION` otherwise. */
  readonly element: OperationId
  /** Of a compare-and-set, what the key must still hold: what its read returned. `NO_OPERATION` otherwise. */
  readonly expected: OperationId
  /** Records that a scan covers, from the key on; 0 otherwise. */
  readonly length: number
  /** Size of the value to write; of a read or scan, what a record's value in the answer is expected to weigh. */
  readonly valueBytes: number
  readonly client: ClientId
  readonly zone: ZoneId
  /** 0, then one more for each retry. */
  readonly attempt: number
  /** For choices by turns: a number that the workload gives, whatever the strategy and its latencies, and one more for each retry. */
  readonly turn: number
  /** How long the client waits for this attempt. */
  readonly timeout: Nanos
  /** Of a write, what its session had been told of the key's versions; null if it tells nothing of that. */
  readonly context: Context | null
}

/**
 * What an answer tells of the versions of its key, for the session's next write of that key to carry. Opaque to all but the strategy that
 * made it, and immutable.
 */
export interface Context {
  /** What it weighs in a message. */
  readonly bytes: number
  /** The node that the session's next write of the key is to go to; null if any will do. */
  readonly coordinator: NodeId | null
  /** The same for the history: origin, position, origin, position …, as in `Outcome.frontier`. */
  readonly frontier: readonly number[]
}

/** One attempt at an operation: the request for it, or a message on its behalf. */
export type Attempt = Pick<Request, 'operation' | 'attempt'>

/** What an operation returned. One is made for every operation, so it is a class with a fixed shape. */
export class Outcome {
  /**
   * (order, tie) is the store's version order: of the version written, or of the version that a read returned. A read that
   * found nothing has order -Infinity. Where versions are ordered only in part, a write has the position in its
   * origin's log as `order` and the origin as `tie`, and a read carries the `frontier` instead: origin, position,
   * origin, position …, up to which it has seen every origin's log. A write that builds on a read of its coordinator's own has the
   * frontier of that.
   */
  constructor(
    readonly value: Value,
    readonly order: number,
    readonly tie: NodeId,
    readonly frontier: readonly number[] | null = null,
    /** For the session's next write of the key; null where writes carry none. */
    readonly context: Context | null = null,
    /** Of a read, the values that the store had kept side by side, before they were merged; null where stores keep one. */
    readonly siblings: readonly Value[] | null = null,
  ) {}
}

export type RefusalReason = 'unavailable' | 'overloaded' | 'conflict' | 'timeout'

/** Why an operation was not done; `applied` says whether it may have taken effect all the same. */
export interface Refusal {
  readonly reason: RefusalReason
  readonly applied: 'no' | 'unknown'
}

/** A set timer; never 0. */
export type Timer = number

/** The only door out of a replica. */
export interface ReplicaContext<M extends Message> {
  readonly id: ProcessId
  readonly zone: ZoneId
  /**
   * Names this process's writes, dots and logs: no two disks ever have the same, and no disk has it again after it lost
   * anything. A node's own id until then; whole numbers above all node ids after it.
   */
  readonly identity: WriterId
  /** One more such name, for writes that this process makes and later forgets: no process has had it, and none will. */
  newIdentity(): WriterId
  /** A stream of this replica's own, for choices that belong to no operation. */
  readonly random: Random
  readonly disk: Disk
  /** This process's own clock: skewed, and it may step. */
  clock(): Nanos
  /** To oneself it costs no network but is charged its work. */
  send(to: ProcessId, message: M): void
  /**
   * Sends and accounts one of a series of messages that goes on for ever, such as heartbeats: nobody waits for it, and the end of a cell does not
   * either.
   */
  sendPeriodic(purpose: Purpose, to: ProcessId, message: M): void
  /** Local elapsed time; the host calls `onTimer(kind, argument)`. */
  setTimer(kind: number, argument: number, after: Nanos): Timer
  cancelTimer(timer: Timer): void
  /**
   * Calls `onDurable(kind, argument)` once all that has been written to the disk is durable: at once, before this returns,
   * where it is so already. A crash before it undoes what was written and calls nothing. With a flush period (`Strategy.flushPeriod`)
   * it is always called at once, and what was written survives crashes of the process, and of the host once it is flushed.
   */
  sync(kind: number, argument: number): void
  /** Answers the client. Only the first outcome of an operation counts, whichever of its attempts it comes from. */
  reply(operation: OperationId, outcome: Outcome): void
  /** Turns down one attempt: the client may have made another since. */
  refuse(attempt: Attempt, refusal: Refusal): void
  /** Probe: this node now holds the write, or has dropped it as superseded. Repeating it changes nothing. */
  applied(operation: OperationId): void
  /**
   * Probe: the write took its place in the order of versions by what `node` held at that time: the leader, the accepting
   * site or, leaderless, each replica whose acknowledgement was counted. What that node had received before is seen.
   */
  witness(operation: OperationId, node: NodeId): void
  /**
   * Probe: a message of so many bytes was sent that no client waits for; of a tree that was built, what was read for it. Without
   * bytes: a mechanism for this is on, though nothing may ever be sent.
   */
  account(purpose: Purpose, bytes: number): void
  /** Probe: a hint was kept or dropped, or some are gone; this node keeps so many now, for all nodes together. */
  hints(event: HintEvent, kept: number): void
  /** Probe: what this node holds of some keys, to travel in a snapshot of them. */
  holdings(contains: (key: Key) => boolean): Holdings
  /**
   * Probe: a snapshot was merged, so this node holds, or has dropped as superseded, what its sender held; of the keys that
   * `insteadOf` tells nothing else any more.
   */
  appliedHoldings(holdings: Holdings, insteadOf?: (key: Key) => boolean): void
}

/** What background traffic is for, so that reports can tell it apart. */
export type Purpose = 'read-repair' | 'hints' | 'gossip' | 'tree-exchange' | 'tree-building' | 'anti-entropy'

/** `gone`: handed back, or lost with what a crash undid. */
export type HintEvent = 'kept' | 'dropped' | 'gone'

/** Operations that a node held when it made a snapshot; of no use but to `appliedHoldings`. */
export interface Holdings {
  readonly operations: ArrayLike<OperationId>
}

export interface Replica<M extends Message> {
  /** Called once after creation; the disk is empty at first and holds what survived after a crash. */
  onStart(): void
  onRequest(request: Request): void
  /** A message, after the service queue if it costs work. */
  onMessage(from: ProcessId, message: M): void
  onTimer(kind: number, argument: number): void
  /** What had been written to the disk when `sync(kind, argument)` was called is durable. */
  onDurable(kind: number, argument: number): void
  /** The node's own service queue is full and turns this message away; saying so to the sender costs nothing. */
  onOverload(from: ProcessId, message: M): void
  /** The process that the message was for is down, and its host said so at once; absent where nodes find out by their own timers alone. */
  onConnectionRefused?(to: ProcessId, message: M): void
  /** False while replication work of its own is outstanding, such as a log that is not acknowledged; absent if there is never any. */
  isIdle?(): boolean
  /** What this replica holds of a key; called only after everything has settled. */
  valueOf(key: Key): Value
  /** Whether it holds nothing of a key, and `valueOf` only remembers which delete was purged; absent where nothing is ever purged. */
  holdsNothing?(key: Key): boolean
  /** What the clocks weigh that this replica holds of a key beside its values, called when `valueOf` is; undefined where it holds none. */
  metadataBytes?(key: Key): number | undefined
}

/** Where keys live and where requests go. */
export interface Placement {
  /** The nodes that hold a key, in order of preference: the first is its first replica, or its leader. */
  replicas(key: Key): readonly NodeId[]
  /**
   * The node that a client asks; of no use where the strategy has replicas in clients. `isDown` says which nodes clients hold for down, and
   * is absent while they hold none.
   */
  route(request: Request, isDown?: IsDown): NodeId
  /** Those of the key's replicas that may answer a read; absent where all may. */
  readable?(key: Key): readonly NodeId[]
}

export type IsDown = (node: NodeId) => boolean

/** What a strategy promises of a cell; the conformance suite holds it to this. */
export type Guarantee =
  /** Once load and faults have ended and everything is delivered, all replicas of a key are equal. */
  | 'converges'
  /** The same of those keys that are read once the last fault has ended and what it held up has arrived. */
  | 'converges-when-used'
  /** No read is stale, as long as no tombstone is purged. */
  | 'no-stale-reads'
  /** No acknowledged increment, add or remove is lost. */
  | 'no-lost-merges'
  /** Where nothing else writes, no acknowledged compare-and-set is lost to another. */
  | 'no-lost-compare-and-sets'
  /** A retried increment is done once. */
  | 'idempotent-retries'

/** Under what a guarantee holds, from the mildest on: each includes those before it. */
export type Weather =
  /** No faults, no loss of datagrams, no skew of clocks, no queue that is full. */
  | 'fair weather'
  /** Any faults, but no disk loses what was acknowledged. */
  | 'faults that keep disks'
  /** Any faults, but of each key one disk survives them all. */
  | 'faults that spare one disk of each key'

export interface Commitment {
  readonly guarantee: Guarantee
  readonly under: Weather
}

export function commitments(under: Weather, ...guarantees: readonly Guarantee[]): readonly Commitment[] {
  return guarantees.map((guarantee) => ({ guarantee, under }))
}

/** The text of a file that an option names, by both names; undefined if it cannot be read, which has been told then. */
export type ReadFile = (option: string, file: string) => string | undefined

export type ContextUse = 'session' | 'modify'

export interface Strategy<Options = unknown, M extends Message = Message> extends Plugin<Options> {
  /** The operations that it can do; a workload that asks for another is refused. */
  readonly operations: readonly OperationName[]
  /** Why these options rule out an operation that the strategy can do otherwise, in a sentence that begins with the option; absent if none do. */
  refuses?(options: Options, operation: OperationName): string | undefined
  /** Whether each field of a record has versions of its own, and not the record as a whole; absent if not. */
  isCellWise?(options: Options): boolean
  /** One sentence on what it cannot do or does not model, for reports. */
  readonly limits: string
  promises(options: Options): readonly Commitment[]
  /** Whether versions that such an operation writes are ordered only in part, as those of CRDTs; absent if none are. */
  isPartiallyOrdered?(options: Options, kind: OperationKind): boolean
  /**
   * Which writes carry the context of an answer: `session`, all do, that of the session's latest answer about the key; `modify`, those that go
   * on with a read do, that of the read. Absent if none do. Where versions are ordered in part, contexts and nothing else say what a write has seen.
   */
  contexts?(options: Options): ContextUse | undefined
  /** The options with the texts of the files that they name, which lie beside the workload file; absent if they name none. */
  withTexts?(options: Options, read: ReadFile): Options
  /** ES modules of the user's that are to be imported before it is asked for a replica; absent if there are none. */
  modules?(options: Options): readonly UserModule[]
  /** Nodes that hold each key. */
  copies(options: Options): number
  /** Replicas that must answer a read; absent where one is enough. */
  readAnswers?(options: Options): number
  /** How often its nodes flush their disks, if `sync` is not to wait for that; absent if it is. */
  flushPeriod?(options: Options): Nanos | undefined
  /** The longest time that its background repair may be silent before it acts again; 0 without repair. */
  repairPeriod(options: Options): Nanos
  place(options: Options, world: World, random: Random): Placement
  create(context: ReplicaContext<M>, options: Options, placement: Placement, world: World): Replica<M>
  /** A replica in every client's process, where the client itself coordinates; `undefined` where it does not. */
  createClient?(
    context: ReplicaContext<M>,
    options: Options,
    placement: Placement,
    world: World,
  ): Replica<M> | undefined
}
