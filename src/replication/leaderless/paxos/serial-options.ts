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

/** Why the options rule out an operation. */
export function refuseUnserial({ serial }: QuorumOptions, operation: OperationName): string | undefined {
  if (operation !== 'compare-and-set' || serial !== undefined) return undefined
  return 'serial: SERIAL or LOCAL_SERIAL is needed for compare-and-set'
}
