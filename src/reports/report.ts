/**
 * What every report format is: a name for `--format`, and the whole report as text, made of the results and of where and how they are to be read. The
 * same results and the same wishes give the same bytes.
 */
import type { StoredHistogram } from '../results/cell-result.js'
import type { Results } from '../results/results.js'

/** Where the report is read. */
export interface Place {
  /** Characters in a line of the terminal. */
  readonly width: number
  /** The folder that holds the results. */
  readonly folder: string
  /** The command that runs one cell of these results again. */
  replayCommand(cell: string): string
  /** By cell and quantity; throws a `UserError` where the results lie without them. */
  histograms(): Promise<ReadonlyMap<string, Readonly<Record<string, StoredHistogram>>>>
}

/** What the reader asked to see; formats that have no such choice leave it alone. */
export interface View {
  /** All columns, however long the lines. */
  readonly wide: boolean
  /** Names or families of measures that stand in place of the usual columns; null for those. */
  readonly measures: readonly string[] | null
  readonly by: 'zone' | null
  /** The one chart to draw. */
  readonly chart: string | null
  /** What the report is dated, as given; no report knows what day it is. */
  readonly date: string | null
}

export const USUAL_VIEW: View = { wide: false, measures: null, by: null, chart: null, date: null }

export interface ReportFormat {
  readonly name: string
  /** Of a file that holds it, without a dot. */
  readonly extension: string
  /** One line for help. */
  readonly summary: string
  /** Ends with a newline. */
  render(results: Results, place: Place, view?: View): string | Promise<string>
}

/** One that needs nothing but the results. */
export interface ImmediateFormat extends ReportFormat {
  render(results: Results, place: Place, view?: View): string
}
