/** Schemas that several arrival processes share. */
import type { z } from 'zod'
import { quantity } from '../../core/schema.js'
import { parseRate, RATE_UNITS } from '../../core/units.js'

const LARGEST_RATE = 1e8

/** Arrivals per second. */
export function rate(): z.ZodType<number> {
  return rateAbove(`more than 0/s and at most ${LARGEST_RATE}/s`, (perSecond) => perSecond > 0)
}

/** Arrivals per second, or none. */
export function optionalRate(): z.ZodType<number> {
  return rateAbove(`at least 0/s and at most ${LARGEST_RATE}/s`, () => true)
}

function rateAbove(range: string, isEnough: (perSecond: number) => boolean): z.ZodType<number> {
  return quantity(`a rate with a unit (${RATE_UNITS}), ${range}, such as 2000/s`, (text) => {
    const perSecond = parseRate(text)
    return perSecond !== undefined && isEnough(perSecond) && perSecond <= LARGEST_RATE ? perSecond : undefined
  })
}
