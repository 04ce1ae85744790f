/**
 * The words of a gate and where they stand, whatever they mean: `MEASURE (< | <= | > | >=) VALUE [where KEY = WORD [and KEY = WORD]...]`. A
 * word after `=` may hold blanks, as the labels of variants do, and ends before ` and `. What relative gates and gates on
 * intervals would look like is refused by name.
 */
import { COMPARISONS, type Comparison } from './gate.js'

export interface Word {
  readonly text: string
  /** Offset in the gate. */
  readonly at: number
}

export interface Condition {
  readonly key: Word
  readonly value: Word
}

export interface GateText {
  readonly measure: Word
  readonly comparison: Comparison
  readonly bound: Word
  readonly where: readonly Condition[]
}

/** The message is a sentence, `at` the offset in the gate that it is about. */
export class GateError extends Error {
  override readonly name = 'GateError'

  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message)
  }
}

export const LONGEST_GATE = 500
const EXAMPLE = 'read.p99 < 50ms'
const ALLOWED = '<, <=, > or >='

/** Throws `GateError`. */
export function parseGateText(text: string): GateText {
  if (text.length > LONGEST_GATE)
    throw new GateError(`A gate has at most ${LONGEST_GATE} characters, not ${text.length}`, 0)
  const scanner = new Scanner(text)
  const measure = scanner.take(/[^\s<>=!±≤≥]+/y)
  if (measure === undefined) throw new GateError(`A gate begins with a measure, as in ${EXAMPLE}`, scanner.at)
  const comparison = readComparison(scanner, measure)
  const bound = scanner.take(/\S+/y)
  if (bound === undefined || bound.text === 'where') {
    throw new GateError(`A value comes after ${comparison}, as in ${EXAMPLE}`, bound?.at ?? scanner.at)
  }
  refuseLater(bound)
  return { measure, comparison, bound, where: readWhere(scanner) }
}

function readComparison(scanner: Scanner, measure: Word): Comparison {
  const given = scanner.take(/[<>=!≤≥]+/y)
  const comparison = COMPARISONS.find((one) => one === given?.text)
  if (comparison !== undefined) return comparison
  if (given !== undefined) throw new GateError(`A gate compares by ${ALLOWED}, not by ${given.text}`, given.at)
  const next = scanner.take(/\S+/y)
  if (next !== undefined) refuseLater(next)
  throw new GateError(`${ALLOWED} and a value come after ${measure.text}, as in ${EXAMPLE}`, next?.at ?? scanner.at)
}

function readWhere(scanner: Scanner): readonly Condition[] {
  const where = scanner.take(/\S+/y)
  if (where === undefined) return []
  refuseLater(where)
  if (where.text !== 'where') {
    throw new GateError(`After the value only where may follow, not ${where.text}`, where.at)
  }
  const conditions = [readCondition(scanner)]
  while (scanner.take(/and(?=\s|$)/y) !== undefined) conditions.push(readCondition(scanner))
  return conditions
}

function readCondition(scanner: Scanner): Condition {
  const example = 'as in where strategy = quorum'
  const key = scanner.take(/[^\s<>=!]+/y)
  if (key === undefined) throw new GateError(`A condition comes here, ${example}`, scanner.at)
  const equals = scanner.take(/[<>=!]+/y)
  if (equals?.text !== '=') throw new GateError(`= comes after ${key.text}, ${example}`, equals?.at ?? scanner.at)
  const value = scanner.take(/\S.*?(?=\s+and(?:\s|$)|\s*$)/sy)
  if (value === undefined) throw new GateError(`A word comes after ${key.text} =, ${example}`, scanner.at)
  return { key, value }
}

const RELATIVE = /^(?:vs|versus|than|baseline|of|worse|better)$|^baseline\b|^[+-]|^[\d.]+[x×]$/i

/** Complains of what the design has and this version has not. */
function refuseLater({ text, at }: Word): void {
  const what = text.includes('±') ? 'Gates on intervals are' : RELATIVE.test(text) ? 'Relative gates are' : null
  if (what !== null) throw new GateError(`${what} not in this version; compare with a value, as in ${EXAMPLE}`, at)
}

class Scanner {
  private position = 0

  constructor(private readonly text: string) {}

  /** Behind blanks. */
  get at(): number {
    return this.text.length - this.text.slice(this.position).trimStart().length
  }

  /** What matches the sticky `pattern` here, behind blanks. */
  take(pattern: RegExp): Word | undefined {
    const at = this.at
    pattern.lastIndex = at
    const text = pattern.exec(this.text)?.[0]
    if (text === undefined) return undefined
    this.position = at + text.length
    return { text, at }
  }
}
