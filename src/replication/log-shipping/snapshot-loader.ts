/**
 * Loading a snapshot, charged to the node that loads it: one write's work for so many keys, one share after another, so that clients are served
 * in between. A share that the full service queue turns away is tried again after a while. A later snapshot takes
 * the place of an earlier one that is still being loaded.
 */
import type { Nanos } from '../../core/ids.js'
import { SECOND } from '../../core/units.js'
import type { ReplicaContext } from '../replica.js'
import type { Snapshot } from './messages.js'
import { LoadingWork } from './messages.js'

/** An assumption of ours: loading in bulk costs a fraction of as many single writes. */
const KEYS_PER_SHARE = 64
const TRY_AGAIN_AFTER: Nanos = SECOND
/** The timer's kind; its argument is the loader's number. */
export const LOAD_AGAIN = 3

export class SnapshotLoader<Source extends { readonly state: Snapshot }> {
  private source: Source | null = null
  private sharesLeft = 0
  /** A share is in the service queue, or was turned away and waits for the timer. */
  private isWorking = false

  constructor(
    private readonly context: ReplicaContext<LoadingWork>,
    /** Names this loader in its messages. */
    private readonly number: number,
    private readonly onLoaded: (source: Source) => void,
  ) {}

  load(source: Source): void {
    if (this.source !== source) {
      this.source = source
      this.sharesLeft = Math.max(1, Math.ceil(source.state.keys / KEYS_PER_SHARE))
    }
    if (!this.isWorking) this.work()
  }

  onServed(): void {
    this.isWorking = false
    const { source } = this
    if (source === null) return
    if (--this.sharesLeft > 0) {
      this.work()
      return
    }
    this.source = null
    this.onLoaded(source)
  }

  onTurnedAway(): void {
    this.context.setTimer(LOAD_AGAIN, this.number, TRY_AGAIN_AFTER)
  }

  onTimer(): void {
    this.work()
  }

  private work(): void {
    this.isWorking = true
    this.context.send(this.context.id, new LoadingWork(this.number))
  }
}
