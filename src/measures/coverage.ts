/**
 * When the replicas of its key hold each acknowledged write, or a version that is ordered after it: the suffix minimum of receipt times over
 * the version order, replica by replica. Where versions are ordered only in part nothing stands in for a write but itself. A
 * lost disk forgets, so a receipt that was forgotten counts from when the write came back.
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
  private readonly times: Float64Array
  private readonly sorted: Float64Array
  /** Of the key at hand: its replicas, those of them that may answer a read, and the place of the time that decides among theirs in order. */
  private replicas: readonly NodeId[] = []
  private mayAnswer: readonly NodeId[] = []
  private readonly readers: number[] = []
  private deciding = 0

  constructor(
    private readonly history: History,
    private readonly probes: Probes,
    private readonly versions: VersionOrder,
    keys: number,
  ) {
    this.everywhere = new Float64Array(versions.rows.length)
    this.readable = new Float64Array(versions.rows.length)
    this.times = new Float64Array(history.copiesPerKey)
    this.sorted = new Float64Array(history.copiesPerKey)
    for (let key = 0; key < keys; key++) this.addKey(key)
  }

  private addKey(key: Key): void {
    const { versions, history, times } = this
    const from = versions.starts[key] as number
    const to = versions.starts[key + 1] as number
    if (from === to) return
    this.findReaders(key)
    times.fill(NOT_IN_TIME)
    const isTotal = versions.isTotal(key)
    for (let position = to - 1; position >= from; position--) {
      const row = versions.rows[position] as number
      if (!isTotal) times.fill(NOT_IN_TIME)
      const first = history.observed[row] as number
      for (let j = 0; j < times.length; j++) {
        const time = (history.intended[row] as number) + (history.receipts[first + j] as number)
        if (time < (times[j] as number)) times[j] = time
      }
      this.everywhere[position] = largest(times)
      this.readable[position] = this.decidingTime()
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

function largest(values: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > most) most = values[i] as number
  return most
}
