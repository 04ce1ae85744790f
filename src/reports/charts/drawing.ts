/**
 * A chart as SVG text, drawn without a browser. ECharts numbers the ids and classes of its drawings by a counter of the process; they are named after
 * the chart instead, so that the same results give the same text and several drawings can share a page.
 */
import { type Chart, type ChartData, choiceOf, type Drawing } from './chart.js'
import { init } from './echarts.js'
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
    return renamed(live.renderToSVGString(), chart.name)
  } finally {
    live.dispose()
  }
}

/** Where ids and classes stand, and nowhere in a label that looks like one. */
const NAME = /(?<=class="|id="|href="#|="url\(#|^\.)zr\d+-(cls-\d+)?/gm

function renamed(svg: string, name: string): string {
  const classes = new Map<string, string>()
  return svg.replaceAll(NAME, (_, found?: string) => {
    if (found === undefined) return `${name}-`
    if (!classes.has(found)) classes.set(found, `${name}-cls-${classes.size}`)
    return classes.get(found) as string
  })
}
