/**
 * Which series another one beats in all that the tradeoff shows: it is dominated if another at the same point of the axes is no worse in write p99, in
 * read p99 and in stale reads, and better in one. Values are compared as measured, without their intervals. A saturated series takes no part: its
 * latency says how long the run went on.
 */
import type { ChartData } from './chart.js'

/** A value with its interval over seeds, as far as there is one. */
export interface Measured {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  /** The true value may be larger. */
  readonly atLeast: boolean
}

export interface TradeoffPart {
  /** Its place in `points`: only those of the same are compared. */
  readonly point: number
  readonly write: Measured | null
  readonly read: Measured | null
  /** A share. */
  readonly stale: Measured
  readonly saturated: boolean
}

export interface TradeoffData extends ChartData<TradeoffPart> {
  /** Names of the points of the axes; one, empty, where nothing varies. */
  readonly points: readonly string[]
}

/** Whether one of `parts` is no worse in anything and better in something. */
export function isDominated(part: TradeoffPart, parts: readonly TradeoffPart[]): boolean {
  return parts.some((other) => {
    if (other.point !== part.point || other.saturated || part.saturated) return false
    const pairs = [
      [other.write?.value, part.write?.value],
      [other.read?.value, part.read?.value],
      [other.stale.value, part.stale.value],
    ]
    const isComparable = pairs.every(([left, right]) => (left === undefined) === (right === undefined))
    const known = pairs.filter((pair): pair is [number, number] => pair[0] !== undefined && pair[1] !== undefined)
    return isComparable && known.every(([left, right]) => left <= right) && known.some(([left, right]) => left < right)
  })
}
