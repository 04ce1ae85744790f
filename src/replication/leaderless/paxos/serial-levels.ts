/** Of serial operations, who chooses and what a commit waits for (Cassandra: `ConsistencyLevel.serialConsistency`, and the commit's own level). */
import type { NodeId } from '../../../core/ids.js'
import { isRead } from '../../../history/operation-kinds.js'
import type { Request } from '../../replica.js'
import type { BlockFor, Requirement } from '../consistency-level.js'
import type { Coordination } from '../coordination.js'
import { isSerial } from '../demands.js'
import { readsSerially } from './serial-options.js'

interface Needed<T> {
  readonly majority: T
  readonly commits: T
}

export class SerialLevels {
  readonly readsSerially: boolean
  private readonly ofReads: Needed<Requirement>
  private readonly ofWrites: Needed<Requirement>

  constructor({ options, placement, context }: Pick<Coordination, 'options' | 'placement' | 'context'>) {
    const { r, w, levels = {}, serial = 'SERIAL' } = options
    const read = levels.read ?? r
    this.readsSerially = readsSerially(options)
    const requirement = (needed: typeof read) => placement.requirement(needed, context.zone)
    const majority = requirement(isSerial(read) ? read : serial)
    // What a read finishes is committed at a quorum of those who choose.
    this.ofReads = { majority, commits: majority }
    this.ofWrites = { majority: requirement(serial), commits: requirement(levels['compare-and-set'] ?? w) }
  }

  of({ kind }: Request, partition: number, replicas: readonly NodeId[]): Needed<BlockFor> {
    const { majority, commits } = isRead(kind) ? this.ofReads : this.ofWrites
    return { majority: majority.of(partition, replicas), commits: commits.of(partition, replicas) }
  }
}
