/**
 * Every chart of the page: its title, what it shows, the drawing as it looks without a script, and its numbers as a table. They stand in
 * the order of the registry.
 */
import type { Chart, ChartData, ChartTable } from '../charts/chart.js'
import type { DrawnChart } from '../charts/drawing.js'
import { leftOutText } from '../charts/left-out.js'
import type { Series } from '../charts/series.js'
import type { Section } from './contents.js'
import { html, Markup } from './markup.js'
import { scrolling } from './tables.js'

/** What the drawing is made for; the page draws it anew for the width that it has. */
const WIDTH = 860

export interface PageChart {
  readonly chart: Chart
  readonly data: ChartData
}

type Draw = (chart: Chart, data: ChartData, chosen: readonly Series[], width: number) => DrawnChart | null

export function chartSections(charts: readonly PageChart[], series: readonly Series[], draw: Draw): readonly Section[] {
  return charts.flatMap(({ chart, data }) => {
    const drawn = draw(chart, data, series, WIDTH)
    return drawn === null ? [] : [{ id: `chart-${chart.name}`, title: chart.title, markup: chartMarkup(chart, drawn) }]
  })
}

function chartMarkup(chart: Chart, { svg, drawing, leftOut }: DrawnChart): Markup {
  return html`<section class="chart" id="chart-${chart.name}" data-chart="${chart.name}">
<h2>${chart.title}</h2>
<p class="explanation">${chart.explanation}</p>
<figure><div class="drawing" role="img" aria-label="${chart.title}">${new Markup(svg)}</div>
<figcaption class="left-out" aria-live="polite">${leftOutText({ drawn: drawing.series, leftOut })}</figcaption></figure>
<details class="numbers"><summary>Numbers</summary>${scrolling(`Numbers: ${chart.title}`, tableOf(chart.table(drawing)))}</details>
</section>
`
}

function tableOf({ heads, rows }: ChartTable): Markup {
  return html`<table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table>`
}
