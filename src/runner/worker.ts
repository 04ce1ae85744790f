/**
 * A piscina worker: one cell per task, plain data both ways. What is thrown comes back as its message, so that the run goes on, and with
 * its trace, which is for whoever looks for a bug of ours and stays out of results.
 */
import { LimitError, messageOf, UserError } from '../core/errors.js'
import type { Cell } from '../experiment/cell.js'
import type { CellResult } from '../results/cell-result.js'
import { loadModules } from './load-modules.js'
import { runCell } from './run-cell.js'

export interface CellTask {
  readonly cell: Cell
  /** Bytes that the history may take; null without limit. */
  readonly memoryLimit: number | null
  /** One counter that goes up while the cell is alive. */
  readonly heartbeat: Int32Array
}

export type CellReply =
  | { readonly ok: true; readonly result: CellResult }
  | { readonly ok: false; readonly error: string; readonly trace: string | null }

export default async function work({ cell, memoryLimit, heartbeat }: CellTask): Promise<CellReply> {
  try {
    await loadModules(cell)
    return { ok: true, result: runCell(cell, { memoryLimit, heartbeat: () => Atomics.add(heartbeat, 0, 1) }) }
  } catch (thrown) {
    const isExpected = thrown instanceof UserError || thrown instanceof LimitError
    return {
      ok: false,
      error: messageOf(thrown),
      trace: thrown instanceof Error && !isExpected ? (thrown.stack ?? null) : null,
    }
  }
}
