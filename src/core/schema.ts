/** Schemas for quantities with units, for the options of plug-ins: text in, whole nanoseconds out. */
import { z } from 'zod'
import type { Nanos } from './ids.js'
import { DURATION_UNITS, LONGEST_DURATION, LONGEST_DURATION_TEXT, parseDuration } from './units.js'

const DESCRIPTION = `a duration with a unit (${DURATION_UNITS}), such as 10s, and at most ${LONGEST_DURATION_TEXT}`

/** A duration such as `10s`, not negative. Its description is what messages say is wanted. */
export function duration(): z.ZodType<Nanos> {
  const schema = z.string().transform((text, context) => {
    const nanos = parseDuration(text)
    if (nanos !== undefined && nanos >= 0 && nanos <= LONGEST_DURATION) return nanos
    context.addIssue({ code: 'custom', message: `expected ${DESCRIPTION}` })
    return z.NEVER
  })
  return schema.meta({ description: DESCRIPTION })
}
