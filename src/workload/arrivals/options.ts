/** Schemas that several arrival processes share. */
import type { z } from 'zod'
import { quantity } from '../../core/schema.js'
import { parseRate, RATE_UNITS } from '../../core/units.js'

/** Rarer than that, and the time to the next arrival is longer than any run. */
const LEAST_RATE = 0.01 / 3600
const LARGEST_RATE = 1e8
const RANGE = `from 0.01/h to ${LARGEST_RATE}/s`

/** Arrivals per second. */
export function rate(): z.ZodType<number> {
  return rateWhere(RANGE, (perSecond) => perSecond >= LEAST_RATE)
}

/** Arrivals per second, or none. */
export function optionalRate(): z.ZodType<number> {
  return rateWhere(`0/s or ${RANGE}`, (perSecond) => perSecond === 0 || perSecond >= LEAST_RATE)
}

function rateWhere(range: string, isEnough: (perSecond: number) => boolean): z.ZodType<number> {
  return quantity(`a rate with a unit (${RATE_UNITS}), ${range}, such as 2000/s`, (text) => {
    const perSecond = parseRate(text)
    return perSecond !== undefined && isEnough(perSecond) && perSecond <= LARGEST_RATE ? perSecond : undefined
  })
}
