/**
 * What a chart is. `data` takes out of the results what the chart draws, a part for each series, as plain JSON: it goes into the page once, and is all
 * that the page knows. `option` and `table` are made from it, by the same code in Node and in the browser, so a drawing and the numbers under it
 * cannot disagree. Numbers are those of the results, unrounded.
 */
import type { Results } from '../../results/results.js'
import type { ChartOption } from './echarts.js'
import type { Series } from './series.js'

export interface ChartData<Part = unknown> {
  /** By the series' index; null of those that it has nothing for. */
  readonly series: readonly (Part | null)[]
}

/** What is to be drawn, and how large. */
export interface Drawing<Data> {
  readonly data: Data
  /** Those to draw; the data has a part for each. */
  readonly series: readonly Series[]
  /** Pixels. */
  readonly width: number
}

/** Text as it is, numbers in full. */
export type TableCell = string | number | null

export interface ChartTable {
  readonly heads: readonly string[]
  readonly rows: readonly (readonly TableCell[])[]
}

export interface Chart<Data extends ChartData = ChartData> {
  /** For `--chart`. */
  readonly name: string
  readonly title: string
  /** What it shows and how to read it: whole sentences. */
  readonly explanation: string
  /** How many series one drawing can hold. */
  readonly most: number
  /** Null where the results have nothing to draw. */
  data(results: Results): Data | null
  /** Pixels. */
  height(drawing: Drawing<Data>): number
  option(drawing: Drawing<Data>): ChartOption
  table(drawing: Drawing<Data>): ChartTable
}

export interface Choice {
  readonly drawn: readonly Series[]
  /** Chosen, and left out because one drawing cannot hold them. */
  readonly leftOut: number
}

/** The first of the chosen series that the chart has something for. */
export function choiceOf({ most }: Chart, { series: parts }: ChartData, chosen: readonly Series[]): Choice {
  const drawable = chosen.filter(({ index }) => parts[index] !== null && parts[index] !== undefined)
  return { drawn: drawable.slice(0, most), leftOut: Math.max(0, drawable.length - most) }
}
