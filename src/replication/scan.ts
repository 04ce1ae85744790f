/**
 * What strategies have in common about scans, which ask for `Request.length` records from a key on. What a scan finds is no version of any
 * one key, so its outcome says only that it is done, and its rows stand in no measure of freshness; what it costs is one
 * read, more time for each record (`WORK_SCAN`), and an answer that carries them all.
 *
 * Records that lie next to each other by key are on one node where all keys are, and nowhere else: the ring spreads keys by
 * hash, and who scans it follows the tokens (leaderless/scan-coordinator.ts). Left out: the end of the keys, where a
 * scan would find fewer records than it asks for, and deleted records, which it would pass over.
 */
import { INITIAL } from '../core/ids.js'
import type { OperationName } from '../history/operation-kinds.js'
import { ELEMENT_BYTES } from './message-bytes.js'
import type { Partitions } from './placement/leader-placement.js'
import { Outcome } from './replica.js'

export const SCANNED = new Outcome(INITIAL, Number.NaN, -1)

/** What so many records weigh: each travels with its key. */
export function scanBytes(rows: number, recordBytes: number): number {
  return rows * (ELEMENT_BYTES + recordBytes)
}

/** For strategies that scan in the order of keys. */
export function refuseScansOfRings(
  { partitions }: { readonly partitions: Partitions },
  operation: OperationName,
): string | undefined {
  if (operation !== 'scan' || partitions === 'one') return undefined
  return 'partitions: ring scatters neighbouring keys over all nodes; scan needs partitions: one'
}
