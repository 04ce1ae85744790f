/**
 * How a leader that has lost its disk comes by its group's data again: it asks every follower how far it has got and takes over the state of the
 * most advanced, which is what an operator does who rebuilds a primary from its best standby. It waits for all of them, but for
 * those that do not answer it asks no more than `PATIENCE` times. What was in its log and in no follower that answered is lost, and followers
 * that were ahead fall back to what the leader has then.
 *
 * Left out: serving meanwhile, and another leader in its place.
 */
import type { NodeId } from '../../core/ids.js'
import type { NumberColumn } from '../disk.js'
import type { OpenLoader } from '../log-shipping/log-receiver.js'
import type { SnapshotLoader } from '../log-shipping/snapshot-loader.js'
import type { WholeState } from '../log-shipping/state-messages.js'
import { ASK_EVERY, PATIENCE, PositionQuestion, StateQuestion } from '../log-shipping/state-messages.js'
import type { ReplicaContext } from '../replica.js'
import type { SingleLeaderMessage, SingleLeaderState } from './single-leader-replica.js'

/** The timer's kind; its argument is the group. */
export const REFILL = 8

export class LeaderRefill {
  /** How far each follower said that it has got. */
  private readonly positions = new Map<NodeId, number>()
  private rounds = 0
  /** A state has arrived and is being loaded. */
  private isLoading = false
  private readonly loader: SnapshotLoader<WholeState<SingleLeaderState>>

  constructor(
    private readonly context: ReplicaContext<SingleLeaderMessage>,
    private readonly group: number,
    private readonly followers: readonly NodeId[],
    /** By group: 1 once the leader has its data. */
    private readonly refilled: NumberColumn,
    private readonly onRefilled: (state: SingleLeaderState | null) => void,
    openLoader: OpenLoader,
  ) {
    this.loader = openLoader(({ state }: WholeState<SingleLeaderState>) => this.end(state))
  }

  get isOver(): boolean {
    return this.refilled.get(this.group) === 1
  }

  start(): void {
    if (!this.isOver) this.ask()
  }

  onTimer(): void {
    if (!this.isOver && !this.isLoading) this.ask()
  }

  onPosition(follower: NodeId, position: number): void {
    if (this.isOver || this.isLoading) return
    this.positions.set(follower, position)
    if (this.positions.size === this.followers.length) this.choose()
  }

  onState(message: WholeState<SingleLeaderState>): void {
    if (this.isOver || this.isLoading) return
    this.isLoading = true
    this.loader.load(message)
  }

  /** Asks again from the start, since a follower that answered may be gone. */
  private ask(): void {
    if (this.followers.length === 0) this.end(null)
    else if (++this.rounds > PATIENCE && this.positions.size > 0) this.choose()
    else this.positions.clear()
    if (this.isOver) return
    for (const follower of this.followers) this.context.send(follower, new PositionQuestion(this.group))
    this.context.setTimer(REFILL, this.group, ASK_EVERY)
  }

  private choose(): void {
    let best = -1
    for (const follower of this.followers) {
      const position = this.positions.get(follower)
      if (position !== undefined && (best < 0 || position > (this.positions.get(best) as number))) best = follower
    }
    if ((this.positions.get(best) as number) < 0) this.end(null)
    else this.context.send(best, new StateQuestion(this.group))
  }

  private end(state: SingleLeaderState | null): void {
    this.refilled.set(this.group, 1)
    this.onRefilled(state)
  }
}
