/** A piscina worker: one cell per task, plain data both ways. What is thrown comes back as its message, so that the run goes on. */

import { messageOf } from '../core/errors.js'
import type { Cell } from '../experiment/cell.js'
import type { CellResult } from '../results/cell-result.js'
import { runCell } from './run-cell.js'

export interface CellTask {
  readonly cell: Cell
  readonly memoryLimit: number | null
  /** One counter that goes up while the cell is alive. */
  readonly heartbeat: Int32Array
}

export type CellReply =
  | { readonly ok: true; readonly result: CellResult }
  | { readonly ok: false; readonly error: string }

export default function work({ cell, memoryLimit, heartbeat }: CellTask): CellReply {
  try {
    return { ok: true, result: runCell(cell, { memoryLimit, heartbeat: () => Atomics.add(heartbeat, 0, 1) }) }
  } catch (thrown) {
    return { ok: false, error: messageOf(thrown) }
  }
}
