/**
 * One quantity, recorded by the zone of the client and reported for all clients together and, where there are several
 * zones, for each. Values of clients that gave up are lower bounds; the smallest of them says from where on a percentile is one too.
 */
import { Histogram } from '../core/histogram.js'
import type { Nanos, ZoneId } from '../core/ids.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureSink } from './measure.js'

export class ZonedHistograms {
  private readonly histograms: Histogram[]
  private readonly gaveUpFrom: Nanos[]

  constructor(private readonly zoneNames: readonly string[]) {
    this.histograms = zoneNames.map(() => new Histogram())
    this.gaveUpFrom = zoneNames.map(() => Number.POSITIVE_INFINITY)
  }

  record(zone: ZoneId, value: Nanos, gaveUp: boolean): void {
    ;(this.histograms[zone] as Histogram).record(value)
    if (gaveUp && value < (this.gaveUpFrom[zone] as number)) this.gaveUpFrom[zone] = value
  }

  report(name: string, out: MeasureSink): void {
    const all = new Histogram()
    for (const histogram of this.histograms) all.add(histogram.toData())
    report(name, all, null, Math.min(...this.gaveUpFrom), out)
    if (this.zoneNames.length === 1) return
    this.histograms.forEach((histogram, zone) => {
      report(name, histogram, this.zoneNames[zone] as string, this.gaveUpFrom[zone] as number, out)
    })
  }
}

function report(name: string, histogram: Histogram, zone: string | null, gaveUpFrom: Nanos, out: MeasureSink): void {
  if (histogram.count === 0) return
  if (gaveUpFrom === Number.POSITIVE_INFINITY) out.histogram(name, histogram, zone)
  else out.histogram(name, histogram, zone, gaveUpFrom)
}

/**
 * How long the acknowledged writes of the measured phase waited, from their acknowledgement on, for a time that is given by position in
 * the version order; never less than 0, and at least until the end of the cell where the time never came. NaN is left out.
 */
export function recordWaits(index: HistoryIndex, times: Float64Array): ZonedHistograms {
  const { versions, probes } = index
  const waits = new ZonedHistograms(probes.zoneNames)
  for (let position = 0; position < times.length; position++) {
    const id = versions.rows[position] as number
    const time = times[position] as number
    if (Number.isNaN(time) || !index.isMeasured(index.operationStart(id))) continue
    const gaveUp = time === Number.POSITIVE_INFINITY
    const until = gaveUp ? probes.phases.end : time
    waits.record(index.zoneOf(id), Math.max(0, until - (versions.acknowledged[position] as number)), gaveUp)
  }
  return waits
}
