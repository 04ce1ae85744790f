/**
 * The workload as it came out in the measured phase, beside what the file asked for: how often each operation was asked for, and how the operations
 * fell on records. It describes the workload and judges no strategy, so it is no measure; and it tells the skew that one gets from the skew
 * that one asks for. A scan counts for its first record, and a record of several types as one of each.
 */
import type { Cell } from '../experiment/cell.js'
import {
  beginsOperation,
  COMPARE_AND_SET,
  INSERT,
  KIND_OF,
  OPERATION_NAMES,
  type OperationKind,
  type OperationName,
} from '../history/operation-kinds.js'
import type { HistoryIndex } from '../measures/history-index.js'

export interface RealisedWorkload {
  /** By name, in the order in which workloads list them; those that never came are left out. */
  readonly operations: Readonly<Record<string, number>>
  readonly records: RealisedRecords
}

export interface RealisedRecords {
  /** Records that were loaded or inserted; no fewer than were touched. */
  readonly existing: number
  readonly touched: number
  /** Operations on the hottest record; on the hottest hundredth and on the hottest fifth of those that exist, which is one at least. */
  readonly hottest: number
  readonly hottest1Percent: number
  readonly hottest20Percent: number
}

/** Kinds of first rows. A compare-and-set begins with the same read as a read-modify-write. */
const NAMES: ReadonlyMap<OperationKind, OperationName> = new Map(
  OPERATION_NAMES.filter((name) => name !== 'compare-and-set').map((name) => [KIND_OF[name], name]),
)

export function realisedWorkload({ workload }: Cell, index: HistoryIndex): RealisedWorkload {
  return { operations: operationsOf(workload.operations, index), records: recordsOf(index) }
}

/** Of reads that nothing followed, because they failed, nobody knows for what they were; where a mix has both, for a modify. */
function operationsOf(mix: Cell['workload']['operations'], index: HistoryIndex): Record<string, number> {
  const { kind } = index.history
  const counts = new Map<OperationName, number>()
  const add = (name: OperationName, count: number) => counts.set(name, (counts.get(name) ?? 0) + count)
  for (const id of index.measured) {
    const name = NAMES.get(kind[id] as OperationKind)
    if (name !== undefined) add(name, 1)
  }
  const isConditional = (id: number): boolean => kind[id] === COMPARE_AND_SET
  const conditional = mix['read-modify-write']
    ? index.measured.filter(isConditional).length
    : (counts.get('read-modify-write') ?? 0)
  add('read-modify-write', -conditional)
  add('compare-and-set', conditional)
  return Object.fromEntries(
    OPERATION_NAMES.map((name) => [name, counts.get(name) ?? 0] as const).filter(([, count]) => count > 0),
  )
}

function recordsOf({ history, probes, measured, keys }: HistoryIndex): RealisedRecords {
  const { loadedKeys, keysPerRecord } = probes
  const counts = new Float64Array(Math.ceil(keys / keysPerRecord))
  for (const id of measured) {
    if (!beginsOperation(history.kind[id] as number)) continue
    const record = Math.floor((history.key[id] as number) / keysPerRecord)
    counts[record] = (counts[record] as number) + 1
  }
  const falling = counts
    .filter((count) => count > 0)
    .sort()
    .reverse()
  const inserted = history.kind.subarray(0, history.count).filter((kind) => kind === INSERT).length
  const existing = Math.max(falling.length, loadedKeys / keysPerRecord + inserted)
  const onHottest = (share: number): number =>
    falling.slice(0, Math.max(1, Math.round(share * existing))).reduce((sum, count) => sum + count, 0)
  return {
    existing,
    touched: falling.length,
    hottest: falling[0] ?? 0,
    hottest1Percent: onHottest(0.01),
    hottest20Percent: onHottest(0.2),
  }
}
