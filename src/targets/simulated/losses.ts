/**
 * What is gone when a disk loses what it held: the host's bookkeeping, which no replica sees. Receipts of that node are taken back, and a
 * write that no node holds any more is destroyed, unless some node holds a later version of its key, for then it was superseded
 * before. Where versions are ordered only in part, one supersedes another if its context says that it has seen it. A write that was still on its way and
 * arrives later is destroyed no more (`History.received`).
 */
import type { Key, NodeId, OperationId, WriterId } from '../../core/ids.js'
import type { History } from '../../history/history.js'
import { isWrite, type OperationKind } from '../../history/operation-kinds.js'
import type { Placement } from '../../replication/replica.js'

type Reach = ReadonlyMap<Key, ReadonlyMap<WriterId, number>>

export class Losses {
  constructor(
    private readonly history: History,
    private readonly placement: Placement,
    private readonly isPartiallyOrdered: (kind: OperationKind) => boolean,
  ) {}

  /** The node has lost its copies of these writes. */
  onLost(node: NodeId, operations: ArrayLike<OperationId>): void {
    const { history } = this
    const gone: OperationId[] = []
    for (let i = 0; i < operations.length; i++) {
      const operation = operations[i] as OperationId
      history.forget(operation, replicaOf(this.placement, history.key[operation] as number, node))
      if (!this.isHeld(operation)) gone.push(operation)
    }
    if (gone.length === 0) return
    const keys = new Set(gone.map((operation) => history.key[operation] as number))
    const latest = this.latestHeld(keys)
    const reach = history.contexts.size > 0 ? this.reachOfHeld(keys) : null
    for (const operation of gone) {
      if (!this.isSuperseded(operation, latest) && !this.isReached(operation, reach)) history.destroyed.add(operation)
    }
  }

  private isHeld(operation: OperationId): boolean {
    for (let replica = 0; replica < this.history.copiesPerKey; replica++) {
      if (this.history.hasReceived(operation, replica)) return true
    }
    return false
  }

  /** Of each key the latest version that some node holds. */
  private latestHeld(keys: ReadonlySet<Key>): ReadonlyMap<Key, OperationId> {
    const { history } = this
    const latest = new Map<Key, OperationId>()
    for (let id = 0; id < history.count; id++) {
      const key = history.key[id] as number
      if (!isWrite(history.kind[id] as number) || !keys.has(key) || !this.isHeld(id)) continue
      const best = latest.get(key)
      if (best === undefined || this.isAfter(id, best)) latest.set(key, id)
    }
    return latest
  }

  /** Of each key and origin, how far the contexts of writes that some node holds have seen its writes. */
  private reachOfHeld(keys: ReadonlySet<Key>): Reach {
    const { history } = this
    const reach = new Map<Key, Map<WriterId, number>>()
    for (const [write, context] of history.contexts) {
      const key = history.key[write] as number
      if (!keys.has(key) || !this.isHeld(write)) continue
      const ofKey = reach.get(key) ?? new Map<WriterId, number>()
      reach.set(key, ofKey)
      for (let i = 0; i < context.length; i += 2) {
        const origin = context[i] as number
        ofKey.set(origin, Math.max(ofKey.get(origin) ?? Number.NEGATIVE_INFINITY, context[i + 1] as number))
      }
    }
    return reach
  }

  private isReached(operation: OperationId, reach: Reach | null): boolean {
    const { key, tie, order } = this.history
    const furthest = reach?.get(key[operation] as number)?.get(tie[operation] as number)
    return furthest !== undefined && furthest >= (order[operation] as number)
  }

  private isSuperseded(operation: OperationId, latest: ReadonlyMap<Key, OperationId>): boolean {
    if (this.isPartiallyOrdered(this.history.kind[operation] as number)) return false
    const held = latest.get(this.history.key[operation] as number)
    return held !== undefined && this.isAfter(held, operation)
  }

  /** False too while one of them is not acknowledged, and so has no place in the order. */
  private isAfter(left: OperationId, right: OperationId): boolean {
    const { order, tie } = this.history
    const first = order[left] as number
    const second = order[right] as number
    return first > second || (first === second && (tie[left] as number) > (tie[right] as number))
  }
}

/** Which replica of the key the node is; -1 if it is none. */
export function replicaOf(placement: Placement, key: Key, node: NodeId): number {
  const replicas = placement.replicas(key)
  for (let replica = 0; replica < replicas.length; replica++) if (replicas[replica] === node) return replica
  return -1
}
