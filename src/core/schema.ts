/**
 * Schemas for quantities with units, for the options of plug-ins: text in, numbers out as the engine counts them. The description of each
 * is what messages say is wanted.
 */
import { z } from 'zod'
import type { Nanos } from './ids.js'
import {
  DURATION_UNITS,
  LONGEST_DURATION,
  LONGEST_DURATION_TEXT,
  parseDuration,
  parsePartsPerMillion,
  parsePercent,
} from './units.js'

/** What the schema of a duration is marked with, as its `quantity`, for those who write the number out again. */
export const DURATION = 'duration'

const WITH_UNIT = `with a unit (${DURATION_UNITS})`

/** A duration such as `10s`, not negative. */
export function duration(): z.ZodType<Nanos> {
  const schema = quantity(`a duration ${WITH_UNIT}, such as 10s, and at most ${LONGEST_DURATION_TEXT}`, (text) =>
    within(parseDuration(text), 0, LONGEST_DURATION),
  )
  return schema.meta({ ...schema.meta(), quantity: DURATION })
}

/** A difference of time such as `-20ms`. */
export function signedDuration(): z.ZodType<Nanos> {
  return quantity(
    `a time ${WITH_UNIT}, such as 50ms or -50ms, and at most ${LONGEST_DURATION_TEXT} either way`,
    (text) => within(parseDuration(text), -LONGEST_DURATION, LONGEST_DURATION),
  )
}

/** A share such as `5%`, as a ratio from `least` to `most`. */
export function percent(least = 0, most = 1): z.ZodType<number> {
  return quantity(`a percentage from ${100 * least}% to ${100 * most}%, such as 5%`, (text) =>
    within(parsePercent(text), least, most),
  )
}

/** A rate such as `-200ppm`, as a ratio. */
export function partsPerMillion(most: number): z.ZodType<number> {
  return quantity(`a rate from -${most}ppm to ${most}ppm, such as 200ppm`, (text) => {
    const rate = within(parsePartsPerMillion(text), -most, most)
    return rate === undefined ? undefined : rate / 1e6
  })
}

/** `description` is what messages say is wanted; `parse` gives `undefined` for what is not that. */
export function quantity<T>(description: string, parse: (text: string) => T | undefined): z.ZodType<T> {
  const schema = z.string().transform((text, context) => {
    const parsed = parse(text)
    if (parsed !== undefined) return parsed
    context.addIssue({ code: 'custom', message: `expected ${description}` })
    return z.NEVER
  })
  return schema.meta({ description })
}

function within(value: number | undefined, least: number, most: number): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined
}
