/** What every report format is: a name for `--format`, and the whole report as text, made of the results alone and of where it is read. */
import type { Results } from '../results/results.js'

export interface Place {
  /** Characters in a line of the terminal. */
  readonly width: number
  /** The folder that holds the results. */
  readonly folder: string
  /** The command that runs one cell of these results again. */
  replayCommand(cell: string): string
}

export interface ReportFormat {
  readonly name: string
  /** Ends with a newline. */
  render(results: Results, place: Place): string
}
