/**
 * How many of something, by the zone of the client, reported over the count of something else: for all clients together and, where there
 * are several zones, for each.
 */
import type { ZoneId } from '../core/ids.js'
import type { MeasureSink } from './measure.js'

export class ZonedCounts {
  private readonly counts: Float64Array

  constructor(private readonly zoneNames: readonly string[]) {
    this.counts = new Float64Array(zoneNames.length)
  }

  add(zone: ZoneId, count = 1): void {
    this.counts[zone] = (this.counts[zone] as number) + count
  }

  /** `unplaced` count too, though nobody knows in which zone; then no zone is reported. */
  report(name: string, whole: ZonedCounts, out: MeasureSink, unplaced = 0): void {
    out.ratio(name, this.total + unplaced, whole.total)
    if (this.zoneNames.length === 1 || unplaced > 0) return
    this.zoneNames.forEach((zone, i) => {
      out.ratio(name, this.counts[i] as number, whole.counts[i] as number, zone)
    })
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0)
  }
}
