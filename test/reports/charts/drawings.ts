/** What tests of charts ask of a drawing: all series, the tooltip of a mark, and the SVG as it is made without a browser. */
import type { Chart, ChartData, Drawing } from '../../../src/reports/charts/chart.js'
import { type DrawnChart, drawnChart } from '../../../src/reports/charts/drawing.js'
import { type Series, seriesOf } from '../../../src/reports/charts/series.js'
import type { Results } from '../../../src/results/results.js'
import type { Summary } from '../../../src/results/summary.js'
import { resultsOf, summaryOf } from '../fixtures.js'

/** Names that would do harm where they were taken for anything but text. */
export const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  '\u202Egnp.exe',
  '{a|b} {c}',
  'W'.repeat(10_000),
  'שלום עולם',
  '漢字'.repeat(40),
  '__proto__',
  'constructor',
  'hasOwnProperty',
]

export function drawingOf<Data extends ChartData>(chart: Chart<Data>, results: Results, width = 860): Drawing<Data> {
  const data = chart.data(results)
  if (data === null) throw new Error('nothing to draw')
  const drawable = ({ index }: Series): boolean => data.series[index] !== null
  return { data, series: seriesOf(results).filter(drawable), width }
}

export function drawn(chart: Chart, results: Results, width = 860): DrawnChart {
  const data = chart.data(results)
  const made = data && drawnChart(chart, data, seriesOf(results), width)
  if (made === null) throw new Error('nothing to draw')
  return made
}

/** The series of the option. */
export interface OptionSeries {
  readonly type: string
  readonly name?: string
  readonly data: readonly unknown[]
}

export function optionSeries<Data extends ChartData>(
  chart: Chart<Data>,
  drawing: Drawing<Data>,
): readonly OptionSeries[] {
  return chart.option(drawing)['series'] as readonly OptionSeries[]
}

/** The lines that the tooltip shows for what is in `data`, as ECharts hands it over. */
export function tooltipLines<Data extends ChartData>(
  chart: Chart<Data>,
  drawing: Drawing<Data>,
  data: unknown,
): readonly string[] {
  const { formatter, renderMode } = chart.option(drawing)['tooltip'] as {
    formatter(pointed: unknown): string
    renderMode: string
  }
  if (renderMode !== 'richText') throw new Error('the tooltip is HTML')
  return formatter({ data }).split('\n')
}

/** Variants that differ in their names alone. */
export function hostileResults(more: Partial<Summary>): Results {
  return resultsOf(
    HOSTILE.map((label, i) => summaryOf(label, more.measures ?? {}, { ...more, id: `v${i}`, variant: `v${i}` })),
  )
}
