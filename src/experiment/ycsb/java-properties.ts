/**
 * The format of Java's properties files, in full and as `java.util.Properties.load` reads it: comments that begin with `#` or `!`, keys that end at
 * the first `=`, `:` or blank without a backslash, lines that go on after an odd number of backslashes, and the escapes `\t \n \r \f \uXXXX`;
 * before any other character a backslash stands for nothing. Blanks behind a value belong to it. Every entry knows where it was written. The
 * one departure is that text is UTF-8, where Java takes it for ISO-8859-1: YCSB's own files are ASCII.
 */

/** Offsets into the text; of keys and values, the ends lie behind them. */
export interface JavaProperty {
  readonly key: string
  readonly value: string
  readonly keyStart: number
  readonly keyEnd: number
  readonly valueStart: number
  readonly valueEnd: number
}

export type Complain = (offset: number, sentence: string) => void

/** All entries in the order of the text: of those with one key the last counts, as in Java. */
export function parseJavaProperties(text: string, complain: Complain): readonly JavaProperty[] {
  return [...logicalLines(text)].map((line) => propertyOf(line, complain))
}

/** A line with what continues it, without the blanks before it and the backslashes that join it. */
interface LogicalLine {
  readonly text: string
  /** Of each character in the file, and of the end of the line. */
  readonly offsets: readonly number[]
}

const NATURAL_LINE = /(.*?)(?:\r\n|\r|\n|$)/gsu
const BLANKS = /^[ \t\f]*/

function* logicalLines(text: string): Generator<LogicalLine> {
  let joined = ''
  let offsets: number[] = []
  for (const match of text.matchAll(NATURAL_LINE)) {
    const natural = match[1] as string
    const skipped = (BLANKS.exec(natural) as RegExpExecArray)[0].length
    const rest = natural.slice(skipped)
    if (joined === '' && (rest === '' || rest.startsWith('#') || rest.startsWith('!'))) continue
    const goesOn = isOdd((/\\*$/.exec(rest) as RegExpExecArray)[0].length)
    const kept = goesOn ? rest.slice(0, -1) : rest
    joined += kept
    for (let i = 0; i < kept.length; i++) offsets.push(match.index + skipped + i)
    if (goesOn && match.index + natural.length + 1 < text.length) continue
    yield { text: joined, offsets: [...offsets, match.index + natural.length] }
    joined = ''
    offsets = []
  }
}

const isOdd = (count: number): boolean => count % 2 === 1

function propertyOf(line: LogicalLine, complain: Complain): JavaProperty {
  const { text, offsets } = line
  const keyLength = (/^(?:\\.|[^\\=: \t\f])*/su.exec(text) as RegExpExecArray)[0].length
  const separator = (/^[ \t\f]*[=:]?[ \t\f]*/.exec(text.slice(keyLength)) as RegExpExecArray)[0].length
  const from = keyLength + separator
  const offset = (i: number): number => offsets[i] as number
  const damaged = text.indexOf('\u{FFFD}')
  if (damaged >= 0) complain(offset(damaged), 'This is not UTF-8 text; write \\uXXXX for a character beyond ASCII')
  return {
    key: unescaped(line, 0, keyLength, complain),
    value: unescaped(line, from, text.length, complain),
    keyStart: offset(0),
    keyEnd: keyLength === 0 ? offset(0) : offset(keyLength - 1) + 1,
    valueStart: offset(from),
    valueEnd: from === text.length ? offset(from) : offset(text.length - 1) + 1,
  }
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' }

function unescaped({ text, offsets }: LogicalLine, from: number, to: number, complain: Complain): string {
  return text.slice(from, to).replace(/\\(u[\da-fA-F]{4}|.)/gs, (_, escaped: string, at: number) => {
    if (escaped.length > 1) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
    if (escaped === 'u') complain(offsets[from + at] as number, 'Behind \\u stand four hexadecimal digits')
    return ESCAPES[escaped] ?? escaped
  })
}
