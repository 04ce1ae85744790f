/**
 * The result of a run as every view reads it (DESIGN.md, section 7): what was asked, what each cell gave, and summaries over seeds.
 * Cells stand in the order of the plan, whichever finished first, and wall-clock facts live in `environment` alone; so for the
 * same spec everything else is the same on any machine with any number of threads.
 */
import type { Gate } from '../experiment/gates/gate.js'
import { measureInfos } from '../measures/index.js'
import type { MeasureInfo } from '../measures/measure.js'
import type { CellEntry, CellResult } from './cell-result.js'
import { entryOf } from './cell-result.js'
import { decideGates, type GateResult } from './gates.js'
import { type Summary, summarize } from './summary.js'

/** Raised whenever a reader of older files would misread newer ones. */
export const RESULT_SCHEMA = 1

export interface StrategyInfo {
  readonly name: string
  readonly summary: string
  readonly promises: readonly string[]
  readonly limits: string
}

/** What a run knows before its first cell. */
export interface RunHeader {
  readonly tool: { readonly name: string; readonly version: string }
  /** Wall-clock facts: machine, versions, when and how long. */
  readonly environment: Readonly<Record<string, unknown>>
  /** The spec as resolved, every default filled in. */
  readonly spec: unknown
  readonly strategies: readonly StrategyInfo[]
}

export interface Results extends RunHeader {
  readonly schema: typeof RESULT_SCHEMA
  /** Of results whose cells are told and not kept (reference-form.ts). */
  readonly form?: 'reference'
  /** Whether cells of the plan are missing. */
  readonly partial: boolean
  readonly measures: readonly Pick<MeasureInfo, 'name' | 'unit' | 'better' | 'summary'>[]
  readonly cells: readonly CellEntry[]
  readonly summaries: readonly Summary[]
  /** One for each gate and summary that it is for; none in a partial result. */
  readonly gates: readonly GateResult[]
}

/** `planned` lists the ids of all cells in plan order; `cells` may come in any order, and some may be missing. */
export function assembleResults(
  header: RunHeader,
  planned: readonly string[],
  cells: readonly CellResult[],
  gates: readonly Gate[] = [],
): Results {
  const inOrder = inPlanOrder(planned, cells)
  const partial = inOrder.length < planned.length
  const summaries = summarize(inOrder)
  return {
    schema: RESULT_SCHEMA,
    tool: header.tool,
    environment: header.environment,
    partial,
    spec: header.spec,
    measures: measureInfos.map(({ name, unit, better, summary }) => ({ name, unit, better, summary })),
    strategies: header.strategies,
    cells: inOrder.map(entryOf),
    summaries,
    gates: partial ? [] : decideGates(gates, summaries),
  }
}

export function inPlanOrder(planned: readonly string[], cells: readonly CellResult[]): CellResult[] {
  const byId = new Map(cells.map((cell) => [cell.id, cell]))
  return planned.flatMap((id) => byId.get(id) ?? [])
}
