/**
 * The ratio of DESIGN.md, "Speed": simulated operations per second of quorum N=3 R=2 W=2, with workload, engine, history, digest and
 * every measure, over HOLD(1000) events per second of the same process. Passes of the two take turns and each pair gives a
 * ratio, so that a machine that grows slower meanwhile slows both. The cell is the same in every pass, and so is its digest.
 */
import { assert } from '../core/assert.js'
import { runCell } from '../runner/run-cell.js'
import { cellOf, HALF_READS } from './cells.js'
import { ratePerSecond } from './cpu-time.js'
import type { Effort } from './effort.js'
import { type Figure, figureOf } from './figure.js'
import { Hold } from './hold.js'

export const RATIO = 'quorum / HOLD(1000)'
export const LEAST_RATIO = 1 / 50
export const GOAL_RATIO = 1 / 25

const QUORUM = 'quorum: { n: 3, r: 2, w: 2 }'

export function quorumRatio(effort: Effort): Figure[] {
  const cell = cellOf(QUORUM, HALF_READS, effort.operationsPerPass)
  runCell(cellOf(QUORUM, HALF_READS, effort.warmUpOperations))
  const { digest } = runCell(cell)
  const hold = new Hold('ladder', 1000)
  hold.run(effort.warmUpEvents)
  const passes = Array.from({ length: effort.ratioPasses }, () => ({
    events: ratePerSecond(effort.eventsPerPass, () => hold.run(effort.eventsPerPass)),
    operations: ratePerSecond(effort.operationsPerPass, () => {
      assert(runCell(cell).digest === digest, 'the same cell has the same digest.')
    }),
  }))
  return [
    figureOf(
      'HOLD(1000), ladder',
      'M events/s',
      passes.map(({ events }) => events / 1e6),
    ),
    figureOf(
      'quorum n=3 r=2 w=2, every measure',
      'k operations/s',
      passes.map(({ operations }) => operations / 1e3),
    ),
    figureOf(
      RATIO,
      'ratio',
      passes.map(({ events, operations }) => operations / events),
    ),
  ]
}
