/**
 * Time as a schedule counts it: the cell's own, but so many times as fast while a fault hastens arrivals. What has been due stays due when it
 * was, however late it is asked for.
 */
import type { Nanos } from '../../core/ids.js'

/** From `at` on, when it is `scheduled` by the schedule, that passes `haste` times as fast. */
interface Stretch {
  readonly at: Nanos
  readonly scheduled: number
  readonly haste: number
}

export class ScheduleTime {
  private readonly stretches: Stretch[] = [{ at: 0, scheduled: 0, haste: 1 }]

  hasten(at: Nanos, haste: number): void {
    const latest = this.stretches.at(-1) as Stretch
    this.stretches.push({ at, scheduled: latest.scheduled + (at - latest.at) * latest.haste, haste })
  }

  /** When it is `scheduled` by the schedule. */
  when(scheduled: number): Nanos {
    let place = this.stretches.length - 1
    while (place > 0 && (this.stretches[place] as Stretch).scheduled > scheduled) place--
    const stretch = this.stretches[place] as Stretch
    return stretch.at + (scheduled - stretch.scheduled) / stretch.haste
  }
}
