/** Which options call for Paxos, and what cannot be done without it. */
import type { OperationName } from '../../../history/operation-kinds.js'
import { isSerial } from '../demands.js'
import type { QuorumOptions } from '../quorum-options.js'

export function readsSerially({ r, levels }: QuorumOptions): boolean {
  return isSerial(levels?.read ?? r)
}

export function usesPaxos(options: QuorumOptions): boolean {
  return options.serial !== undefined || readsSerially(options)
}

/** Whether the majorities of any two compare-and-sets have a replica in common, as those of LOCAL_SERIAL in two zones do not. */
export function comparesEverywhere({ serial, n }: QuorumOptions): boolean {
  return serial === 'SERIAL' || (serial === 'LOCAL_SERIAL' && typeof n !== 'number' && zonesWithCopies(n) === 1)
}

function zonesWithCopies(n: Readonly<Record<string, number>>): number {
  return Object.values(n).filter((copies) => copies > 0).length
}

/** Why the options rule out an operation. */
export function refuseUnserial({ serial }: QuorumOptions, operation: OperationName): string | undefined {
  if (operation !== 'compare-and-set' || serial !== undefined) return undefined
  return 'serial: SERIAL or LOCAL_SERIAL is needed for compare-and-set'
}
