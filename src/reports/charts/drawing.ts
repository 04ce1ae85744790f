/**
 * A chart as SVG text, drawn without a browser. ECharts numbers the ids and classes of its drawings by a counter of the process; they are named after
 * the chart instead, so that the same results give the same text and several drawings can share a page. What only ECharts' own script would read is left out.
 */
import { type Chart, type ChartData, choiceOf, type Drawing } from './chart.js'
import { init, type LiveChart } from './echarts.js'
import type { Series } from './series.js'

export interface DrawnChart {
  readonly svg: string
  readonly drawing: Drawing<ChartData>
  readonly height: number
  /** Chosen series that the drawing had no room for. */
  readonly leftOut: number
}

/** Null where none of the chosen series has anything to draw. */
export function drawnChart(chart: Chart, data: ChartData, chosen: readonly Series[], width: number): DrawnChart | null {
  const { drawn, leftOut } = choiceOf(chart, data, chosen)
  if (drawn.length === 0) return null
  const drawing = { data, series: drawn, width }
  const height = chart.height(drawing)
  return { svg: svgOf(chart, drawing, height), drawing, height, leftOut }
}

function svgOf(chart: Chart, drawing: Drawing<ChartData>, height: number): string {
  const live = init(null, null, { renderer: 'svg', ssr: true, width: drawing.width, height })
  try {
    live.setOption(chart.option(drawing))
    return tidy(textOf(live), chart.name)
  } finally {
    live.dispose()
  }
}

/** Without the styles for hovering: nothing happens there, and their names count on through the life of the process. */
function textOf(live: LiveChart): string {
  const painter = live.getZr().painter as unknown as { renderToString(options: object): string }
  return painter.renderToString({ useViewBox: true, cssEmphasis: false, cssAnimation: false })
}

/** Where ids stand, and nowhere in a label that looks like one. */
const ID = /(?<=id="|href="#|="url\(#)zr\d+-/g

/** Without what ECharts notes for itself, and as short as XML allows. */
function tidy(svg: string, name: string): string {
  return svg
    .replaceAll(ID, `${name}-`)
    .replaceAll(' pointer-events="visible"', '')
    .replaceAll(/ ecmeta_\w+="[^"]*"/g, '')
    .replaceAll(/><\/(?:path|rect|circle|polyline|polygon)>/g, '/>')
}
