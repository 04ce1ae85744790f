/**
 * A leader that lost its disk is silent, and serves nobody, until it has merged the state of one other copy. The other leaders send it
 * theirs as the logs that it follows want it; its own followers, which may know more of its earlier life than anyone, are asked.
 * If nobody answers for long it begins with what it has, which is nothing: else copies that were lost together would
 * wait for each other for ever.
 */
import type { NumberColumn } from '../disk.js'
import { ASK_EVERY, PATIENCE } from '../log-shipping/state-messages.js'
import type { Message, ReplicaContext } from '../replica.js'

/** The timer's kind; its argument is the group. */
export const JOIN = 8

/** What joining asks of the replica. */
export interface Joining {
  readonly hasPeers: boolean
  /** Asks those who do not send their state by themselves. */
  ask(): void
  onJoined(): void
}

export class JoiningLeader {
  private rounds = 0

  constructor(
    private readonly context: ReplicaContext<Message>,
    private readonly group: number,
    /** By group: 1 once it is over. */
    private readonly joined: NumberColumn,
    private readonly replica: Joining,
  ) {}

  get isOver(): boolean {
    return this.joined.get(this.group) === 1
  }

  start(): void {
    if (!this.isOver) this.ask()
  }

  onTimer(): void {
    if (!this.isOver) this.ask()
  }

  /** The state of another copy was merged. */
  onMerged(): void {
    if (!this.isOver) this.end()
  }

  private ask(): void {
    if (!this.replica.hasPeers || ++this.rounds > PATIENCE) {
      this.end()
      return
    }
    this.replica.ask()
    this.context.setTimer(JOIN, this.group, ASK_EVERY)
  }

  private end(): void {
    this.joined.set(this.group, 1)
    this.replica.onJoined()
  }
}
