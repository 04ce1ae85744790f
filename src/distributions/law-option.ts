/**
 * Schemas of options that are laws and stay text, as they do everywhere in a cell. What is wrong with one is told in the law's own words; `params.offset` of
 * the issue says where in the text.
 */
import { z } from 'zod'
import { LawError } from './law-error.js'
import { parseLaw } from './parse.js'

/** A law of time as text; a plain duration is one. */
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
