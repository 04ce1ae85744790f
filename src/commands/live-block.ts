/**
 * A few lines at the end of a terminal's output that are written over in place. The cursor stands below them, where anything else that is written would go;
 * so they are taken away before that. Lines must be shorter than the terminal is wide, and where it has since been made narrower, what its lines have
 * become is counted.
 */
import type { WriteStream } from 'node:tty'

const USUAL_COLUMNS = 80
const USUAL_ROWS = 24
/** In force while lines are written, because some characters are two columns wide. */
const WRAP_OFF = '\u001b[?7l'
const WRAP_ON = '\u001b[?7h'
/** Up to a column that is not there, which some terminals wrap at. */
const MARGIN = 1

export class LiveBlock {
  private shown: readonly string[] = []

  constructor(private readonly stream: Pick<WriteStream, 'write' | 'columns' | 'rows'>) {}

  /** Of lines that can be shown. */
  get width(): number {
    return this.columns - MARGIN
  }

  show(lines: readonly string[]): void {
    // Lines that have left the screen cannot be written over.
    const seen = lines.slice(0, Math.max(1, (this.stream.rows || USUAL_ROWS) - 1))
    if (seen.join('\n') === this.shown.join('\n')) return
    const written = seen.map((line) => `${line}\u001b[K\n`).join('')
    this.stream.write(`${this.back()}${WRAP_OFF}${written}${WRAP_ON}\u001b[J`)
    this.shown = seen
  }

  clear(): void {
    if (this.shown.length > 0) this.stream.write(`${this.back()}\u001b[J`)
    this.shown = []
  }

  /** To the beginning of the first line. */
  private back(): string {
    const rows = this.shown.reduce((sum, line) => sum + Math.max(1, Math.ceil([...line].length / this.columns)), 0)
    return rows === 0 ? '\r' : `\r\u001b[${rows}A`
  }

  /** A terminal that does not know its size says zero. */
  private get columns(): number {
    return this.stream.columns || USUAL_COLUMNS
  }
}
