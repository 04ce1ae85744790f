/**
 * Throughput by whole operations: offered counts intended starts in the measured window, ok counts successful completions in it,
 * whenever they began. The flag `saturated` (saturation.ts) says that the system did not keep up. What it sustains at most takes cells at
 * several rates: no cell measures it, and its summary does (results/capacity.ts).
 */
import { SECOND } from '../core/units.js'
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
  if (isSaturated(index, load)) out.flag('saturated')
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
