/** Values that look like a call: `zipfian(0.99)`, `poisson(2000/s)`, `closed(64 think exponential(5ms))`, or a name alone. */
import type { Section } from '../file/section.js'
import { describe, type Leaf } from '../file/tree.js'

export interface Call {
  readonly name: string
  /** What stands between the parentheses; `undefined` without any. */
  readonly argument: string | undefined
  /** Where the argument begins in the text. */
  readonly argumentAt: number
  readonly leaf: Leaf
}

/** Complains and returns `undefined` if the value is none. `wanted` says what is allowed. */
export function readCall(section: Section, key: string, wanted: string): Call | undefined {
  const leaf = section.value(key)
  if (leaf?.kind === 'leaf' && typeof leaf.value === 'string') {
    const match = /^\s*([\w-]+)\s*(?:(\()(.*)\)\s*)?$/s.exec(leaf.value)
    if (match !== null)
      return { name: match[1] as string, argument: match[3], argumentAt: leaf.value.indexOf('(') + 1, leaf }
    if (isUnclosed(leaf.value)) {
      section.complain(key, `The "(" in ${describe(leaf)} is never closed; arguments are separated by blanks`)
      return undefined
    }
  }
  if (leaf !== undefined) section.complain(key, `${key} is ${wanted}, not ${describe(leaf)}`)
  return undefined
}

const isUnclosed = (text: string): boolean => text.includes('(') && text.split('(').length > text.split(')').length
