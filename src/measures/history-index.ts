/**
 * The index that all families of measures share, built once per cell from the history and the probes: which rows belong to the measured
 * phase, which of them end a whole operation, and, made on first use, the version order and what every read missed.
 *
 * An operation belongs to the phase of its intended start, so a modify or compare-and-set belongs to that of its read. A whole operation ends with
 * its only row, with the one that goes on with what a read returned, or with such a read if it did not succeed. Columns are typed arrays and keys are
 * array indices: a history of a million rows is indexed in a fraction of a second.
 */
import type { Nanos, OperationId, ZoneId } from '../core/ids.js'
import type { History } from '../history/history.js'
import { continuesOperation, isRead, isWrite, READ_BACK, READ_FOR_MODIFY } from '../history/operation-kinds.js'
import { OK, PENDING } from '../history/outcomes.js'
import type { FaultWindow, Probes } from '../history/probes.js'
import { Counters } from './counters.js'
import { Coverage } from './coverage.js'
import { FinalEffects } from './final-effects.js'
import { MergeSort } from './merge-sort.js'
import { ReadFreshness } from './read-freshness.js'
import { Seen } from './seen.js'
import { Unseen } from './unseen.js'
import { VersionOrder } from './version-order.js'
import { Windows } from './windows.js'

export class HistoryIndex {
  /** One more than the largest key of the history. */
  readonly keys: number
  /** Rows of the measured phase, read-backs too, by id. */
  readonly measured: Int32Array
  /** Rows that end a whole operation of the measured phase. */
  readonly endings: Int32Array
  readonly faults: Windows
  /** The same with the time that a fault goes on to tell: see saturation.ts. */
  readonly disturbed: Windows
  private lazyVersions: VersionOrder | undefined
  private lazyFreshness: ReadFreshness | undefined
  private lazySeen: Seen | undefined
  private lazyUnseen: Unseen | undefined
  private lazyCoverage: Coverage | undefined
  private lazyFinals: FinalEffects | undefined
  private lazyCounters: Counters | undefined

  constructor(
    readonly history: History,
    readonly probes: Probes,
  ) {
    const { count, key } = history
    const measured = new Int32Array(count)
    const endings = new Int32Array(count)
    let largestKey = -1
    let rows = 0
    let ends = 0
    for (let id = 0; id < count; id++) {
      if ((key[id] as number) > largestKey) largestKey = key[id] as number
      if (!this.isMeasured(this.operationStart(id))) continue
      measured[rows++] = id
      if (this.endsWholeOperation(id)) endings[ends++] = id
    }
    this.keys = largestKey + 1
    this.measured = measured.slice(0, rows)
    this.endings = endings.slice(0, ends)
    this.faults = new Windows(probes.faults)
    this.disturbed = new Windows(probes.faults.map((fault) => withAftermath(fault, probes.timeout)))
  }

  /** When the operation that the row belongs to was meant to start. */
  operationStart(id: OperationId): Nanos {
    const { kind, base, intended } = this.history
    const read = continuesOperation(kind[id] as number) ? (base[id] as number) : -1
    return intended[read >= 0 ? read : id] as number
  }

  /** Whether a time lies in the measured phase, its end left out. */
  isMeasured(time: Nanos): boolean {
    const { measuredFrom, measuredTo } = this.probes.phases
    return time >= measuredFrom && time < measuredTo
  }

  zoneOf(id: OperationId): ZoneId {
    return this.probes.clientZone[this.history.client[id] as number] as ZoneId
  }

  isAcknowledgedWrite(id: OperationId): boolean {
    return this.history.outcome[id] === OK && isWrite(this.history.kind[id] as number)
  }

  /** The acknowledged writes of all phases in version order, but for those that disks destroyed. */
  get versions(): VersionOrder {
    this.lazyVersions ??= new VersionOrder(this.history, this.survivingWrites(), this.keys, (kind) =>
      this.probes.isPartiallyOrdered(kind),
    )
    return this.lazyVersions
  }

  /** What the reads of the measured phase missed. */
  get freshness(): ReadFreshness {
    this.lazyFreshness ??= new ReadFreshness(this.history, this.versions, this.successfulReads(), this.keys)
    return this.lazyFreshness
  }

  /** What every write has seen. */
  get seen(): Seen {
    this.lazySeen ??= new Seen(this.history, this.probes, this.versions, this.keys)
    return this.lazySeen
  }

  /** Which acknowledged writes others had not seen. */
  get unseen(): Unseen {
    this.lazyUnseen ??= new Unseen(this.history, this.seen, this.versions, this.keys)
    return this.lazyUnseen
  }

  get finals(): FinalEffects {
    this.lazyFinals ??= new FinalEffects(this)
    return this.lazyFinals
  }

  get counters(): Counters {
    this.lazyCounters ??= new Counters(this)
    return this.lazyCounters
  }

  /** When replicas held the acknowledged writes. */
  get coverage(): Coverage {
    this.lazyCoverage ??= new Coverage(this.history, this.probes, this.versions, this.keys)
    return this.lazyCoverage
  }

  private survivingWrites(): Int32Array {
    const { destroyed } = this.history
    const writes = new Int32Array(this.history.count)
    let count = 0
    for (let id = 0; id < writes.length; id++) {
      if (this.isAcknowledgedWrite(id) && !destroyed.has(id)) writes[count++] = id
    }
    return writes.slice(0, count)
  }

  /** Of the measured phase, in order of invocation. */
  private successfulReads(): Int32Array {
    const { outcome, kind, invocations } = this.history
    const reads = new Int32Array(this.measured.length)
    let count = 0
    for (let i = 0; i < reads.length; i++) {
      const id = this.measured[i] as number
      if (outcome[id] === OK && isRead(kind[id] as number)) reads[count++] = id
    }
    // The simulator's rows are in order of invocation; those of a live target need not be.
    new MergeSort(count).sort(reads, 0, count, invocations, invocations)
    return reads.slice(0, count)
  }

  private endsWholeOperation(id: OperationId): boolean {
    const kind = this.history.kind[id]
    const outcome = this.history.outcome[id]
    if (kind === READ_BACK || outcome === PENDING) return false
    return kind !== READ_FOR_MODIFY || outcome !== OK
  }
}

function withAftermath({ from, to }: FaultWindow, timeout: Nanos): { readonly from: Nanos; readonly to: Nanos } {
  return { from: from - timeout, to: to + (to - from) + timeout }
}
