/** Schemas that several arrival processes share. */
import type { z } from 'zod'
import { quantity } from '../../core/schema.js'
import { parseRate, RATE_UNITS } from '../../core/units.js'

const LARGEST_RATE = 1e8

/** Arrivals per second. */
export function rate(): z.ZodType<number> {
  const wanted = `a rate with a unit (${RATE_UNITS}), more than 0/s and at most ${LARGEST_RATE}/s, such as 2000/s`
  return quantity(wanted, (text) => {
    const perSecond = parseRate(text)
    return perSecond !== undefined && perSecond > 0 && perSecond <= LARGEST_RATE ? perSecond : undefined
  })
}
