/**
 * From the words between a law's parentheses to its numbers. A list of values may also be a file's name, and what stands in the file is for
 * the law to say. A word that begins like a number and goes on in letters is a value, anything else is a name.
 */
import { messageOf } from '../core/errors.js'
import type { ListedLaw, ParametricLaw } from './family.js'
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
  const least = parameters.filter(({ initial }) => initial === undefined).length
  if (given.length < least || given.length > parameters.length) {
    const counts = least === parameters.length ? `${least}` : `${least} or ${parameters.length}`
    const needed = counts === '1' ? 'one argument' : `${counts} arguments`
    throw new LawError(`${name} takes ${needed}, not ${given.length}: ${signature}.`, offset)
  }
  const values = parameters.map((parameter, i) =>
    i < given.length ? readArgument(given[i].word, parameter, type, given[i].offset) : (parameter.initial as number),
  )
  const impossible = check?.(...values)
  if (impossible !== undefined) {
    const words = given.map(({ word }) => word).join(' ')
    throw new LawError(`In ${name}(${words}), ${impossible}: it is ${signature}.`, offset)
  }
  return values
}

/** The values of a list, or of the file that stands for it; in rising order unless theirs means something. */
export function readList(
  law: ListedLaw,
  given: readonly Argument[],
  type: LawType,
  offset: number,
  files: LawFiles,
): readonly number[] {
  const { name, signature } = law
  const [first] = given
  if (first === undefined) throw new LawError(`${name} needs a file or a list of values.`, offset)
  const isFile = given.length === 1 && !VALUE.test(first.word)
  const values = isFile
    ? readFile(law, first, type, files)
    : given.map((argument, i) => readArgument(argument.word, law.element(i), type, argument.offset))
  if (values.length > MOST_VALUES) {
    throw new LawError(
      `${name} takes at most ${MOST_VALUES} values, not ${values.length}; use quantiles of them.`,
      offset,
    )
  }
  const impossible = law.check?.(values)
  if (impossible !== undefined) throw new LawError(`In ${signature}, ${impossible}.`, offset)
  return law.inOrder ? values : values.sort((a, b) => a - b)
}

function readFile(law: ListedLaw, { word, offset }: Argument, type: LawType, files: LawFiles): number[] {
  const fail = (line: number, sentence: string): never => {
    throw new LawError(`${word}:${line}: ${sentence}`, offset)
  }
  const words = law.words(contentsOf(word, offset, files), type, fail)
  if (words.length === 0) throw new LawError(`${quoted(word)} holds no values; it needs one on each line.`, offset)
  return words.map(({ word: value, line }, i) => {
    try {
      return readArgument(value, law.element(i), type, offset)
    } catch (error) {
      return fail(line, messageOf(error))
    }
  })
}

function contentsOf(name: string, offset: number, files: LawFiles): string {
  try {
    return files(name)
  } catch (error) {
    throw new LawError(`Cannot read ${quoted(name)}: ${messageOf(error)}.`, offset)
  }
}
