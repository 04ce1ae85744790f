/**
 * When the replicas of its key hold each acknowledged write, or a version that is ordered after it: the suffix minimum of receipt times over
 * the version order, replica by replica. Where versions are ordered only in part a write that has seen another stands in for it if
 * writes carry contexts, which say so, and else nothing does but itself. A lost disk forgets, so a receipt that was forgotten counts from when the write came back.
 */
import type { Key, Nanos, NodeId } from '../core/ids.js'
import type { History } from '../history/history.js'
import type { Probes } from '../history/probes.js'
import type { VersionOrder } from './version-order.js'

/** A write that never gets there. */
export const NOT_IN_TIME = Number.POSITIVE_INFINITY

export class Coverage {
  /** By position in the version order: from when on all replicas hold it, or one after it. */
  readonly everywhere: Float64Array
  /** By position: from when on every read returns it, or one after it, whichever replicas answer; NaN where nobody knows who may. */
  readonly readable: Float64Array
  /** When each replica received the write at a position; NaN if it did not, or has forgotten it. */
  private readonly received: Float64Array
  /** The same of the first write that replaces or joins those of its chain up to a position; null where no contexts say so. */
  private readonly contained: Float64Array | null
  private readonly times: Float64Array
  private readonly sorted: Float64Array
  /** Of the key at hand: its replicas, those of them that may answer a read, and the place of the time that decides among theirs in order. */
  private replicas: readonly NodeId[] = []
  private mayAnswer: readonly NodeId[] = []
  private readonly readers: number[] = []
  private deciding = 0

  constructor(
    history: History,
    private readonly probes: Probes,
    private readonly versions: VersionOrder,
    keys: number,
  ) {
    this.everywhere = new Float64Array(versions.rows.length)
    this.readable = new Float64Array(versions.rows.length)
    this.received = receiptsByPosition(history, versions)
    this.contained = history.contexts.size > 0 ? containedByPosition(history, versions) : null
    this.times = new Float64Array(history.copiesPerKey)
    this.sorted = new Float64Array(history.copiesPerKey)
    for (let key = 0; key < keys; key++) this.addKey(key)
  }

  private addKey(key: Key): void {
    const { versions, times, received } = this
    const from = versions.starts[key] as number
    const to = versions.starts[key + 1] as number
    if (from === to) return
    this.findReaders(key)
    times.fill(NOT_IN_TIME)
    const isTotal = versions.isTotal(key)
    if (!isTotal && this.contained !== null) this.carryBack(this.contained, from, to)
    for (let position = to - 1; position >= from; position--) {
      if (!isTotal) this.beginWith(position)
      for (let j = 0; j < times.length; j++) {
        const time = received[position * times.length + j] as number
        if (time < (times[j] as number)) times[j] = time
      }
      this.everywhere[position] = largest(times)
      this.readable[position] = this.decidingTime()
    }
  }

  /** What contains a write contains those before it in its chain. */
  private carryBack(contained: Float64Array, from: number, to: number): void {
    const copies = this.times.length
    for (let position = to - 2; position >= from; position--) {
      if (this.versions.chainEndAt(position) === position + 1) continue
      for (let slot = position * copies; slot < (position + 1) * copies; slot++) {
        contained[slot] = Math.min(contained[slot] as number, contained[slot + copies] as number)
      }
    }
  }

  private beginWith(position: number): void {
    const { times, contained } = this
    for (let j = 0; j < times.length; j++) {
      times[j] = contained === null ? NOT_IN_TIME : (contained[position * times.length + j] as number)
    }
  }

  /** Any R of m replicas include a holder once m - R + 1 of them hold the write. */
  private findReaders(key: Key): void {
    const { readers } = this.probes
    if (readers === null) return
    const replicas = this.probes.replicas(key)
    const mayAnswer = readers.of(key)
    if (replicas === this.replicas && mayAnswer === this.mayAnswer) return
    this.replicas = replicas
    this.mayAnswer = mayAnswer
    this.readers.length = 0
    for (const node of mayAnswer) this.readers.push(replicas.indexOf(node))
    this.deciding = this.readers.length - readers.needed
  }

  private decidingTime(): Nanos {
    const { readers, sorted, times } = this
    if (readers.length === 0) return Number.NaN
    for (let i = 0; i < readers.length; i++) {
      const time = times[readers[i] as number] as number
      let j = i
      for (; j > 0 && (sorted[j - 1] as number) > time; j--) sorted[j] = sorted[j - 1] as number
      sorted[j] = time
    }
    return sorted[this.deciding] as number
  }
}

/** Reads the history from front to back: collected key by key its rows would be a cache miss each. */
function receiptsByPosition(
  { count, observed, intended, receipts, copiesPerKey }: History,
  { rows }: VersionOrder,
): Float64Array {
  const positionOf = new Int32Array(count).fill(-1)
  for (let position = 0; position < rows.length; position++) positionOf[rows[position] as number] = position
  const received = new Float64Array(rows.length * copiesPerKey)
  for (let id = 0; id < count; id++) {
    const position = positionOf[id] as number
    if (position < 0) continue
    const slot = observed[id] as number
    for (let j = 0; j < copiesPerKey; j++) {
      received[position * copiesPerKey + j] = (intended[id] as number) + (receipts[slot + j] as number)
    }
  }
  return received
}

/** Of writes whose contexts reach to a position and not to the next of its chain, the first receipt by each replica. */
function containedByPosition(history: History, versions: VersionOrder): Float64Array {
  const { contexts, key, observed, intended, receipts, copiesPerKey } = history
  const contained = new Float64Array(versions.rows.length * copiesPerKey).fill(NOT_IN_TIME)
  for (const [write, context] of contexts) {
    const slot = observed[write] as number
    for (let i = 0; i < context.length; i += 2) {
      const position = versions.lastWithin(key[write] as number, context[i] as number, context[i + 1] as number)
      for (let j = 0; j < copiesPerKey && position >= 0; j++) {
        const time = (intended[write] as number) + (receipts[slot + j] as number)
        const at = position * copiesPerKey + j
        if (time < (contained[at] as number)) contained[at] = time
      }
    }
  }
  return contained
}

function largest(values: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > most) most = values[i] as number
  return most
}
