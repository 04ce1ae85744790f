/**
 * Whether replicas agree in the end: load has stopped, faults have healed, everything has settled, and the final values of each
 * key's replicas are compared.
 */
import { equalValues, type Value } from '../history/values.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const { finals } = index.probes
  let diverged = 0
  for (const key of finals.writtenKeys) {
    const values = finals.values(key)
    if (values.some((value) => !equalValues(value, values[0] as Value))) diverged++
  }
  out.number('diverged.keys', diverged)
}

export const convergence: MeasureFamily = {
  name: 'convergence',
  measures: [
    {
      name: 'diverged.keys',
      unit: 'count',
      better: 'lower',
      summary: 'Written keys whose replicas still differ after everything has settled.',
      overSeeds: 'mean',
    },
  ],
  evaluate,
}
