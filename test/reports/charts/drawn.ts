/** A chart as tests look at it: drawn without a browser, with its table and its option, of all series or of the named ones. */
import type { Chart, ChartTable } from '../../../src/reports/charts/chart.js'
import { choiceOf } from '../../../src/reports/charts/chart.js'
import { drawnChart } from '../../../src/reports/charts/drawing.js'
import { seriesOf } from '../../../src/reports/charts/series.js'
import type { Results } from '../../../src/results/results.js'

export interface Drawn {
  readonly svg: string
  readonly height: number
  readonly table: ChartTable
  readonly option: Readonly<Record<string, unknown>>
  /** What the drawing says, text by text. */
  readonly texts: readonly string[]
}

/** Throws where there is nothing to draw. */
export function drawn(chart: Chart, results: Results, { width = 860, from = 0 } = {}): Drawn {
  // As the page has it: data goes through JSON.
  const data = JSON.parse(JSON.stringify(chart.data(results)))
  const series = seriesOf(results).slice(from)
  const found = drawnChart(chart, data, series, width)
  if (found === null) throw new Error('Nothing is drawn.')
  const { drawing } = found
  return {
    svg: found.svg,
    height: found.height,
    table: chart.table(drawing),
    option: chart.option({ ...drawing, series: choiceOf(chart, data, series).drawn }),
    texts: [...found.svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text as string),
  }
}
