/**
 * Scales of axes. A value is put at a position of our own reckoning (itself, its decimal logarithm, or its number of nines), and the axis is a plain
 * one over positions whose ticks and labels are given: ECharts' own logarithmic axis names powers of ten only, and so nothing between 2 and 9 ms.
 * Drawings hold positions; whatever is told in words or tables is the value itself.
 */
import { log } from '../../core/mathematics.js'
import { digits } from '../figures.js'
import { SOFT_INK } from './colours.js'
import { axisOf } from './frame.js'

export interface Tick {
  readonly at: number
  readonly label: string
}

export interface Scale {
  /** Of the axis, as positions. */
  readonly min: number
  readonly max: number
  readonly ticks: readonly Tick[]
  /** The position of a value, within the axis. */
  at(value: number): number
}

/** Beyond this ratio of largest to smallest, equal steps would press the small ones together. */
const WIDEST_LINEAR = 20
/** A logarithmic axis shows at least this ratio, so that a small difference looks small. */
const NARROWEST = 2.5
const LINEAR_TICKS = 5
const MOST_DECADES = 7

export function log10(value: number): number {
  return log(value) / Math.LN10
}

/** How many nines a share has: 1 of 0.9, 3 of 0.999, without end for 1. */
export function nines(share: number): number {
  return share >= 1 ? Number.POSITIVE_INFINITY : Math.max(0, -log10(1 - share))
}

/** `0%`, `90%`, `99%`, `99.9%` … */
export function ninesLabel(count: number): string {
  if (count < 2) return `${count * 90}%`
  return count === 2 ? '99%' : `99.${'9'.repeat(count - 2)}%`
}

/** From 0 to `count` nines; with 50%, since half of the shares lie below. */
export function ninesTicks(count: number): readonly Tick[] {
  const whole = Array.from({ length: count + 1 }, (_, at) => ({ at, label: ninesLabel(at) }))
  return [...whole.slice(0, 1), { at: nines(0.5), label: '50%' }, ...whole.slice(1)]
}

/** Over what none of is negative: from 0 in equal steps, or by ratios where the values differ by more than such steps could show. */
export function amountScale(values: readonly number[]): Scale {
  const positive = values.filter((value) => value > 0)
  const [low, high] = [Math.min(...positive), Math.max(...positive)]
  if (positive.length === 0) return linearScale(0)
  return high / low > WIDEST_LINEAR ? logScale(low, high) : linearScale(high)
}

/** From 0 in equal steps. */
export function linearScale(high: number): Scale {
  if (!(high > 0)) return linearScale(1)
  const step = niceStep(high / LINEAR_TICKS)
  const count = Math.ceil(high / step - 1e-9)
  const ticks = Array.from({ length: count + 1 }, (_, i) => ({ at: i * step, label: digits(i * step) }))
  return { min: 0, max: count * step, ticks, at: (value) => value }
}

function niceStep(rough: number): number {
  const unit = powerOfTen(Math.floor(log10(rough)))
  return unit * ([1, 2, 2.5, 5].find((step) => step * unit >= rough) ?? 10)
}

/** To the last bit, as no product of logarithms is. */
function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`)
}

/** From `low` to `high` and `padding` decades more at either end. */
export function logScale(low: number, high: number, padding = 0.06): Scale {
  const lacking = Math.max(0, (log10(NARROWEST) - log10(high / low)) / 2)
  const min = log10(low) - lacking - padding
  const max = log10(high) + lacking + padding
  const ticks = logTicks(min, max, digits)
  return { min, max, ticks, at: (value) => (value > 0 ? Math.max(min, log10(value)) : min) }
}

/** Between two positions, as densely as they leave room for. */
export function logTicks(min: number, max: number, label: (value: number) => string): readonly Tick[] {
  const mantissas = mantissasFor(max - min)
  const every = max - min > MOST_DECADES ? 2 : 1
  const ticks: Tick[] = []
  for (let decade = Math.floor(min); decade <= max; decade++) {
    if (decade % every !== 0) continue
    for (const mantissa of mantissas) {
      const at = decade + log10(mantissa)
      if (at >= min && at <= max) ticks.push({ at, label: label(mantissa * powerOfTen(decade)) })
    }
  }
  return ticks
}

function mantissasFor(decades: number): readonly number[] {
  if (decades <= 1) return [1, 1.5, 2, 3, 5, 7]
  if (decades <= 2) return [1, 2, 5]
  return decades <= 3 ? [1, 3] : [1]
}

export function scaleAxis({ min, max, ticks }: Scale, option: object): object {
  const customValues = ticks.map(({ at }) => at)
  const formatter = (place: number) => ticks.find(({ at }) => Math.abs(at - place) < 1e-9)?.label ?? ''
  return axisOf({
    type: 'value',
    min,
    max,
    axisLine: { onZero: false, lineStyle: { color: SOFT_INK } },
    axisTick: { customValues, lineStyle: { color: SOFT_INK } },
    axisLabel: { customValues, formatter, color: SOFT_INK, hideOverlap: true },
    ...option,
  })
}
