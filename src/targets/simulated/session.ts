/**
 * A client session: asks one thing at a time. Where the strategy coordinates in the client, the session hosts that
 * replica and is its context: no station, local requests, a perfect clock, and nothing survives it.
 */
import type { ClientId, Nanos, NodeId, OperationId, ProcessId, WriterId, ZoneId } from '../../core/ids.js'
import { NO_OPERATION } from '../../core/ids.js'
import type { Random } from '../../core/random.js'
import type { OperationKind } from '../../history/operation-kinds.js'
import { Disk } from '../../replication/disk.js'
import type {
  Attempt,
  Holdings,
  Message,
  Outcome,
  Purpose,
  Refusal,
  Replica,
  ReplicaContext,
  Request,
  Timer,
} from '../../replication/replica.js'
import type { Receiver } from '../../simulation/network.js'
import type { ReplyMessage } from './client-messages.js'
import { REPLY } from './client-messages.js'
import type { Clients } from './clients.js'
import type { KnownContexts } from './known-contexts.js'

/** What follows once the operation has ended well; few operations have one. */
export interface Sequel {
  /** The kind of the row that goes on with what this one has read; null if none does. */
  readonly goesOnAs: OperationKind | null
  /** When, after the acknowledgement, the write is read back, and from which zones. */
  readonly readBacks: readonly { readonly after: Nanos; readonly zone: ZoneId }[]
  readonly valueBytes: number
  /** What a record's value in an answer is expected to weigh. */
  readonly answerBytes: number
}

export class Session implements Receiver, ReplicaContext<Message> {
  readonly up = true
  readonly incarnation = 0
  id: ProcessId = -1
  /** A client writes under its own name: what it keeps it never loses. */
  get identity(): WriterId {
    return this.id
  }
  replica: Replica<Message> | null = null
  /** The operation going on. */
  operation: OperationId = NO_OPERATION
  request: Request | null = null
  sequel: Sequel | null = null
  /** Null where writes carry no contexts. */
  contexts: KnownContexts | null = null
  /** The operation's name for the dice. */
  name = 0
  timer: Timer = 0
  /** Asked by the attempt under way; null between attempts, and where the client itself coordinates. */
  asked: NodeId | null = null
  /** Whether an earlier attempt of this operation may have taken effect. */
  uncertain = false
  readonly disk = new Disk()

  constructor(
    readonly client: ClientId,
    readonly zone: ZoneId,
    /** Sessions that only read back stand apart: a read-back comes from another client. */
    readonly readsBack: boolean,
    readonly random: Random,
    private readonly clients: Clients,
  ) {}

  receive(from: ProcessId, message: Message): boolean {
    if (message.kind === REPLY) this.clients.onReply(this, from, message as ReplyMessage)
    else this.replica?.onMessage(from, message)
    return true
  }

  onConnectionRefused(to: NodeId, message: Message): void {
    // A replica finds out by its own timers, as one on a node does.
    if (this.replica === null) this.clients.onConnectionRefused(this, to, message)
  }

  newIdentity(): never {
    throw new Error('A client forgets nothing that it has written.')
  }

  clock(): Nanos {
    return this.clients.simulation.now
  }

  send(to: ProcessId, message: Message): void {
    this.clients.network.send(this.id, to, message)
  }

  sendPeriodic(purpose: Purpose, to: ProcessId, message: Message): void {
    this.account(purpose, message.bytes)
    this.clients.network.send(this.id, to, message, true)
  }

  setTimer(kind: number, argument: number, after: Nanos): Timer {
    return this.clients.setReplicaTimer(this, kind, argument, after)
  }

  cancelTimer(timer: Timer): void {
    this.clients.simulation.cancelTimer(timer)
  }

  /** A client has nothing to lose. */
  sync(kind: number, argument: number): void {
    this.replica?.onDurable(kind, argument)
  }

  reply(operation: OperationId, outcome: Outcome): void {
    this.clients.onOutcome(this, operation, outcome)
  }

  refuse(attempt: Attempt, refusal: Refusal): void {
    this.clients.onRefusal(this, attempt, refusal)
  }

  witness(operation: OperationId, node: NodeId): void {
    this.clients.witness(operation, node)
  }

  applied(): void {
    // A client holds no copy.
  }

  account(purpose: Purpose, bytes: number): void {
    this.clients.account(purpose, bytes)
  }

  hints(): void {
    // A client keeps none.
  }

  holdings(): Holdings {
    return { operations: [] }
  }

  appliedHoldings(): void {
    // A client holds no copy.
  }
}
