/**
 * The value of a gate, written with the unit of its measure and returned as results count it: milliseconds, ratios 0..1, per second,
 * bytes, plain numbers. A percentage for anything but a ratio would be a change, which relative gates are for.
 */
import type { Catalog } from '../../catalog.js'
import {
  DURATION_UNITS,
  MILLISECOND,
  parseDuration,
  parsePercent,
  parseRate,
  parseSize,
  RATE_UNITS,
  SIZE_UNITS,
} from '../../core/units.js'
import { GateError, type Word } from './gate-text.js'

type Measure = Catalog['measures']['all'][number]

interface Quantity {
  readonly wanted: string
  /** `undefined` for what is none. */
  parse(text: string): number | undefined
}

const NUMBER: Quantity = { wanted: 'a number, such as 2', parse: parseNumber }

const QUANTITIES: Readonly<Record<Measure['unit'], Quantity>> = {
  ms: { wanted: `a duration (${DURATION_UNITS}), such as 50ms`, parse: parseMilliseconds },
  ratio: { wanted: 'a share from 0% to 100%, such as 1%, or from 0 to 1', parse: parseShare },
  'per second': { wanted: `a rate (${RATE_UNITS}), such as 1900/s`, parse: parseRate },
  bytes: { wanted: `a size (${SIZE_UNITS}), such as 500B`, parse: parseSize },
  count: NUMBER,
  versions: NUMBER,
}

/** Throws `GateError`. */
export function parseBound({ text, at }: Word, { name, unit }: Measure): number {
  const { wanted, parse } = QUANTITIES[unit]
  const bound = parse(text)
  if (bound !== undefined) return bound
  const later = unit !== 'ratio' && parsePercent(text) !== undefined ? '; relative gates are not in this version' : ''
  throw new GateError(`${name} is compared with ${wanted}, not ${text}${later}`, at)
}

function parseMilliseconds(text: string): number | undefined {
  const nanos = parseDuration(text)
  return nanos === undefined || nanos < 0 ? undefined : nanos / MILLISECOND
}

function parseShare(text: string): number | undefined {
  const share = parsePercent(text) ?? parseNumber(text)
  return share !== undefined && share >= 0 && share <= 1 ? share : undefined
}

function parseNumber(text: string): number | undefined {
  return /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined
}
