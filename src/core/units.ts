/**
 * Quantities as people write them (`1.5ms`, `100B`, `2000/s`, `30%`) and as the engine counts them: whole
 * nanoseconds, bytes, operations per second, ratios. A number without its unit is refused, except zero nowhere: `0` too
 * says of what. Sizes: KB and MB are decimal, KiB and MiB binary.
 */
import type { Nanos } from './ids.js'

export const MICROSECOND: Nanos = 1_000
export const MILLISECOND: Nanos = 1_000_000
export const SECOND: Nanos = 1_000_000_000

const DURATIONS: Readonly<Record<string, number>> = {
  ns: 1,
  us: MICROSECOND,
  µs: MICROSECOND,
  ms: MILLISECOND,
  s: SECOND,
  m: 60 * SECOND,
  h: 3600 * SECOND,
}

const SIZES: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 * 1024,
  GiB: 1024 * 1024 * 1024,
}

const RATES: Readonly<Record<string, number>> = { '/s': 1, '/ms': 1e3, '/m': 1 / 60, '/h': 1 / 3600 }

export const DURATION_UNITS = 'ns, us, ms, s, m or h'
export const SIZE_UNITS = 'B, KB, MB, GB, KiB, MiB or GiB'
export const RATE_UNITS = '/s, /ms, /m or /h'

/** Whole nanoseconds, or `undefined` if `text` is not a number with a unit of time. Negative values are allowed. */
export function parseDuration(text: string): Nanos | undefined {
  const value = withUnit(text, DURATIONS)
  return value === undefined ? undefined : Math.round(value)
}

/** Whole bytes, or `undefined` if `text` is not a non-negative number with a unit of size. */
export function parseSize(text: string): number | undefined {
  const value = withUnit(text, SIZES)
  return value === undefined || value < 0 ? undefined : Math.round(value)
}

/** Events per second, or `undefined` if `text` is not a non-negative rate such as `2000/s`. */
export function parseRate(text: string): number | undefined {
  const value = withUnit(text, RATES)
  return value === undefined || value < 0 ? undefined : value
}

/** A ratio, or `undefined` if `text` is not a percentage such as `12.5%`. */
export function parsePercent(text: string): number | undefined {
  return withUnit(text, { '%': 0.01 })
}

function withUnit(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(\D*?)\s*$/.exec(text)
  if (match === null) return undefined
  const factor = Object.hasOwn(units, match[2] as string) ? units[match[2] as string] : undefined
  const value = Number(match[1])
  if (factor === undefined || !Number.isFinite(value)) return undefined
  // 12.5% is 0.125 and not 0.12500000000000003: divide where the factor is a reciprocal.
  return factor < 1 ? value / Math.round(1 / factor) : value * factor
}

/** The shortest exact text of a duration: `1.5ms`, `2s`, `90s`. */
export function formatDuration(nanos: Nanos): string {
  for (const [unit, size] of [
    ['s', SECOND],
    ['ms', MILLISECOND],
    ['us', MICROSECOND],
  ] as const) {
    if (Math.abs(nanos) >= size) return `${trim(nanos / size)}${unit}`
  }
  return `${nanos}ns`
}

function trim(value: number): string {
  return String(Number(value.toPrecision(12)))
}
