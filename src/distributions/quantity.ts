/**
 * The arguments of laws: quantities with the unit of the law's type, and plain numbers. Parameters of curves keep fractions of a unit
 * (a mean of 33.3ns matters at 30 million arrivals a second); only what is drawn is whole. What `formatQuantity` writes,
 * `readQuantity` reads back as the same number, bit for bit.
 */
import { didYouMean } from '../core/did-you-mean.js'
import { DURATION_UNITS, formatDuration, parseDuration, parseSize, SIZE_UNITS } from '../core/units.js'
import type { Parameter } from './family.js'
import { LARGEST_VALUE, type LawType } from './law.js'
import { LawError, quoted } from './law-error.js'

interface Dimension {
  readonly noun: string
  readonly example: string
  /** As a list for people; empty where there is none. */
  readonly units: string
  /** What one of a unit is, in whole nanoseconds or bytes; `undefined` if there is no such unit. */
  sizeOf(unit: string): number | undefined
  format(whole: number): string
}

const TIME: Dimension = {
  noun: 'time',
  example: '1.5ms',
  units: DURATION_UNITS,
  sizeOf: (unit) => parseDuration(`1${unit}`),
  format: formatDuration,
}

const DIMENSIONS: Readonly<Record<LawType, Dimension>> = {
  time: TIME,
  offset: TIME,
  bytes: {
    noun: 'size',
    example: '100B',
    units: SIZE_UNITS,
    sizeOf: (unit) => parseSize(`1${unit}`),
    format: (whole) => `${whole}B`,
  },
  count: {
    noun: 'count',
    example: '10',
    units: '',
    sizeOf: (unit) => (unit === '' ? 1 : undefined),
    format: String,
  },
}

/** Sign, digits and exponent of a number, as part of a regular expression. */
export const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`
const LEADING_NUMBER = new RegExp(`^${NUMBER}`)

/** Of shapes and sigmas: beyond these the mathematics overflows, and no measured law is near. */
const SMALLEST_SHAPE = 0.001
const LARGEST_NUMBER = 1e6

export function formatQuantity(value: number, type: LawType): string {
  if (Number.isInteger(value)) return DIMENSIONS[type].format(value)
  return `${value}${type === 'count' ? '' : type === 'bytes' ? 'B' : 'ns'}`
}

/** An argument as its parameter wants it; throws `LawError` at `offset`. */
export function readArgument(word: string, parameter: Parameter, type: LawType, offset: number): number {
  const value =
    parameter.dimension === 'number' ? readNumber(word, parameter, offset) : readQuantity(word, type, offset)
  const wrong = impossibility(value, parameter, type)
  if (wrong !== undefined) throw new LawError(`The ${parameter.name} ${wrong}; ${word} does not fit.`, offset)
  return parameter.whole ? Math.round(value) + 0 : value
}

/** What the rule is that `value` breaks. */
function impossibility(
  value: number,
  { dimension, range, whole, largest }: Parameter,
  type: LawType,
): string | undefined {
  if (range === 'positive' && value <= 0) return 'must be more than 0'
  if (value < 0 && !(range === 'signed' && type === 'offset')) return 'must not be negative'
  if (dimension === 'number') {
    const most = largest ?? LARGEST_NUMBER
    if (range === 'positive' && value < SMALLEST_SHAPE) return `must be at least ${SMALLEST_SHAPE}`
    return value > most ? `must be at most ${most}` : undefined
  }
  if (Math.abs(value) > LARGEST_VALUE) return `must be at most ${formatQuantity(LARGEST_VALUE, type)}`
  return whole && type === 'count' && !Number.isInteger(value) ? 'is a count and must be a whole number' : undefined
}

function readQuantity(word: string, type: LawType, offset: number): number {
  const { noun, example, units, sizeOf } = DIMENSIONS[type]
  const digits = LEADING_NUMBER.exec(word)?.[0]
  if (digits === undefined) throw new LawError(`${quoted(word)} is not a ${noun}, such as ${example}.`, offset)
  const unit = word.slice(digits.length)
  if (unit === '' && units !== '') throw new LawError(`${word} needs a unit: ${units}; for example ${example}.`, offset)
  const size = sizeOf(unit)
  if (size !== undefined) return nearlyWhole(Number(digits) * size)
  if (units === '') throw new LawError(`A ${noun} has no unit, so ${quoted(unit)} must go.`, offset + digits.length)
  const guess = didYouMean(unit, units.split(/, | or /))
  const hint = guess === undefined ? '' : ` Did you mean ${digits}${guess}?`
  throw new LawError(`${quoted(unit)} is not a unit of ${noun}; the units are ${units}.${hint}`, offset + digits.length)
}

/** 0.60241 * 1e6 may miss 602410 by a bit: a billionth off a whole number is that number. */
function nearlyWhole(value: number): number {
  const whole = Math.round(value)
  return Math.abs(value - whole) <= 1e-9 * Math.abs(value) ? whole + 0 : value
}

function readNumber(word: string, parameter: Parameter, offset: number): number {
  const digits = LEADING_NUMBER.exec(word)?.[0]
  if (digits === undefined || digits.length < word.length) {
    throw new LawError(`${parameter.name} is a plain number without a unit, which ${quoted(word)} is not.`, offset)
  }
  return Number(digits)
}
