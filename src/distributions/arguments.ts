/**
 * From the words between a law's parentheses to its numbers. A list of values may also be a file's name: the file holds one value with
 * its unit on each line; blank lines and lines that begin with `#` are skipped. A word that begins like a number and
 * goes on in letters is a value, anything else is a name.
 */
import { messageOf } from '../core/errors.js'
import type { ListedLaw, Parameter, ParametricLaw } from './family.js'
import type { LawType } from './law.js'
import { LawError, quoted } from './law-error.js'
import { NUMBER, readArgument } from './quantity.js'

/** Gives the contents of a file that a law names, or throws. */
export type LawFiles = (name: string) => string

export interface Argument {
  readonly word: string
  readonly offset: number
}

const MOST_VALUES = 10_000
const VALUE = new RegExp(`^${NUMBER}[a-zµ]*$`, 'i')

export function readParameters(
  { name, parameters, signature, check }: ParametricLaw,
  given: readonly Argument[],
  type: LawType,
  offset: number,
): readonly number[] {
  if (given.length !== parameters.length) {
    const needed = parameters.length === 1 ? 'one argument' : `${parameters.length} arguments`
    throw new LawError(`${name} takes ${needed}, not ${given.length}: ${signature}.`, offset)
  }
  const values = given.map((argument, i) => readArgument(argument.word, parameters[i], type, argument.offset))
  const impossible = check?.(...values)
  if (impossible !== undefined) {
    const words = given.map(({ word }) => word).join(' ')
    throw new LawError(`In ${name}(${words}), ${impossible}: it is ${signature}.`, offset)
  }
  return values
}

/** The values of a list, or of the file that stands for it, in rising order. */
export function readList(
  { name, element }: ListedLaw,
  given: readonly Argument[],
  type: LawType,
  offset: number,
  files: LawFiles,
): readonly number[] {
  const [first] = given
  if (first === undefined) throw new LawError(`${name} needs a file or a list of values.`, offset)
  const isFile = given.length === 1 && !VALUE.test(first.word)
  const values = isFile
    ? readFile(first, element, type, files)
    : given.map((argument) => readArgument(argument.word, element, type, argument.offset))
  if (values.length > MOST_VALUES) {
    throw new LawError(
      `${name} takes at most ${MOST_VALUES} values, not ${values.length}; use quantiles of them.`,
      offset,
    )
  }
  return values.sort((a, b) => a - b)
}

function readFile({ word, offset }: Argument, element: Parameter, type: LawType, files: LawFiles): number[] {
  const values: number[] = []
  contentsOf(word, offset, files)
    .split('\n')
    .forEach((line, i) => {
      const value = line.trim()
      if (value === '' || value.startsWith('#')) return
      try {
        values.push(readArgument(value, element, type, offset))
      } catch (error) {
        throw new LawError(`${word}:${i + 1}: ${messageOf(error)}`, offset)
      }
    })
  if (values.length === 0) throw new LawError(`${quoted(word)} holds no values; it needs one on each line.`, offset)
  return values
}

function contentsOf(name: string, offset: number, files: LawFiles): string {
  try {
    return files(name)
  } catch (error) {
    throw new LawError(`Cannot read ${quoted(name)}: ${messageOf(error)}.`, offset)
  }
}
