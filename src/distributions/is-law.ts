/** Whether a text is a law, for schemas whose options are laws and stay text. */
import type { LawType } from './law.js'
import { LawError } from './law-error.js'
import { parseLaw } from './parse.js'

export function isLaw(text: string, type: LawType): boolean {
  try {
    parseLaw(text, type)
    return true
  } catch (thrown) {
    if (thrown instanceof LawError) return false
    throw thrown
  }
}
