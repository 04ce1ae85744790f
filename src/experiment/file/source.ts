/**
 * The texts that an experiment comes from: the workload file, each `--set path=value` of the command line, and files that the workload
 * file names. A place is a stretch of one of them, so that a complaint about any value can show where it was written. Columns count
 * UTF-16 units from 1, as editors do.
 */
import { LineCounter } from 'yaml'

export interface Source {
  /** Its own; complaints are sorted by rank, then by place: the file first, settings in their order, then other files. */
  readonly rank: number
  /** The text whose places are meant. */
  readonly text: string
  readonly lines: LineCounter
  /** `sentence` with everything that a reader needs to find `offset`. */
  complaintAt(offset: number, sentence: string): string
  /** In a few words: `line 7`. */
  whereIs(offset: number): string
}

/** From `start` up to and without `end`. */
export interface Place {
  readonly source: Source
  readonly start: number
  readonly end: number
}

export function isInside(place: Place, around: Place): boolean {
  return place.source === around.source && place.start >= around.start && place.start < around.end
}

/** Of a line that is shown, at most this much, with the offending place in it. */
const WIDEST = 120
/** Of a sentence. */
const LONGEST = 1000

export class WorkloadText implements Source {
  readonly rank: number = 0
  readonly lines = new LineCounter()

  constructor(
    protected readonly name: string,
    readonly text: string,
  ) {}

  whereIs(offset: number): string {
    return `line ${Math.max(1, this.lines.linePos(offset).line)}`
  }

  complaintAt(offset: number, sentence: string): string {
    const position = this.lines.linePos(offset)
    const line = Math.max(1, position.line)
    const column = Math.max(1, position.col)
    const source = this.text.split('\n')[line - 1] ?? ''
    const first = column > WIDEST ? column - WIDEST / 2 : 0
    const shown = printable(source.trimEnd().slice(first, first + WIDEST))
    const before = printable(source.slice(first, column - 1)).replace(/[^\t]/g, ' ')
    return `${this.name}:${line}:${column}: ${readable(sentence)}\n    ${shown}\n    ${before}^`
  }
}

/** Behind every setting. */
const FIRST_NAMED = 1_000_000

/** The n-th file, from 0, that the workload file names. */
export class NamedText extends WorkloadText {
  override readonly rank: number

  constructor(name: string, text: string, n: number) {
    super(name, text)
    this.rank = FIRST_NAMED + n
    this.lines.addNewLine(0)
    for (const { index } of text.matchAll(/\n/g)) this.lines.addNewLine(index + 1)
  }

  override whereIs(offset: number): string {
    return `${super.whereIs(offset)} of ${printable(this.name)}`
  }
}

export class SettingText implements Source {
  readonly lines = new LineCounter()

  constructor(
    readonly rank: number,
    /** `path=value`, as given. */
    private readonly setting: string,
    /** The part behind the first `=`. */
    readonly text: string,
  ) {}

  complaintAt(_offset: number, sentence: string): string {
    return `${this.whereIs()}: ${readable(sentence)}`
  }

  whereIs(): string {
    return `--set ${printable(this.setting.slice(0, WIDEST))}`
  }
}

/** However long a word of the file is that stands in it: the begin says what is wrong, the end what is allowed. */
function readable(sentence: string): string {
  const text = printable(sentence)
  return text.length > LONGEST ? `${text.slice(0, LONGEST / 2)}…${text.slice(-LONGEST / 2)}` : text
}

/** A file may hold anything; a terminal must not obey it. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => (character === '\t' ? character : '\u{FFFD}'))
}
