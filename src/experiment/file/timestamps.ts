/**
 * A recording of arrivals as the gaps between them: one timestamp a line, in seconds since whenever, or with a unit, or as ISO 8601, where UTC
 * goes without saying. Of a table (CSV, tabs) the first column counts, and its first line may be a heading; blank lines and lines that
 * begin with `#` are skipped. Nanoseconds since 1970 are beyond what a number holds, so whole seconds and the rest stand apart.
 */
import type { Nanos } from '../../core/ids.js'
import { LONGEST_DURATION, LONGEST_DURATION_TEXT, SECOND } from '../../core/units.js'
import { shortened } from './tree.js'

export const MOST_TIMESTAMPS = 100_000

interface Timestamp {
  readonly seconds: number
  readonly nanos: Nanos
}

/** Digits before the point in seconds that are behind it in the unit, and what remains to multiply by. */
const UNITS: Readonly<Record<string, { readonly shift: number; readonly factor: number }>> = {
  '': { shift: 0, factor: 1 },
  s: { shift: 0, factor: 1 },
  ms: { shift: 3, factor: 1 },
  us: { shift: 6, factor: 1 },
  µs: { shift: 6, factor: 1 },
  ns: { shift: 9, factor: 1 },
  m: { shift: 0, factor: 60 },
  h: { shift: 0, factor: 3600 },
}
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?\s*([a-zµ]*)$/
const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*(?:[zZ]|([+-])(\d\d):?(\d\d))?$/

const WANTED = 'seconds, a time with a unit such as 12ms, or ISO 8601 such as 2026-01-31T23:59:59.5Z'

/** Throws an `Error` whose message names the line. `name` is what it calls the file. */
export function readGaps(contents: string, name: string): readonly Nanos[] {
  const gaps: Nanos[] = []
  let before: Timestamp | undefined
  for (const [i, line] of contents.split('\n').entries()) {
    const text = firstColumn(line)
    const timestamp = parseTimestamp(text)
    const isHeading = timestamp === undefined && before === undefined && !/\d/.test(text)
    if (text === '' || text.startsWith('#') || isHeading) continue
    const wrong = mistakeIn(text, before, timestamp, gaps.length)
    if (wrong !== undefined) throw new Error(`${name}:${i + 1}: ${wrong}`)
    if (before !== undefined) gaps.push(gapBetween(before, timestamp as Timestamp))
    before = timestamp
  }
  if (before === undefined) throw new Error(`${name} holds no timestamps; it needs one on each line`)
  return gaps
}

/** What is wrong with the timestamp that `text` says, after `before` and so many gaps. */
function mistakeIn(text: string, before: Timestamp | undefined, timestamp: Timestamp | undefined, gaps: number) {
  if (timestamp === undefined) return `${JSON.stringify(shortened(text))} is no timestamp; write ${WANTED}`
  if (before === undefined) return undefined
  const gap = gapBetween(before, timestamp)
  if (gap < 0) return `${text} is earlier than the timestamp before it; sort the file`
  if (gap > LONGEST_DURATION) return `${text} is more than ${LONGEST_DURATION_TEXT} after the timestamp before it`
  return gaps + 1 < MOST_TIMESTAMPS ? undefined : `there are more than ${MOST_TIMESTAMPS} timestamps; replay fewer`
}

function firstColumn(line: string): string {
  const column = (/^[^,;\t]*/.exec(line.replace(/^\uFEFF/, ''))?.[0] ?? '').trim()
  return /^"(.*)"$/.exec(column)?.[1]?.trim() ?? column
}

function gapBetween(before: Timestamp, after: Timestamp): Nanos {
  return Math.round((after.seconds - before.seconds) * SECOND + (after.nanos - before.nanos))
}

function parseTimestamp(text: string): Timestamp | undefined {
  return parseNumber(text) ?? parseIso(text)
}

function parseNumber(text: string): Timestamp | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0', unit = ''] = NUMBER.exec(text) ?? []
  if (sign === undefined || whole + fraction === '' || !Object.hasOwn(UNITS, unit)) return undefined
  const { shift, factor } = UNITS[unit] as (typeof UNITS)[string]
  const { before, behind } = pointMoved(whole, fraction, Number(exponent) - shift)
  const direction = sign === '-' ? -factor : factor
  return { seconds: direction * Number(before), nanos: direction * Number(`0.${behind}`) * SECOND }
}

/** The digits before and behind the point once it has moved `places` to the right. */
function pointMoved(whole: string, fraction: string, places: number): { before: string; behind: string } {
  const before = '0'.repeat(Math.max(0, -places)) + whole
  const behind = fraction + '0'.repeat(Math.max(0, places))
  const digits = before + behind
  const point = before.length + places
  return { before: digits.slice(0, point), behind: digits.slice(point) || '0' }
}

function parseIso(text: string): Timestamp | undefined {
  const [, date, minutes, seconds = '00', fraction = '0', sign, offsetHours = '0', offsetMinutes = '0'] =
    ISO.exec(text) ?? []
  if (date === undefined) return undefined
  const plain = `${date}T${minutes}:${seconds}.000Z`
  const milliseconds = Date.parse(plain)
  // Of the 31st of February, and what else a calendar does not have, nothing is made up.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString() !== plain) return undefined
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60 * (sign === '-' ? -1 : 1)
  return { seconds: milliseconds / 1000 - offset, nanos: Number(`0.${fraction}`) * SECOND }
}
