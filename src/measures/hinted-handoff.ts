/**
 * Hints that nodes kept in the measured phase for others that were down or did not answer. A hint is dropped, and its write left to other
 * repair, where the node has been down for longer than the window, or where too many are kept already.
 */
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'

function evaluate({ probes: { hints } }: HistoryIndex, out: MeasureSink): void {
  if (hints === undefined) return
  out.number('hints.max', hints.most)
  out.ratio('hints.dropped', hints.dropped, hints.kept + hints.dropped)
}

export const hintedHandoff: MeasureFamily = {
  name: 'hinted-handoff',
  measures: [
    {
      name: 'hints.max',
      unit: 'count',
      better: 'lower',
      summary: 'The most hints that one node kept at once.',
      overSeeds: 'max',
    },
    {
      name: 'hints.dropped',
      unit: 'ratio',
      better: 'lower',
      summary: 'Share of hints that were not kept: beyond the window, or beyond the limit.',
    },
  ],
  evaluate,
}
