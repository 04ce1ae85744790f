/**
 * A result small enough to be committed as a reference. Of cells it keeps who they are, how they ended, what struck them and their digests, by
 * which a later run is known to be the same; summaries are whole, but that fitted curves are told by their steps (curve-steps.ts), and the spread
 * of their observations at these. Reports are the same as those of the full result, for as long as they look into no cell and draw fits as
 * steps. Wall-clock facts are left out, so a reference changes only when what is measured does. A reference of a reference is itself.
 */
import type { Cell } from '../experiment/cell.js'
import { EMPTY_TIMELINE } from '../measures/timeline.js'
import type { CellEntry, StoredCurve } from './cell-result.js'
import { stepsOf } from './curve-steps.js'
import type { Results } from './results.js'
import type { Summary } from './summary.js'

export function referenceOf(results: Results): Results {
  const { schema, ...rest } = results
  return {
    schema,
    form: 'reference',
    ...rest,
    environment: {},
    cells: results.cells.map(withoutMeasured),
    summaries: results.summaries.map(withSteps),
  }
}

const withoutMeasured = (entry: CellEntry): CellEntry => ({
  ...entry,
  cell: { id: entry.cell.id } as Cell,
  measures: {},
  atLeast: [],
  ratios: {},
  curves: {},
  timeline: EMPTY_TIMELINE,
})

/** A fitted curve is one that has the spread of its observations beside it, `NAME.reads` beside NAME. */
function withSteps(summary: Summary): Summary {
  const curves: Record<string, StoredCurve> = { ...summary.curves }
  for (const [name, curve] of Object.entries(summary.curves)) {
    const spread = summary.curves[`${name}.reads`]
    if (spread === undefined) continue
    const steps = stepsOf(curve)
    const kept = new Set(steps.map(({ x }) => x))
    curves[name] = steps
    curves[`${name}.reads`] = spread.filter(({ x }) => kept.has(x))
  }
  return { ...summary, curves }
}
