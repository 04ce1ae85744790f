/**
 * `--resume`: whether what an interrupted run has left in its folder belongs to the same file, settings and version. Cells of another are never
 * mixed in; what differs is told as far as the cells show it. Which cells are chosen (`--only`) may differ: those that are there and
 * not chosen stay in the log and out of the result.
 */
import { UserError } from '../core/errors.js'
import type { Cell } from '../experiment/cell.js'
import { plan } from '../experiment/plan.js'
import type { Spec } from '../experiment/spec.js'
import { plain } from '../reports/text.js'
import { cellLogHeader, readCellLog, readCellLogHeader } from '../results/cell-log.js'
import { VERSION } from '../version.js'

/** Throws a `UserError` if the folder's log cannot be continued; tells the user if there is none. */
export async function requireResumable(spec: Spec, folder: string): Promise<void> {
  const header = await readCellLogHeader(folder)
  if (header === null) {
    process.stderr.write(`${folder} has no cells of an interrupted run: ${spec.name} begins anew.\n`)
    return
  }
  if (header.hash === cellLogHeader(spec, VERSION).hash) return
  const why =
    header.version === VERSION
      ? `the file or its settings (--set, --seeds) have changed since: ${await changeSince(spec, folder)}`
      : `it was begun by version ${plain(header.version)}, and this is ${VERSION}`
  throw new UserError(
    `${folder} cannot be resumed: ${why}. Leave out --resume to begin anew, or choose another folder with --out.`,
  )
}

async function changeSince(spec: Spec, folder: string): Promise<string> {
  const planned = new Map(plan(spec).map((cell) => [cell.id, cell]))
  for (const { id, cell } of (await readCellLog(folder)).cells) {
    const now = planned.get(id)
    if (now === undefined) return `there was a cell ${plain(id)}, and it is not in the plan any more`
    const difference = differenceIn(cell, now)
    if (difference !== null) return `${difference} (in ${plain(id)})`
  }
  return 'no cell that has ended shows it, so it is in others, the seeds, the name or what it is about'
}

/** `workload.records was 20 and is 30`; null for cells that are equal. */
function differenceIn(before: Cell, now: Cell): string | null {
  const [path, was, is] = firstDifference(before, now, []) ?? []
  return path === undefined ? null : `${path.join('.')} was ${shown(was)} and is ${shown(is)}`
}

type Difference = readonly [path: readonly string[], before: unknown, now: unknown]

function firstDifference(before: unknown, now: unknown, path: readonly string[]): Difference | null {
  if (JSON.stringify(before) === JSON.stringify(now)) return null
  if (!isNested(before) || !isNested(now)) return [path, before, now]
  for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const difference = firstDifference(before[key], now[key], [...path, key])
    if (difference !== null) return difference
  }
  return null
}

const isNested = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const shown = (value: unknown): string => (value === undefined ? 'absent' : plain(JSON.stringify(value), 60))
