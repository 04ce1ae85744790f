/**
 * How long replicas differ, and whether they agree in the end.
 *
 * - `convergence`: of each acknowledged write of the measured phase, from its acknowledgement until every replica of its key holds it or
 *   a version that is ordered after it (coverage.ts); zero if they did when it was acknowledged. A write that never got everywhere counts
 *   as the time until the end of the cell, and percentiles among such writes as "at least". Writes that were destroyed with
 *   their last disk are lost, and left out here.
 * - `convergence.heal`: from the end of the load, when all faults end too, until all replicas were equal for good: the last receipt that
 *   changed what some replica held. Absent where replicas differ to the end.
 * - `diverged.keys`: load has stopped, faults have healed, everything has settled, and the final values of each key's replicas are
 *   compared.
 */
import type { Nanos, OperationId } from '../core/ids.js'
import { MILLISECOND } from '../core/units.js'
import { isWrite } from '../history/operation-kinds.js'
import { NOT_IN_TIME } from './coverage.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'
import { statisticInfos } from './statistics.js'
import { recordWaits } from './zoned-histograms.js'

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const { diverged } = index.finals
  if (index.history.copiesPerKey > 0) {
    recordWaits(index, index.coverage.everywhere).report('convergence', out)
    if (diverged === 0 && index.versions.rows.length > 0) {
      const { measuredTo } = index.probes.phases
      out.number('convergence.heal', Math.max(0, lastChange(index) - measuredTo) / MILLISECOND)
    }
  }
  out.number('diverged.keys', diverged)
}

/** When a replica last received something that it then held for good. */
function lastChange(index: HistoryIndex): Nanos {
  const { history, versions, coverage, finals, keys } = index
  let last = 0
  for (let key = 0; key < keys; key++) {
    if (!versions.isTotal(key)) continue
    const end = versions.starts[key + 1] as number
    const hasVersions = end > (versions.starts[key] as number)
    const time = hasVersions ? (coverage.everywhere[end - 1] as number) : NOT_IN_TIME
    if (time !== NOT_IN_TIME && time > last) last = time
    // A write that nobody was told of may be the final value, and has no place in the order.
    const value = finals.valueOf(key)
    if (value >= 0 && !(hasVersions && versions.rows[end - 1] === value))
      last = Math.max(last, lastReceipt(index, value))
  }
  for (let id = 0; id < history.count; id++) {
    if (versions.isTotal(history.key[id] as number) || !isWrite(history.kind[id] as number)) continue
    last = Math.max(last, lastReceipt(index, id))
  }
  return last
}

function lastReceipt({ history }: HistoryIndex, id: OperationId): Nanos {
  const first = history.observed[id] as number
  let last = 0
  for (let slot = first; slot < first + history.copiesPerKey; slot++) {
    const time = (history.intended[id] as number) + (history.receipts[slot] as number)
    if (time > last) last = time
  }
  return last
}

export const convergence: MeasureFamily = {
  name: 'convergence',
  measures: [
    ...statisticInfos(
      'convergence',
      ['p50', 'p99', 'max'],
      { unit: 'ms', better: 'lower' },
      "the time from a write's acknowledgement until every replica holds it or a later version.",
    ),
    {
      name: 'convergence.heal',
      unit: 'ms',
      better: 'lower',
      summary: 'Time from the end of load and faults until all replicas are equal.',
      overSeeds: 'mean',
    },
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
