/**
 * The grammar of laws, by recursive descent:
 *   law := term ('+' term)*    term := [PERCENT] (QUANTITY | NAME | NAME '(' arguments ')' | '(' law ')')
 * Arguments are separated by blanks, because a comma would end the value in YAML's flow style, or by commas where the text is quoted.
 * Depth, length and number of terms are bounded, so that no text can exhaust the stack or the time.
 */
import { didYouMean } from '../core/did-you-mean.js'
import { type Argument, type LawFiles, readList, readParameters } from './arguments.js'
import { combined, type Draft, type Term } from './draft.js'
import type { ListedLaw, ParametricLaw } from './family.js'
import type { Distribution, Law, LawType } from './law.js'
import { LawError, quoted } from './law-error.js'
import { nonNegative } from './non-negative.js'
import { formatQuantity, NUMBER } from './quantity.js'
import { laws } from './registry.js'
import { Scanner } from './scanner.js'

export { LawError } from './law-error.js'

/** Room for the longest list of values that a law may have. */
const MOST_CHARACTERS = 250_000
const MOST_TERMS = 100
const DEEPEST = 20

const NUMBER_WORD = new RegExp(`${NUMBER}(?:%|[^\\s(),+]*)`, 'y')
const NAME_WORD = /[^\s(),+]+/y
const ARGUMENT_WORD = /[^\s(),]+/y

/** Reads a law; throws `LawError`. `files` is asked for the files of empirical laws, whose values become part of the text. */
export function parseLaw(text: string, type: LawType, files: LawFiles = noFiles): Law {
  if (text.length > MOST_CHARACTERS) throw tooLong(text.length, MOST_CHARACTERS)
  const draft = new Parser(text, type, files).whole()
  if (draft.text.length > MOST_CHARACTERS) throw tooLong(draft.text.length, 0)
  return { ...(type === 'offset' ? draft.distribution : nonNegative(draft.distribution)), text: draft.text, type }
}

function noFiles(): never {
  throw new Error('there are no files here; list the values instead, as in empirical(1ms 2ms 3.5ms)')
}

class Parser {
  private readonly scanner: Scanner
  private terms = 0

  constructor(
    text: string,
    private readonly type: LawType,
    private readonly files: LawFiles,
  ) {
    this.scanner = new Scanner(text)
  }

  whole(): Draft {
    if (this.scanner.peek() === '') throw new LawError('The law is empty; write, for example, exponential(1ms).', 0)
    const draft = this.law(0)
    const rest = this.scanner.peek()
    if (rest === ')') throw new LawError('This ")" closes nothing.', this.scanner.at)
    if (rest !== '') throw this.expected('" + " or the end of the law')
    return draft
  }

  private law(depth: number): Draft {
    const terms = [this.term(depth)]
    while (this.scanner.take('+')) terms.push(this.term(depth))
    return combined(terms, this.type)
  }

  private term(depth: number): Term {
    this.terms++
    this.requireTerm('a term')
    const offset = this.scanner.at
    if (this.terms > MOST_TERMS) throw new LawError(`A law may have at most ${MOST_TERMS} terms.`, offset)
    const word = this.scanner.match(NUMBER_WORD)
    if (!word?.endsWith('%')) return { ...this.unweighted(word, offset, depth), offset, percent: undefined }
    const percent = Number(word.slice(0, -1))
    if (!(percent >= 0 && percent <= 100))
      throw new LawError(`A share lies between 0% and 100%; ${word} does not.`, offset)
    this.requireTerm(`a law after ${word}`)
    const of = this.scanner.at
    return { ...this.unweighted(this.scanner.match(NUMBER_WORD), of, depth), offset, percent }
  }

  private requireTerm(what: string): void {
    const next = this.scanner.peek()
    if (next === '' || next === ')' || next === '+' || next === ',') throw this.expected(what)
  }

  /** A term without its percentage; `number` is its first word if that begins like a number. */
  private unweighted(number: string | undefined, offset: number, depth: number): Draft {
    if (number?.endsWith('%')) throw new LawError('A law must follow a percentage, not another one.', offset)
    if (number !== undefined) return this.lawNamed('constant', [{ word: number, offset }], offset)
    if (this.scanner.take('(')) return this.parenthesised(depth + 1, offset)
    const name = this.scanner.match(NAME_WORD) as string
    return this.lawNamed(name, this.scanner.take('(') ? this.arguments() : undefined, offset)
  }

  private parenthesised(depth: number, opened: number): Draft {
    if (depth > DEEPEST) throw new LawError(`Parentheses may be nested ${DEEPEST} deep and no deeper.`, opened)
    const draft = this.law(depth)
    if (this.scanner.take(')')) return draft
    if (this.scanner.peek() === '') throw unclosed(opened)
    throw this.expected('" + " or ")"')
  }

  /** The words up to the ")" of an argument list whose "(" has just been taken. */
  private arguments(): Argument[] {
    const opened = this.scanner.at - 1
    const found: Argument[] = []
    while (!this.scanner.take(')')) {
      const next = this.scanner.peek()
      if (next === '') throw unclosed(opened)
      const offset = this.scanner.at
      const word = this.scanner.match(ARGUMENT_WORD)
      if (word === undefined) throw this.expected('a value')
      found.push({ word, offset })
      if (this.scanner.take(',') && this.scanner.peek() === ')') throw this.expected('a value after the comma')
    }
    return found
  }

  /** The law called `name`; `given` is undefined if no parentheses followed. */
  private lawNamed(name: string, given: readonly Argument[] | undefined, offset: number): Draft {
    const family = laws.get(name)
    if (family === undefined) throw unknownLaw(name, offset)
    if (family.form === 'name') return this.publishedLaw(family.name, family.definition, given, offset)
    if (given === undefined) throw new LawError(`${name} needs its arguments: ${family.signature}.`, offset)
    if (family.form === 'list') {
      const values = readList(family, given, this.type, offset, this.files)
      return this.drafted(family, family.create(values), values)
    }
    const values = readParameters(family, given, this.type, offset)
    return this.drafted(family, family.create(...values), values)
  }

  private drafted(family: ParametricLaw | ListedLaw, distribution: Distribution, values: readonly number[]): Draft {
    const { constant } = distribution
    if (constant !== undefined) return { distribution, text: formatQuantity(constant, this.type), compound: false }
    const words = values.map((value, i) => {
      const parameter = family.form === 'parameters' ? family.parameters[i] : family.element(i)
      return parameter.dimension === 'number' ? String(value) : formatQuantity(value, this.type)
    })
    return { distribution, text: `${family.name}(${words.join(' ')})`, compound: false }
  }

  private publishedLaw(name: string, definition: string, given: unknown, offset: number): Draft {
    if (given !== undefined) throw new LawError(`${name} takes no arguments.`, offset)
    if (this.type === 'bytes' || this.type === 'count') {
      throw new LawError(`${name} is a law of times; here one of ${this.type} is needed.`, offset)
    }
    return { ...new Parser(definition, this.type, noFiles).whole(), text: name, compound: false }
  }

  private expected(what: string): LawError {
    const found = this.scanner.peek()
    const instead = found === '' ? 'the law ends' : `there is ${quoted(found)}`
    return new LawError(`Expected ${what} here, but ${instead}.`, this.scanner.at)
  }
}

function tooLong(length: number, offset: number): LawError {
  const allowed = `and a law may have at most ${MOST_CHARACTERS}, those of its values included`
  return new LawError(`This has ${length} characters, ${allowed}.`, offset)
}

function unclosed(offset: number): LawError {
  const hint = "In YAML's flow style a comma ends the value, so separate arguments by blanks: uniform(1ms 2ms)."
  return new LawError(`This "(" is never closed. ${hint}`, offset)
}

function unknownLaw(name: string, offset: number): LawError {
  const guess = didYouMean(name, laws.names)
  const hint = guess === undefined ? '' : ` Did you mean ${guess}?`
  return new LawError(`There is no law ${quoted(name)}.${hint} The laws are ${laws.names.join(', ')}.`, offset)
}
