/**
 * Whose turn it is. A node goes through the pairs that it opens exchanges for, again and again; those whose other replica it holds for down are
 * left out of a round. Continuous exchange starts one at every tick, sessions as many as may be under way at once until the round is
 * over (riak_kv_entropy_manager has such a queue).
 */
import type { NodeId } from '../../../core/ids.js'
import type { Pair } from './agreement.js'

export class Turns {
  private queue: Pair[] = []

  constructor(
    private readonly pairs: readonly Pair[],
    private readonly isUp: (node: NodeId) => boolean,
  ) {}

  get isRoundOver(): boolean {
    return this.queue.length === 0
  }

  beginRound(): void {
    this.queue = [...this.pairs]
  }

  /** `undefined` where nobody is left of this round. */
  next(): Pair | undefined {
    for (let pair = this.queue.shift(); pair !== undefined; pair = this.queue.shift()) {
      if (this.isUp(pair.peer)) return pair
    }
    return undefined
  }

  /** It was not possible now, and comes again at the end of the round. */
  putOff(pair: Pair): void {
    this.queue.push(pair)
  }
}
