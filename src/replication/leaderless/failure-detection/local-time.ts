/**
 * Elapsed local time that no step of the clock moves, for a process that has a periodic timer: timers count the whole periods, and the clock tells no
 * more than the place inside of one, so that a step is wrong by one period at most, and for one period. While the process is
 * paused it stands still, for a process that did not run cannot say who was silent meanwhile: Cassandra's detector convicts
 * nobody right after a pause of its own (FailureDetector.java, MAX_LOCAL_PAUSE).
 */

import type { Nanos } from '../../../core/ids.js'
import { clamp } from '../../../core/mathematics.js'

export class LocalTime {
  private counted: Nanos = 0
  private countedAt: Nanos

  constructor(
    private readonly context: { clock(): Nanos },
    private readonly period: Nanos,
  ) {
    this.countedAt = context.clock()
  }

  /** A timer of that length, at most a period, that began with the one before has fired. */
  advance(length: Nanos): void {
    this.counted += length
    this.countedAt = this.context.clock()
  }

  get now(): Nanos {
    return this.counted + clamp(this.context.clock() - this.countedAt, 0, this.period)
  }
}
