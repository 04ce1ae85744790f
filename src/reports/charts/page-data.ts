/** What the page's script is given, as JSON: the series, and each chart's part of the results by the chart's name. */
import type { ChartData } from './chart.js'
import type { Series } from './series.js'

export interface PageData {
  readonly series: readonly Series[]
  readonly charts: Readonly<Record<string, ChartData>>
}
