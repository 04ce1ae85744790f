/** The options of commands as numbers, each refused with what is allowed. */
import { UserError } from '../core/errors.js'
import type { Nanos } from '../core/ids.js'
import { LONGEST_DURATION, LONGEST_DURATION_TEXT, parseDuration, parseSize, SIZE_UNITS } from '../core/units.js'

/** A whole number from 1 to `largest`. */
export function wholeOption(name: string, text: string, largest: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : 0
  if (value < 1 || value > largest) throw new UserError(`${name} is a whole number from 1 to ${largest}, not ${text}.`)
  return value
}

/** Bytes. */
export function sizeOption(name: string, text: string): number {
  const bytes = parseSize(text)
  if (bytes === undefined || bytes < 1) {
    throw new UserError(`${name} is a number in ${SIZE_UNITS}, such as 2GB, not ${text}.`)
  }
  return bytes
}

export function durationOption(name: string, text: string): Nanos {
  const duration = parseDuration(text)
  if (duration !== undefined && duration >= 0 && duration <= LONGEST_DURATION) return duration
  throw new UserError(`${name} takes durations from 0ms to ${LONGEST_DURATION_TEXT}, such as 10ms, not ${text}.`)
}
