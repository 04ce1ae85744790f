/**
 * Measured values as text: three significant digits, never rounded to a perfect 100% or to none, units once per column in a table and
 * with every value in a sentence. A share of none of n is written with what it leaves room for, the rule of three: `0 (<0.003)` where
 * the heading says %, `0 of 107916 (< 0.003%)` in a sentence. Among clients giving up a time is `≥` their timeout, and a rate that
 * could have been larger is `≥` the largest tried.
 */
import type { SummaryValue } from '../results/summary.js'
import type { Kind } from './columns.js'

export interface Scale {
  readonly unit: string
  /** Milliseconds times this are in `unit`. */
  readonly factor: number
}

const PLAIN: Scale = { unit: '', factor: 1 }
const PERCENT: Scale = { unit: '%', factor: 100 }
const PER_SECOND: Scale = { unit: 'per s', factor: 1 }
const SECONDS: Scale = { unit: 's', factor: 0.001 }
const MILLISECONDS: Scale = { unit: 'ms', factor: 1 }
const MICROSECONDS: Scale = { unit: 'us', factor: 1000 }

/** One scale for all values of a column: as large as leaves the smallest readable. */
export function scaleOf(kind: Kind, values: readonly number[]): Scale {
  if (kind === 'share') return PERCENT
  if (kind === 'number') return PLAIN
  if (kind === 'rate') return PER_SECOND
  const positive = values.filter((value) => value > 0)
  if (positive.length === 0) return MILLISECONDS
  const largest = Math.max(...positive)
  const smallest = Math.min(...positive)
  if (largest >= 10_000 && smallest >= 10) return SECONDS
  return largest < 1 ? MICROSECONDS : MILLISECONDS
}

/** In a table, whose heading has the unit. */
export function tableFigure(kind: Kind, value: SummaryValue, scale: Scale): string {
  if (kind !== 'share') return `${value.atLeast ? '≥ ' : ''}${digits(value.value * scale.factor)}`
  return value.value === 0 ? `0 (<${roomPercent(value.n)})` : percent(value.value)
}

/** `[1.5 1.55]` in the unit of the heading; empty where no seed alone had samples enough, and beside a zero, which tells its room itself. */
export function intervalFigure(kind: Kind, { value, low, high, atLeast }: SummaryValue, { factor }: Scale): string {
  if (low === null || high === null || (kind === 'share' && value === 0)) return ''
  const bound = (of: number): string => (kind === 'share' ? percent(of) : digits(of * factor))
  return `[${bound(low)} ${atLeast ? '∞' : bound(high)}]`
}

/** In a sentence. */
export function spokenFigure(kind: Kind, value: SummaryValue): string {
  if (kind === 'number') return digits(value.value)
  if (kind === 'share') {
    return value.value === 0 ? `0 of ${value.n} (< ${roomPercent(value.n)}%)` : `${percent(value.value)}%`
  }
  const scale = scaleOf(kind, [value.value])
  return `${value.atLeast ? '≥ ' : ''}${digits(value.value * scale.factor)} ${scale.unit}`
}

export function digits(value: number): string {
  if (Math.abs(value) >= 100) return String(Math.round(value))
  return String(Number(value.toPrecision(3)))
}

/** Of a share; 99.996 and not 100 where something is lacking. */
export function percent(share: number): string {
  const value = 100 * share
  const text = digits(value)
  if (share >= 1 || Number(text) < 100) return text
  return String(Number(value.toFixed(Math.min(9, Math.ceil(-Math.log10(100 - value)) + 1))))
}

/** 3/n in percent with one digit, rounded up so that it stays true. */
function roomPercent(n: number): string {
  const room = Math.min(100, 300 / n)
  const unit = 10 ** Math.floor(Math.log10(room))
  return String(Number((Math.ceil(room / unit - 1e-9) * unit).toPrecision(1)))
}
