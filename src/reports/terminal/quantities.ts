/**
 * What timelines show of a second, and on which scale: throughput and stale reads from zero, latencies on a logarithmic one, since a fault may raise them a
 * thousandfold. A scale of latencies spans a decade at least, and one of stale reads one in a hundred, so that noise does not look like a fault.
 */
import { log } from '../../core/mathematics.js'
import type { Summary } from '../../results/summary.js'
import { digits, percent } from '../figures.js'

export interface Quantity {
  readonly title: string
  /** In one second; null where nothing is known of it. */
  at(summary: Summary, second: number): number | null
  /** Of several seconds, at least one. */
  worst(values: readonly number[]): number
  /** For all values that are shown together, at least one. */
  scale(values: readonly number[]): QuantityScale
}

export interface QuantityScale {
  /** `0 to 2010`. */
  readonly text: string
  /** 0 to 1. */
  heightOf(value: number): number
}

const DECADE = 10
const LEAST_STALE = 0.01

const largest = (values: readonly number[]): number => Math.max(...values)

const done: Quantity = {
  title: 'done per s',
  at: ({ timeline, seeds }, second) => {
    const ok = timeline.ok[second]
    return ok === undefined ? null : ok / seeds.length
  },
  worst: (values) => Math.min(...values),
  scale: (values) => fromZero(largest(values), digits),
}

const latency: Quantity = {
  title: 'p99 ms, log',
  at: ({ timeline }, second) => {
    const known = [timeline.readP99[second], timeline.writeP99[second]].filter((value) => typeof value === 'number')
    return known.length === 0 ? null : largest(known)
  },
  worst: largest,
  scale: (values) => {
    const low = Math.min(...values.filter((value) => value > 0))
    const high = Math.max(largest(values), low * DECADE)
    if (!Number.isFinite(low)) return fromZero(0, digits)
    return {
      text: `${digits(low)} to ${digits(high)}`,
      heightOf: (value) => (value <= low ? 0 : log(value / low) / log(high / low)),
    }
  },
}

const stale: Quantity = {
  title: 'stale reads %',
  at: ({ timeline }, second) => {
    const eligible = timeline.eligibleReads[second] ?? 0
    return eligible === 0 ? null : (timeline.staleReads[second] as number) / eligible
  },
  worst: largest,
  scale: (values) => fromZero(Math.max(LEAST_STALE, largest(values)), percent),
}

function fromZero(high: number, textOf: (value: number) => string): QuantityScale {
  return { text: `0 to ${textOf(high)}`, heightOf: (value) => (high === 0 ? 0 : value / high) }
}

export const QUANTITIES: readonly Quantity[] = [done, latency, stale]
