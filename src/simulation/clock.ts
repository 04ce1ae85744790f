/**
 * A process's own clock: true time, off by a constant and running fast or slow by a constant rate. Timers run on local elapsed time, so
 * drift stretches them and the offset does not. Faults disturb it for a while: offsets add, and rates, each from its beginning on; when a
 * disturbance ends, the clock is as if it had never been. A step stays.
 */
import { assert } from '../core/assert.js'
import type { Nanos } from '../core/ids.js'

/** However many disturbances meet, a clock goes at least at this rate as far as timers are concerned. */
const SLOWEST_RATE = 0.01

export interface Disturbance {
  readonly offset: Nanos
  /** Seconds gained per second. */
  readonly drift: number
  readonly since: Nanos
}

export class Clock {
  private readonly disturbances: Disturbance[] = []

  constructor(
    private offset: Nanos,
    /** Seconds gained per second. */
    private readonly drift: number,
  ) {}

  /** What it shows at the true time `now`, in whole nanoseconds. */
  read(now: Nanos): Nanos {
    const shown = this.drift === 0 ? now + this.offset : Math.floor(now * (1 + this.drift)) + this.offset
    return this.disturbances.length === 0 ? shown : shown + this.disturbedBy(now)
  }

  /** How long, in true time, until a timer that is set now has advanced by `local`. */
  trueDuration(local: Nanos): Nanos {
    const drift = this.disturbances.length === 0 ? this.drift : this.totalDrift()
    return drift === 0 ? local : Math.round(local / Math.max(SLOWEST_RATE, 1 + drift))
  }

  step(by: Nanos): void {
    this.offset += by
  }

  disturb(disturbance: Disturbance): void {
    this.disturbances.push(disturbance)
  }

  settle(disturbance: Disturbance): void {
    const place = this.disturbances.indexOf(disturbance)
    assert(place >= 0, 'a disturbance of a clock ends once.')
    this.disturbances.splice(place, 1)
  }

  private disturbedBy(now: Nanos): Nanos {
    let total = 0
    for (const { offset, drift, since } of this.disturbances) total += offset + Math.floor(drift * (now - since))
    return total
  }

  private totalDrift(): number {
    let total = this.drift
    for (const { drift } of this.disturbances) total += drift
    return total
  }
}
