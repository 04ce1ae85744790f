/**
 * The history: one row of 56 bytes for each operation, in columns, in the order of invocation. Every value written is the id of the
 * operation that wrote it, so a row says all that a measure or checker may know; what only an insider knows (when
 * each replica received a write) stands beside it as receipts. The same history comes from the simulator and from a live store.
 *
 * Receipts take 4 bytes for each replica of each write and the marks of witnesses one; values that are not single ids
 * stand in `lists`.
 */
import { assert } from '../core/assert.js'
import { LimitError } from '../core/errors.js'
import type { ClientId, Key, Nanos, NodeId, OperationId } from '../core/ids.js'
import { NO_OPERATION } from '../core/ids.js'
import type { OperationKind } from './operation-kinds.js'
import { isWrite } from './operation-kinds.js'
import type { OutcomeCode } from './outcomes.js'
import { OK, PENDING } from './outcomes.js'

/** A list in `lists`: its tag, its length, its items. `observed` holds `LIST_OFFSET - position`. */
const LIST_OFFSET = -3
export const LIST_COUNT = 0
export const LIST_ELEMENTS = 1
export const LIST_SIBLINGS = 2

const LEAST_CAPACITY = 1024
/** Bytes of a row. */
const ROW_BYTES = 56

export interface HistoryOptions {
  /** Replicas of each key: receipts kept for each write. */
  readonly copies: number
  /** The history fails with `LimitError` beyond so many bytes; null without limit. */
  readonly memoryLimit?: number | null
  /** Rows to make room for at first; less where the limit does not allow it. */
  readonly capacity?: number
}

export class History {
  count = 0
  /** When it was meant to start; latency counts from here. */
  intended = new Float64Array(0)
  /** When the client had its answer or gave up; NaN while pending. */
  completed = new Float64Array(0)
  /** The store's version order, with `tie`: see `Outcome` in replication/replica.ts. NaN where there is none. */
  order = new Float64Array(0)
  /** When the last replica received a write; NaN until then, and for reads. */
  settled = new Float64Array(0)
  key = new Int32Array(0)
  client = new Int32Array(0)
  /** What a read returned: an id, `INITIAL`, or a list; for a write, where its receipts begin. */
  observed = new Int32Array(0)
  /** The row that it builds on: a modify's read, a read-back's write. */
  base = new Int32Array(0)
  /** The node that was asked, last; or the client's own process. */
  node = new Int16Array(0)
  tie = new Int16Array(0)
  kind = new Uint8Array(0)
  outcome = new Uint8Array(0)
  attempts = new Uint8Array(0)
  /** Replicas that held a write when it was acknowledged. */
  copies = new Uint8Array(0)

  /** When operations that had to wait for a session were invoked, where that is after their intended start. */
  private readonly late = new Map<OperationId, Nanos>()
  /** Values that are not single ids. */
  readonly lists: number[] = []
  /** Frontiers of reads under a partial version order, by operation. */
  readonly frontiers = new Map<OperationId, readonly number[]>()
  /** Of writes that carry contexts, as frontiers: all that each had seen. A store's writes all do, or none; one that was never begun has none. */
  readonly contexts = new Map<OperationId, readonly number[]>()
  /** How many values a store had side by side for a read, where it merged them. */
  readonly siblings = new Map<OperationId, number>()
  /** Nanoseconds from a write's intended start until each replica of its key received it; NaN until then. */
  receipts = new Float32Array(0)
  /** Beside each receipt, 1 if that replica was a witness: see `ReplicaContext.witness` in replication/replica.ts. */
  witnesses = new Uint8Array(0)
  /** The first receipts that replicas have forgotten, by place among `receipts`. */
  private readonly forgotten = new Map<number, Nanos>()
  /** Those of them that were forgotten before their write had ended. */
  private readonly forgottenUnderWay = new Set<number>()
  /** Writes that no disk held any more, nor anything ordered after them, when disks lost what they held. */
  readonly destroyed = new Set<OperationId>()
  private receiptCount = 0
  readonly copiesPerKey: number
  private readonly memoryLimit: number

  constructor(options: HistoryOptions) {
    this.copiesPerKey = options.copies
    this.memoryLimit = options.memoryLimit ?? Number.POSITIVE_INFINITY
    const affordable = Math.floor(this.memoryLimit / (2 * ROW_BYTES))
    this.growRows(Math.max(LEAST_CAPACITY, Math.min(options.capacity ?? 0, affordable)))
  }

  begin(kind: OperationKind, key: Key, client: ClientId, intended: Nanos, base: OperationId): OperationId {
    const id = this.count
    if (id === this.key.length) this.growRows(2 * id)
    this.count = id + 1
    this.kind[id] = kind
    this.key[id] = key
    this.client[id] = client
    this.intended[id] = intended
    this.completed[id] = Number.NaN
    this.order[id] = Number.NaN
    this.settled[id] = Number.NaN
    this.base[id] = base
    this.observed[id] = isWrite(kind) ? this.addReceipts() : NO_OPERATION
    this.node[id] = -1
    this.tie[id] = -1
    return id
  }

  /** The operation has waited, from its intended start until now, before it was asked for. */
  invokeLate(id: OperationId, at: Nanos): void {
    this.late.set(id, at)
  }

  /** When the client asked for it: what was acknowledged before that is what a read must not miss. */
  invoked(id: OperationId): Nanos {
    const intended = this.intended[id] as number
    return this.late.size === 0 ? intended : (this.late.get(id) ?? intended)
  }

  /** The same of all operations, as a column. */
  get invocations(): Float64Array {
    if (this.late.size === 0) return this.intended
    const invocations = this.intended.slice()
    for (const [id, at] of this.late) invocations[id] = at
    return invocations
  }

  /** Ends an operation; `order` and `tie` as its outcome gave them, NaN and -1 where it gave none. */
  finish(id: OperationId, outcome: OutcomeCode, at: Nanos, order: number, tie: NodeId): void {
    assert(this.outcome[id] === PENDING, 'an operation ends once.')
    this.outcome[id] = outcome
    this.completed[id] = at
    this.order[id] = order
    this.tie[id] = tie
    if (isWrite(this.kind[id] as number) && outcome === OK) this.copies[id] = this.receivedBy(id)
  }

  /** Replica number `replica` of the write's key received it; the first time counts. Returns whether this is it. */
  received(id: OperationId, replica: number, at: Nanos): boolean {
    const slot = (this.observed[id] as number) + replica
    if (!Number.isNaN(this.receipts[slot] as number)) return false
    this.receipts[slot] = at - (this.intended[id] as number)
    // Asked first: a deletion is a call, and in fair weather nothing is ever destroyed.
    if (this.destroyed.size > 0) this.destroyed.delete(id)
    if (this.receivedBy(id) === this.copiesPerKey) this.settled[id] = at
    return true
  }

  /** Replica number `replica` was a witness of the write. */
  witness(id: OperationId, replica: number): void {
    this.witnesses[(this.observed[id] as number) + replica] = 1
  }

  hasReceived(id: OperationId, replica: number): boolean {
    return !Number.isNaN(this.receipts[(this.observed[id] as number) + replica] as number)
  }

  /** Replica number `replica` has lost the write with its disk. */
  forget(id: OperationId, replica: number): void {
    const slot = (this.observed[id] as number) + replica
    if (!this.forgotten.has(slot)) {
      this.forgotten.set(slot, this.receipts[slot] as number)
      if (this.outcome[id] === PENDING) this.forgottenUnderWay.add(slot)
    }
    this.receipts[slot] = Number.NaN
    this.settled[id] = Number.NaN
  }

  /** Nanoseconds from the write's intended start until the replica first received it, forgotten or not; NaN if it never did. */
  firstReceipt(id: OperationId, replica: number): Nanos {
    const slot = (this.observed[id] as number) + replica
    if (this.forgotten.size === 0) return this.receipts[slot] as number
    return this.forgotten.get(slot) ?? (this.receipts[slot] as number)
  }

  /** Whether the replica held the write when its client was told of its end. */
  heldAtEnd(id: OperationId, replica: number): boolean {
    const slot = (this.observed[id] as number) + replica
    const wasForgottenSince = this.forgotten.size > 0 && !this.forgottenUnderWay.has(slot)
    const receipt = (wasForgottenSince ? this.forgotten.get(slot) : undefined) ?? (this.receipts[slot] as number)
    // Receipts are single precision; rounding keeps order, so what arrived in time still compares so.
    return receipt <= Math.fround((this.completed[id] as number) - (this.intended[id] as number))
  }

  /** Whether any replica ever received the write. */
  wasReceived(id: OperationId): boolean {
    for (let replica = 0; replica < this.copiesPerKey; replica++) {
      if (!Number.isNaN(this.firstReceipt(id, replica))) return true
    }
    return false
  }

  observeList(id: OperationId, tag: number, items: readonly number[]): void {
    this.observed[id] = LIST_OFFSET - this.lists.length
    this.lists.push(tag, items.length)
    for (const item of items) this.lists.push(item)
  }

  /** The list that a read returned, or null if it returned a single id or nothing. */
  listOf(id: OperationId): { readonly tag: number; readonly items: readonly number[] } | null {
    const observed = this.observed[id] as number
    if (observed > LIST_OFFSET || isWrite(this.kind[id] as number)) return null
    const position = LIST_OFFSET - observed
    const length = this.lists[position + 1] as number
    return { tag: this.lists[position] as number, items: this.lists.slice(position + 2, position + 2 + length) }
  }

  /** How many values a store that keeps concurrent ones had for a read; 0 if it had none, or keeps one. */
  siblingsOf(id: OperationId): number {
    const merged = this.siblings.size === 0 ? undefined : this.siblings.get(id)
    if (merged !== undefined) return merged
    const position = LIST_OFFSET - (this.observed[id] as number)
    return position >= 0 && this.lists[position] === LIST_SIBLINGS ? (this.lists[position + 1] as number) : 0
  }

  /** Bytes in use by rows, receipts and lists. */
  bytes(): { readonly rows: number; readonly receipts: number; readonly lists: number } {
    let frontierNumbers = 0
    for (const frontier of this.frontiers.values()) frontierNumbers += frontier.length
    for (const context of this.contexts.values()) frontierNumbers += context.length
    const noted = 2 * this.forgotten.size + this.forgottenUnderWay.size + 2 * this.late.size
    return {
      rows: this.count * ROW_BYTES,
      receipts: this.receiptCount * (Float32Array.BYTES_PER_ELEMENT + Uint8Array.BYTES_PER_ELEMENT),
      lists: (this.lists.length + frontierNumbers + noted) * 8,
    }
  }

  private receivedBy(id: OperationId): number {
    const first = this.observed[id] as number
    let received = 0
    for (let i = first; i < first + this.copiesPerKey; i++) {
      if (!Number.isNaN(this.receipts[i] as number)) received++
    }
    return received
  }

  private addReceipts(): number {
    const first = this.receiptCount
    if (first + this.copiesPerKey > this.receipts.length) {
      const capacity = Math.max(1024, 2 * this.receipts.length, first + this.copiesPerKey)
      this.receipts = grown(this.receipts, capacity)
      this.witnesses = grown(this.witnesses, capacity)
      this.checkMemory()
    }
    for (let i = first; i < first + this.copiesPerKey; i++) this.receipts[i] = Number.NaN
    this.receiptCount = first + this.copiesPerKey
    return first
  }

  private growRows(capacity: number): void {
    this.intended = grown(this.intended, capacity)
    this.completed = grown(this.completed, capacity)
    this.order = grown(this.order, capacity)
    this.settled = grown(this.settled, capacity)
    this.key = grown(this.key, capacity)
    this.client = grown(this.client, capacity)
    this.observed = grown(this.observed, capacity)
    this.base = grown(this.base, capacity)
    this.node = grown(this.node, capacity)
    this.tie = grown(this.tie, capacity)
    this.kind = grown(this.kind, capacity)
    this.outcome = grown(this.outcome, capacity)
    this.attempts = grown(this.attempts, capacity)
    this.copies = grown(this.copies, capacity)
    this.checkMemory()
  }

  private checkMemory(): void {
    const bytes = this.key.length * ROW_BYTES + this.receipts.byteLength + this.witnesses.byteLength
    if (bytes <= this.memoryLimit) return
    throw new LimitError(
      `the history needs ${megabytes(bytes)}, more than the ${megabytes(this.memoryLimit)} that --memory allows.`,
    )
  }
}

const megabytes = (bytes: number): string => `${Number((bytes / 1e6).toPrecision(3))} MB`

type Column = Float64Array | Float32Array | Int32Array | Int16Array | Uint8Array

function grown<C extends Column>(column: C, capacity: number): C {
  const larger = new (column.constructor as new (length: number) => C)(capacity)
  larger.set(column as never)
  return larger
}
