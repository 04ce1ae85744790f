/**
 * How often writes met: acknowledged writes of the measured phase with a concurrent one, which had not seen them and which they
 * had not seen (concurrent.ts), over all of them. What becomes of the two is another matter: one may be lost (loss.ts), both may
 * merge, or both may stay. `siblings` says how many writes a read returned at once, over the reads of a store that keeps
 * concurrent ones.
 */

import { isRead, isWrite } from '../history/operation-kinds.js'
import { OK } from '../history/outcomes.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'
import { statisticInfos } from './statistics.js'
import { ZonedCounts } from './zoned-counts.js'
import { ZonedHistograms } from './zoned-histograms.js'

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const { history, probes, measured } = index
  const writes = new ZonedCounts(probes.zoneNames)
  const conflicting = new ZonedCounts(probes.zoneNames)
  const siblings = new ZonedHistograms(probes.zoneNames)
  for (let i = 0; i < measured.length; i++) {
    const id = measured[i] as number
    if (history.outcome[id] !== OK) continue
    if (isRead(history.kind[id] as number)) {
      const count = history.siblingsOf(id)
      if (count > 0) siblings.record(index.zoneOf(id), count, false)
    }
    if (!isWrite(history.kind[id] as number)) continue
    writes.add(index.zoneOf(id))
    if (index.unseen.isConcurrent[id] === 1) conflicting.add(index.zoneOf(id))
  }
  if (index.seen.isComplete) conflicting.report('conflicts.ratio', writes, out)
  siblings.report('siblings', out)
}

export const conflicts: MeasureFamily = {
  name: 'conflicts',
  measures: [
    {
      name: 'conflicts.ratio',
      unit: 'ratio',
      better: 'lower',
      summary: 'Share of acknowledged writes with a concurrent one: neither had seen the other.',
    },
    ...statisticInfos(
      'siblings',
      ['p99', 'max'],
      { unit: 'count', better: 'lower' },
      'the number of concurrent writes that a read returned, where a store keeps them.',
    ),
  ],
  evaluate,
}
