/**
 * Throughput by whole operations: offered counts intended starts in the measured window, ok counts successful completions in it,
 * whenever they began. The flag `saturated` (saturation.ts) says that the system did not keep up. What it sustains at most takes cells at
 * several rates: no cell measures it, and its summary does (results/capacity.ts).
 */
import { SECOND } from '../core/units.js'
import { beginsOperation, endsOperation } from '../history/operation-kinds.js'
import { OK } from '../history/outcomes.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'
import { isSaturated, loadOf } from './saturation.js'

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const { measuredFrom, measuredTo } = index.probes.phases
  const seconds = (measuredTo - measuredFrom) / SECOND
  if (seconds <= 0) return
  const load = loadOf(index)
  out.number('throughput.offered', load.offered / seconds)
  out.number('throughput.ok', load.ok / seconds)
  reportZones(index, seconds, out)
  if (isSaturated(index, load)) out.flag('saturated')
}

function reportZones(index: HistoryIndex, seconds: number, out: MeasureSink): void {
  const { zoneNames } = index.probes
  if (zoneNames.length === 1) return
  const { kind, outcome, intended, completed, count } = index.history
  const offered = new Float64Array(zoneNames.length)
  const ok = new Float64Array(zoneNames.length)
  for (let id = 0; id < count; id++) {
    const zone = index.zoneOf(id)
    if (beginsOperation(kind[id] as number) && index.isMeasured(intended[id] as number))
      offered[zone] = (offered[zone] as number) + 1
    if (outcome[id] === OK && endsOperation(kind[id] as number) && index.isMeasured(completed[id] as number)) {
      ok[zone] = (ok[zone] as number) + 1
    }
  }
  zoneNames.forEach((name, zone) => {
    out.number('throughput.offered', (offered[zone] as number) / seconds, name)
    out.number('throughput.ok', (ok[zone] as number) / seconds, name)
  })
}

export const throughput: MeasureFamily = {
  name: 'throughput',
  measures: [
    {
      name: 'throughput.offered',
      unit: 'per second',
      better: 'neither',
      summary: 'Operations asked for, per second of the measured phase.',
      overSeeds: 'mean',
    },
    {
      name: 'throughput.ok',
      unit: 'per second',
      better: 'higher',
      summary: 'Operations that succeeded, per second of the measured phase.',
      overSeeds: 'mean',
    },
    {
      name: 'throughput.max',
      unit: 'per second',
      better: 'higher',
      summary:
        'The largest offered rate up to which the variant was not saturated, where workload.arrivals is an axis; summaries only.',
    },
  ],
  evaluate,
}
