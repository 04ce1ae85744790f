/**
 * How many retries the clients of a zone allow themselves: at most a share of the attempts that they have ended, each over the last 5 to 10 s.
 * So n operations make at most n / (1 - share) attempts, however many fail, and what a long calm has left unspent does not pay for a storm.
 * A share of attempts in a window is the retry budget of Finagle and Linkerd, whose window is 10 s; theirs adds a few retries a second for
 * clients that seldom ask, ours does not.
 *
 * An attempt counts when it ends, so however long it took it is there to pay for its own retry: a share of 1 refuses nothing.
 */
import type { Nanos } from '../../core/ids.js'
import { SECOND } from '../../core/units.js'

/** Counts are kept for this period and the one before it. */
const PERIOD: Nanos = 5 * SECOND

export class RetryBudget {
  private attempts = 0
  private retries = 0
  private attemptsBefore = 0
  private retriesBefore = 0
  private periodEnd: Nanos = PERIOD

  constructor(private readonly share: number) {}

  onAttemptEnded(now: Nanos): void {
    if (now >= this.periodEnd) this.beginPeriod(now)
    this.attempts++
  }

  /** Whether an attempt that has just ended may be followed by another; if so that one is counted. */
  spend(now: Nanos): boolean {
    if (now >= this.periodEnd) this.beginPeriod(now)
    const retries = this.retriesBefore + this.retries + 1
    if (retries > this.share * (this.attemptsBefore + this.attempts)) return false
    this.retries++
    return true
  }

  private beginPeriod(now: Nanos): void {
    const isNext = now < this.periodEnd + PERIOD
    this.attemptsBefore = isNext ? this.attempts : 0
    this.retriesBefore = isNext ? this.retries : 0
    this.attempts = 0
    this.retries = 0
    this.periodEnd = (Math.floor(now / PERIOD) + 1) * PERIOD
  }
}
