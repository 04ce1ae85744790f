/**
 * When a read that is slow asks one more replica (Cassandra's `speculative_retry`): at once (`always`), after a time (`10ms`), or after a percentile
 * of this coordinator's own reads (`99p`). The percentile is of its last 1,024 reads and is computed anew every 64; until
 * it has seen 64, nothing is asked twice. The same tells when a read that waits for its repairs makes more of them (Cassandra's
 * `additional_write_policy`), by those of this coordinator's plain writes that were done. Left out: `MIN` and `MAX` of two of these, and that Cassandra
 * waits for half its timeout until it has seen any.
 */
import type { Nanos } from '../../core/ids.js'
import { parseDuration } from '../../core/units.js'

const WINDOW = 1024
const STEP = 64

export function isSpeculation(text: string): boolean {
  return text === 'always' || percentileIn(text) !== undefined || parseDuration(text) !== undefined
}

export class Speculation {
  private readonly share: number | undefined
  private readonly latencies = new Float64Array(WINDOW)
  private noted = 0
  /** Null while there is none. */
  private wait: Nanos | null

  constructor(text: string) {
    this.share = percentileIn(text)
    this.wait = text === 'always' ? 0 : this.share === undefined ? (parseDuration(text) as Nanos) : null
  }

  /** After how long to ask more; null for never. */
  delay(): Nanos | null {
    return this.wait
  }

  /** A read, or a write, took so long, by the coordinator's clock. */
  note(latency: Nanos): void {
    if (this.share === undefined) return
    this.latencies[this.noted++ % WINDOW] = latency
    if (this.noted % STEP === 0) this.wait = this.percentile(this.share)
  }

  private percentile(share: number): Nanos {
    const sorted = this.latencies.slice(0, Math.min(this.noted, WINDOW)).sort()
    return Math.max(0, sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number)
  }
}

/** `99p` as a share. */
function percentileIn(text: string): number | undefined {
  const found = /^(\d{1,2}(?:\.\d+)?)p$/.exec(text)
  return found === null ? undefined : Number(found[1]) / 100
}
