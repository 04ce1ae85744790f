/**
 * What the history takes of memory per operation under every strategy, with all kinds of operations: rows, receipts and side lists
 * apart, as in use and not as allocated. The same in every run.
 */
import { catalog } from '../catalog.js'
import { simulate } from '../runner/run-cell.js'
import { ALL_OPERATIONS, cellOf } from './cells.js'
import type { Effort } from './effort.js'
import { type Figure, figureOf } from './figure.js'

export function historyBytes(effort: Effort): Figure[] {
  return catalog.strategies.names.flatMap((strategy) => {
    const { history } = simulate(cellOf(strategy, ALL_OPERATIONS, effort.operationsPerPass / 4))
    return Object.entries(history.bytes()).map(([part, bytes]) =>
      figureOf(`history of ${strategy}, ${part}`, 'bytes/operation', [bytes / history.count]),
    )
  })
}
