/**
 * The timelines of several seeds as one: counts are added up, and latencies are the median over the seeds that have one, since no
 * histograms are kept by second. Seeds whose measured phase is shorter have nothing to say of the later seconds.
 */
import type { Timeline } from '../measures/timeline.js'

export function poolTimelines(timelines: readonly Timeline[]): Timeline {
  const seconds = Math.max(0, ...timelines.map((timeline) => timeline.second.length))
  const each = <T>(of: (second: number) => T): T[] => Array.from({ length: seconds }, (_, second) => of(second))
  const sum = (column: Count) =>
    each((second) => timelines.reduce((total, timeline) => total + (timeline[column][second] ?? 0), 0))
  const middle = (column: Latency) => each((second) => median(timelines.map((timeline) => timeline[column][second])))
  return {
    second: each((second) => second),
    offered: sum('offered'),
    ok: sum('ok'),
    failed: sum('failed'),
    unknown: sum('unknown'),
    readP50: middle('readP50'),
    readP99: middle('readP99'),
    readMax: middle('readMax'),
    writeP50: middle('writeP50'),
    writeP99: middle('writeP99'),
    writeMax: middle('writeMax'),
    eligibleReads: sum('eligibleReads'),
    staleReads: sum('staleReads'),
  }
}

type Count = 'offered' | 'ok' | 'failed' | 'unknown' | 'eligibleReads' | 'staleReads'
type Latency = 'readP50' | 'readP99' | 'readMax' | 'writeP50' | 'writeP99' | 'writeMax'

/** Of an even number the lower of the two in the middle: a value that was measured. */
export function median(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value): value is number => typeof value === 'number').sort((a, b) => a - b)
  return known[Math.floor((known.length - 1) / 2)] ?? null
}
