/**
 * Throughput by whole operations: offered counts intended starts in the measured window, ok counts successful completions in it,
 * whenever they began, and accepted what began in it, whenever it was meant to; accepted is told where operations may wait or be dropped.
 * The flag `saturated` (saturation.ts) says that the system did not keep up. What it sustains at most takes cells at
 * several rates: no cell measures it, and its summary does (results/capacity.ts).
 */
import { SECOND } from '../core/units.js'
import { beginsOperation, endsOperation } from '../history/operation-kinds.js'
import { DROPPED, OK } from '../history/outcomes.js'
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
  if (index.probes.mayDrop) reportAccepted(index, seconds, out)
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

function reportAccepted(index: HistoryIndex, seconds: number, out: MeasureSink): void {
  const { history } = index
  const { zoneNames } = index.probes
  const accepted = new Float64Array(zoneNames.length)
  for (let id = 0; id < history.count; id++) {
    if (history.outcome[id] === DROPPED || !beginsOperation(history.kind[id] as number)) continue
    const zone = index.zoneOf(id)
    if (index.isMeasured(history.invoked(id))) accepted[zone] = (accepted[zone] as number) + 1
  }
  out.number('throughput.accepted', accepted.reduce((sum, count) => sum + count, 0) / seconds)
  if (zoneNames.length === 1) return
  zoneNames.forEach((name, zone) => {
    out.number('throughput.accepted', (accepted[zone] as number) / seconds, name)
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
      name: 'throughput.accepted',
      unit: 'per second',
      better: 'neither',
      summary: 'Operations begun, per second of the measured phase, where others may wait or be dropped.',
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
