/**
 * When what a node writes becomes durable, where its disk takes its time. As a rule whoever needs it to be waits: a flush begins when somebody waits
 * and none goes on, and the next one serves all who have come meanwhile (simulation/group-commit.ts). A strategy with a flush period keeps
 * nobody waiting: the disk is flushed once in so long while there is something to flush, as with Cassandra's `commitlog_sync: periodic`.
 * Meanwhile the host has what was written, so that it outlives the process and not the host's power.
 */
import { assert } from '../../core/assert.js'
import type { Nanos } from '../../core/ids.js'
import type { Dice } from '../../core/random.js'
import type { QuantileTable } from '../../distributions/quantile-table.js'
import { Journal } from '../../replication/disk.js'
import { GroupCommit } from '../../simulation/group-commit.js'

/** The node's process. */
interface Process {
  onDurable(kind: number, argument: number): void
  /** `DiskFlushes.begin` is to be called after so long, and then `end`, unless the process has ended by then. */
  beginFlushAfter(wait: Nanos): void
  endFlushAfter(wait: Nanos): void
}

export class DiskFlushes {
  readonly journal = new Journal()
  private readonly commit = new GroupCommit()
  private count = 0
  /** Up to where the flush that is going on makes the journal durable. */
  private flushedTo = 0
  /** Whether a flush is to begin or goes on. */
  private isUnderWay = false

  constructor(
    private readonly fsync: QuantileTable,
    private readonly dice: Dice,
    /** Null where those who need what was written to be durable wait for it. */
    private readonly period: Nanos | null,
    private readonly process: Process,
  ) {}

  get waiting(): number {
    return this.commit.waiting
  }

  /** Of what was written and is not durable: whether a crash leaves it there. */
  outlives(losesPower: boolean): boolean {
    return this.period !== null && !losesPower
  }

  sync(kind: number, argument: number): void {
    if (this.period === null) this.commit.wait(kind, argument)
    // A flush begins once this event is over: what one event writes is durable together, or not at all.
    this.beginAfter(this.period ?? 0)
    if (this.period !== null) this.process.onDurable(kind, argument)
  }

  /** A process before it may have left something to flush. */
  onProcessStarted(): void {
    if (this.period !== null && !this.journal.isEmpty) this.beginAfter(this.period)
  }

  onProcessEnded(): void {
    this.commit.clear()
    this.isUnderWay = false
  }

  begin(): void {
    assert(this.isUnderWay, 'a flush that begins was asked for.')
    this.commit.begin()
    this.flushedTo = this.journal.position
    this.process.endFlushAfter(this.fsync.at(this.dice.roll(this.count++, 0)))
  }

  end(): void {
    this.journal.makeDurable(this.flushedTo)
    this.commit.end((kind, argument) => this.process.onDurable(kind, argument))
    if (this.commit.waiting > 0) {
      this.begin()
      return
    }
    this.isUnderWay = false
    this.onProcessStarted()
  }

  private beginAfter(wait: Nanos): void {
    if (this.isUnderWay) return
    this.isUnderWay = true
    this.process.beginFlushAfter(wait)
  }
}
