/** Schemas for quantities with units, for the options of plug-ins: text in, whole nanoseconds out. */
import { z } from 'zod'
import type { Nanos } from './ids.js'
import { DURATION_UNITS, parseDuration } from './units.js'

/** A duration such as `10s`, not negative. */
export function duration(): z.ZodType<Nanos> {
  return z.union([z.string(), z.number()]).transform((value, context) => {
    const nanos = parseDuration(String(value))
    if (nanos !== undefined && nanos >= 0) return nanos
    context.addIssue({ code: 'custom', message: `a duration is a number with a unit (${DURATION_UNITS}), such as 10s` })
    return z.NEVER
  })
}
