/** Schemas that several faults share: laws of time, which stay text as they do everywhere in a cell, and factors. */
import { z } from 'zod'
import { LawError } from '../distributions/law-error.js'
import { parseLaw } from '../distributions/parse.js'

const MOST = 1000

/** A law of time as text; a plain duration is one. What is wrong with it is told in the law's own words, at the offset of the issue. */
export function timeLaw(): z.ZodType<string> {
  const schema = z.string().transform((text, context) => {
    try {
      parseLaw(text, 'time')
      return text
    } catch (thrown) {
      if (!(thrown instanceof LawError)) throw thrown
      context.addIssue({ code: 'custom', message: thrown.message, params: { offset: thrown.offset } })
      return z.NEVER
    }
  })
  return schema.meta({ description: 'a duration such as 5s, or a law such as exponential(5s)' })
}

/** How many times as long, or as often. */
export function factor() {
  return z.number().min(1).max(MOST)
}
