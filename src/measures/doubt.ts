/**
 * What retries and timeouts leave in doubt.
 *
 * - `duplicated.ratio`: increments that were done twice, over acknowledged writes of the measured phase: what counters hold beyond all
 *   increments that can have taken effect (counters.ts). A lower bound, since a lost increment hides a doubled one. Adds and
 *   registers name the operation that wrote them, and doing that again changes nothing.
 * - `unknown.applied`: of the writes that clients gave up on, the share that some replica received all the same.
 */
import { isWrite } from '../history/operation-kinds.js'
import { UNKNOWN } from '../history/outcomes.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'
import { ZonedCounts } from './zoned-counts.js'

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const { history, probes, measured } = index
  const unknown = new ZonedCounts(probes.zoneNames)
  const applied = new ZonedCounts(probes.zoneNames)
  let acknowledged = 0
  for (let i = 0; i < measured.length; i++) {
    const id = measured[i] as number
    if (index.isAcknowledgedWrite(id)) acknowledged++
    if (history.outcome[id] !== UNKNOWN || !isWrite(history.kind[id] as number)) continue
    unknown.add(index.zoneOf(id))
    if (history.wasReceived(id)) applied.add(index.zoneOf(id))
  }
  out.ratio('duplicated.ratio', index.counters.totalSurplus(), acknowledged)
  if (history.copiesPerKey > 0) applied.report('unknown.applied', unknown, out)
}

export const doubt: MeasureFamily = {
  name: 'doubt',
  measures: [
    {
      name: 'duplicated.ratio',
      unit: 'ratio',
      better: 'lower',
      summary: 'Increments done twice, at least, as a share of acknowledged writes.',
    },
    {
      name: 'unknown.applied',
      unit: 'ratio',
      better: 'neither',
      summary: 'Share of writes that timed out which some replica received all the same.',
    },
  ],
  evaluate,
}
