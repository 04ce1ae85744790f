/**
 * What faults cost: the seconds of the measured phase that any strike of their cell touches, against all others, over all seeds. A fault's aftermath
 * counts as otherwise. Latencies are those of a typical second: the median over the seconds of each second's own percentile, since no histograms are
 * kept by second.
 */

/** A strike, or strikes of several seeds at the same time; seconds from the start of the measured phase, which they may reach beyond. */
export interface StruckWindow {
  readonly name: string
  readonly label: string
  readonly from: number
  readonly to: number
  /** In how many seeds. */
  readonly seeds: number
}

/** Sums over seconds and seeds. */
export interface Tally {
  readonly seconds: number
  readonly offered: number
  readonly ok: number
  readonly eligibleReads: number
  readonly staleReads: number
  /** Milliseconds in a typical second; null where no second had samples enough. */
  readonly readP99: number | null
  readonly writeP99: number | null
}

export interface FaultToll {
  readonly during: Tally
  readonly otherwise: Tally
}
