/** Which options call for Paxos, and which are impossible with it. */
import type { OperationName } from '../../../history/operation-kinds.js'
import type { AnswersNeeded } from '../consistency-level.js'
import type { QuorumOptions } from '../quorum-options.js'

export const isSerial = (needed: AnswersNeeded): boolean => needed === 'SERIAL' || needed === 'LOCAL_SERIAL'

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

/** A sentence that begins with the option that is wrong, or `undefined`. */
export function checkSerial(options: QuorumOptions): string | undefined {
  const { w, levels = {}, versions = 'timestamps', coordinator, serial } = options
  const writes = Object.entries(levels).filter(([name]) => name !== 'read')
  const plain = isSerial(w) ? ['w', w] : writes.find(([, level]) => isSerial(level))
  if (plain !== undefined) return `${plain.join(': ')} is for reads; compare-and-sets have the option serial`
  if (!usesPaxos(options)) return undefined
  const option = serial === undefined ? `r: ${levels.read ?? options.r}` : `serial: ${serial}`
  if (coordinator === 'client') return `${option} needs coordinator: node`
  if (versions !== 'timestamps') return `${option} needs versions: timestamps`
  return undefined
}
