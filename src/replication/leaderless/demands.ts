/** Which options say how many answers operations wait for, and of what kind those operations are. */
import type { AnswersNeeded } from './consistency-level.js'
import type { QuorumOptions } from './quorum-options.js'

export interface Demand {
  /** The option, one inside another by its path. */
  readonly at: string
  readonly needed: AnswersNeeded
  /** An increment, add or remove has a level for its write; its read is as any other. */
  readonly of: 'reads' | 'writes' | 'scans'
}

const READERS: Readonly<Record<string, Demand['of']>> = { read: 'reads', scan: 'scans' }

export function demandsOf({ r, w, levels = {} }: QuorumOptions): readonly Demand[] {
  const ofKinds = Object.entries(levels).flatMap(([name, needed]): Demand[] =>
    needed === undefined ? [] : [{ at: `levels.${name}`, needed, of: READERS[name] ?? 'writes' }],
  )
  return [{ at: 'r', needed: r, of: 'reads' }, { at: 'w', needed: w, of: 'writes' }, ...ofKinds]
}

export function isSerial(needed: AnswersNeeded | undefined): boolean {
  return needed === 'SERIAL' || needed === 'LOCAL_SERIAL'
}
