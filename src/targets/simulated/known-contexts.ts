/**
 * What a session knows of the versions of keys: the context of the latest answer about each key that it asked for, or, where only
 * read-modify-writes carry contexts, of its latest answer. A session asks one thing at a time, so that is the one of the read
 * that a modify goes on with.
 */
import type { Key } from '../../core/ids.js'
import { continuesOperation, isMerge, type OperationKind } from '../../history/operation-kinds.js'
import type { Context, ContextUse } from '../../replication/replica.js'

export class KnownContexts {
  private readonly byKey = new Map<Key, Context>()
  private latest: Context | null = null

  constructor(private readonly use: ContextUse) {}

  /** What a write carries: increments, adds and removes nothing, for their coordinator reads before it writes. */
  carriedBy(kind: OperationKind, key: Key): Context | null {
    if (isMerge(kind)) return null
    if (this.use === 'session') return this.byKey.get(key) ?? null
    return continuesOperation(kind) ? this.latest : null
  }

  note(key: Key, context: Context | null): void {
    this.latest = context
    if (context !== null && this.use === 'session') this.byKey.set(key, context)
  }
}
