/**
 * Quantities as people write them (`1.5ms`, `100B`, `2000/s`, `30%`, `1GB/s`) and as the engine counts them: whole
 * nanoseconds, bytes, operations per second, ratios, bytes per second. A number without its unit is refused, and zero is no
 * exception. KB and MB are decimal, KiB and MiB binary; Kb and Mb are bits, which only bandwidths are counted in.
 */
import type { Nanos } from './ids.js'

export const MICROSECOND: Nanos = 1_000
export const MILLISECOND: Nanos = 1_000_000
export const SECOND: Nanos = 1_000_000_000
const HOUR: Nanos = 3600 * SECOND

const DURATIONS: Readonly<Record<string, number>> = {
  ns: 1,
  us: MICROSECOND,
  µs: MICROSECOND,
  ms: MILLISECOND,
  s: SECOND,
  m: 60 * SECOND,
  h: HOUR,
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

/** In bytes. */
const BANDWIDTHS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(Object.entries(SIZES).map(([unit, bytes]) => [`${unit}/s`, bytes])),
  'b/s': 1 / 8,
  'Kb/s': 1e3 / 8,
  'Mb/s': 1e6 / 8,
  'Gb/s': 1e9 / 8,
}

const RATES: Readonly<Record<string, number>> = { '/s': 1, '/ms': 1e3, '/m': 1 / 60, '/h': 1 / 3600 }

export const DURATION_UNITS = 'ns, us, ms, s, m or h'
export const SIZE_UNITS = 'B, KB, MB, GB, KiB, MiB or GiB'
export const RATE_UNITS = '/s, /ms, /m or /h'
export const BANDWIDTH_UNITS = 'bytes: B/s, KB/s, MB/s, GB/s, KiB/s, MiB/s, GiB/s; bits: b/s, Kb/s, Mb/s, Gb/s'

/** Three of them are a moment that still is a whole number of nanoseconds. */
export const LONGEST_DURATION: Nanos = 300 * 3600 * SECOND
export const LONGEST_DURATION_TEXT = '300h'

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

/** Bytes per second, or `undefined` if `text` is not a non-negative bandwidth such as `100Mb/s`. */
export function parseBandwidth(text: string): number | undefined {
  const value = withUnit(text, BANDWIDTHS)
  return value === undefined || value < 0 ? undefined : value
}

/** Parts per million, or `undefined` if `text` is not such as `20ppm`. */
export function parsePartsPerMillion(text: string): number | undefined {
  return withUnit(text, { ppm: 1 })
}

function withUnit(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(\D*?)\s*$/.exec(text)
  if (match === null) return undefined
  const factor = Object.hasOwn(units, match[2] as string) ? units[match[2] as string] : undefined
  if (factor === undefined) return undefined
  // 12.5% is 0.125 and not 0.12500000000000003: divide where the factor is a reciprocal.
  const value = factor < 1 ? Number(match[1]) / Math.round(1 / factor) : Number(match[1]) * factor
  return Number.isFinite(value) ? value + 0 : undefined
}

/** The shortest exact text of whole nanoseconds: `1.5ms`, `2s`, `90s`, `3h`. */
export function formatDuration(nanos: Nanos): string {
  if (nanos !== 0 && nanos % HOUR === 0) return `${nanos / HOUR}h`
  for (const [unit, size] of [
    ['s', SECOND],
    ['ms', MILLISECOND],
    ['us', MICROSECOND],
  ] as const) {
    const text = `${Number((nanos / size).toPrecision(15))}${unit}`
    if (Math.abs(nanos) >= size && parseDuration(text) === nanos) return text
  }
  return `${nanos}ns`
}
