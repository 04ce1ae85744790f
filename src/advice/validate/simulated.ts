/** Runs the cells of a workload text one after the other, as `quorate run` would, with seeds that are forks of the one given. */
import { catalog } from '../../catalog.js'
import { RandomStream } from '../../core/random.js'
import type { Cell } from '../../experiment/cell.js'
import { plan } from '../../experiment/plan.js'
import { parseSpec } from '../../experiment/spec.js'
import type { CellResult } from '../../results/cell-result.js'
import { type Summary, summarize } from '../../results/summary.js'
import { runCell } from '../../runner/run-cell.js'

export interface Simulated {
  readonly cells: readonly CellResult[]
  /** By variant, in the order of the strategies. */
  readonly summaries: readonly Summary[]
}

export function simulated(text: string, seed: number): Simulated {
  const cells = cellsOf(text, seed).map((cell) => runCell(cell))
  return { cells, summaries: summarize(cells) }
}

/** Variants with the same seed in the text meet the same dice here too. */
export function cellsOf(text: string, seed: number): readonly Cell[] {
  const random = RandomStream.ofSeed(seed)
  return plan(parseSpec(text, 'validate', catalog)).map((cell) => ({
    ...cell,
    seed: random.fork(String(cell.seed)).next(),
  }))
}
