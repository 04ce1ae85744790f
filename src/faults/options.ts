/** Schemas that several faults share: laws of time, which stay text as they do everywhere in a cell, and factors. */
import { z } from 'zod'
import { quantity } from '../core/schema.js'
import { isLaw } from '../distributions/is-law.js'

const MOST = 1000

/** A law of time as text; a plain duration is one. */
export function timeLaw(): z.ZodType<string> {
  return quantity('a duration such as 5s, or a law such as exponential(5s)', (text) =>
    isLaw(text, 'time') ? text : undefined,
  )
}

/** How many times as long, or as often. */
export function factor() {
  return z.number().min(1).max(MOST)
}
