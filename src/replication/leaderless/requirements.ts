/** Whose answers the operations of one coordinator wait for: those of `r` and `w`, or of the level that its kind has of its own. */
import type { NodeId, ZoneId } from '../../core/ids.js'
import {
  ADD,
  DELETE,
  INCREMENT,
  INSERT,
  MODIFY,
  type OperationKind,
  type OperationName,
  REMOVE,
  UPDATE,
} from '../../history/operation-kinds.js'
import type { Request } from '../replica.js'
import type { AnswersNeeded, BlockFor, Requirement } from './consistency-level.js'
import type { QuorumOptions } from './quorum-options.js'
import type { QuorumPlacement } from './quorum-placement.js'

/** What a workload file calls a kind of write. */
const WRITES: readonly (readonly [OperationKind, OperationName])[] = [
  [UPDATE, 'update'],
  [MODIFY, 'read-modify-write'],
  [INCREMENT, 'increment'],
  [ADD, 'add'],
  [REMOVE, 'remove'],
  [INSERT, 'insert'],
  [DELETE, 'delete'],
]

export class Requirements {
  private readonly reads: Requirement
  private readonly writes: Requirement
  /** By kind, where it differs; null if none does. */
  private readonly ofKind: readonly (Requirement | undefined)[] | null

  constructor({ r, w, dw = 0, levels = {} }: QuorumOptions, placement: QuorumPlacement, zone: ZoneId) {
    const requirement = (needed: AnswersNeeded) => placement.requirement(needed, zone)
    // Every acknowledgement tells of a durable write, but with `flush`, which rules out `dw`.
    const ofWrite = (needed: AnswersNeeded) => requirement(typeof needed === 'number' ? Math.max(needed, dw) : needed)
    this.reads = requirement(levels.read ?? r)
    this.writes = ofWrite(w)
    const ofKind: Requirement[] = []
    for (const [kind, name] of WRITES) {
      const level = levels[name]
      if (level !== undefined) ofKind[kind] = ofWrite(level)
    }
    this.ofKind = ofKind.length === 0 ? null : ofKind
  }

  /** `replicas` is the preference list of the partition. */
  ofRead(partition: number, replicas: readonly NodeId[]): BlockFor {
    return this.reads.of(partition, replicas)
  }

  ofWrite({ kind }: Request, partition: number, replicas: readonly NodeId[]): BlockFor {
    return (this.ofKind?.[kind] ?? this.writes).of(partition, replicas)
  }
}
