/**
 * A process's own clock: true time, off by a constant and running fast or slow by a constant rate. Timers run on local
 * elapsed time, so drift stretches them and the offset does not.
 */
import type { Nanos } from '../core/ids.js'

export class Clock {
  constructor(
    private readonly offset: Nanos,
    /** Seconds gained per second. */
    private readonly drift: number,
  ) {}

  /** What it shows at the true time `now`, in whole nanoseconds. */
  read(now: Nanos): Nanos {
    return this.drift === 0 ? now + this.offset : Math.floor(now * (1 + this.drift)) + this.offset
  }

  /** How long, in true time, until it has advanced by `local`. */
  trueDuration(local: Nanos): Nanos {
    return this.drift === 0 ? local : Math.round(local / (1 + this.drift))
  }
}
