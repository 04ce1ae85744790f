/** Schemas that several faults share: laws of time, which stay text as they do everywhere in a cell, and factors. */
import { z } from 'zod'
import { quantity } from '../core/schema.js'
import { LawError } from '../distributions/law-error.js'
import { parseLaw } from '../distributions/parse.js'

const MOST = 1000

/** A law of time as text; a plain duration is one. */
export function timeLaw(): z.ZodType<string> {
  return quantity('a duration such as 5s, or a law such as exponential(5s)', (text) => {
    try {
      parseLaw(text, 'time')
      return text
    } catch (thrown) {
      if (thrown instanceof LawError) return undefined
      throw thrown
    }
  })
}

/** How many times as long, or as often. */
export function factor() {
  return z.number().min(1).max(MOST)
}
