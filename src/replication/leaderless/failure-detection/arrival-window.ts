/**
 * How suspicious the silence of one node is, from the intervals between its latest heartbeats: the accrual detector of Hayashibara et al.
 * (2004) in Cassandra's form, which takes the intervals for exponential and not for normal. The probability of a silence of t is
 * exp(-t / mean), and phi its negative decimal logarithm, t / mean * log10(e): phi exceeds 8 after 18.4 mean intervals.
 *
 * As in Cassandra (FailureDetector.java, ArrivalWindow) the mean is that of the latest 1000 intervals, the first is assumed to be
 * two gossip intervals, to err on the side of trust, and none longer than that is taken in, lest a node that is often away be
 * given ever more time.
 */
import type { Nanos } from '../../../core/ids.js'

const SAMPLES = 1000

export class ArrivalWindow {
  private readonly intervals: Nanos[]
  /** Where the next interval goes once all places are taken. */
  private oldest = 0
  private sum: Nanos

  constructor(
    /** When the latest heartbeat arrived. */
    private last: Nanos,
    /** What the first interval is assumed to be, and the longest that is taken in. */
    private readonly longest: Nanos,
  ) {
    this.intervals = [longest]
    this.sum = longest
  }

  /** A heartbeat arrives. */
  report(now: Nanos): void {
    const interval = now - this.last
    this.last = now
    if (interval <= this.longest) this.add(interval)
  }

  phi(now: Nanos): number {
    const mean = this.sum / this.intervals.length
    return ((now - this.last) / mean) * Math.LOG10E
  }

  private add(interval: Nanos): void {
    const { intervals } = this
    this.sum += interval
    if (intervals.length < SAMPLES) {
      intervals.push(interval)
      return
    }
    this.sum -= intervals[this.oldest] as Nanos
    intervals[this.oldest] = interval
    this.oldest = (this.oldest + 1) % SAMPLES
  }
}
