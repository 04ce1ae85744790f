/**
 * The comparison as one HTML file that opens from disk and asks nobody for anything: its policy refuses every request. Tables and charts are there without
 * a script; with it they can be sorted, filtered and probed. All of it is made of the results; the script is the same in every report.
 */
import type { Results } from '../results/results.js'
import type { PageData } from './charts/page-data.js'
import { type Series, seriesOf } from './charts/series.js'
import { headlineOf } from './headline.js'
import { chartSections, type PageChart } from './html/chart-sections.js'
import { comparisonTable } from './html/comparison.js'
import { contentsOf, type Section } from './html/contents.js'
import { filterForm } from './html/filters.js'
import { limitsSection } from './html/limits-section.js'
import { html, jsonMarkup, Markup } from './html/markup.js'
import { answersSection, gatesSection, header, verdictSection } from './html/opening.js'
import { packedScript } from './html/packed-script.js'
import { parametersSection } from './html/parameters.js'
import { failuresSection, remarksSection } from './html/remarks.js'
import { reproduceSection } from './html/reproduce.js'
import { pageStyle } from './html/style.js'
import { type Place, type ReportFormat, USUAL_VIEW, type View } from './report.js'

export const htmlReport: ReportFormat = {
  name: 'html',
  extension: 'html',
  summary: 'one page with charts that opens from disk',
  async render(results, place, view = USUAL_VIEW) {
    const { charts } = await import('./charts/index.js')
    const { drawnChart } = await import('./charts/drawing.js')
    const series = seriesOf(results)
    const pageCharts = charts.all.flatMap((chart): PageChart[] => {
      const data = chart.data(results)
      return data === null ? [] : [{ chart, data }]
    })
    const data: PageData = {
      series,
      charts: Object.fromEntries(pageCharts.map(({ chart, data }) => [chart.name, data])),
    }
    const body = bodyOf(results, place, view, series, chartSections(pageCharts, series, drawnChart))
    return documentText(headlineOf(results).name, body, data)
  },
}

function bodyOf(
  results: Results,
  place: Place,
  view: View,
  series: readonly Series[],
  charts: readonly Section[],
): Markup {
  const sections = [
    ...charts,
    remarksSection(results),
    failuresSection(results, place),
    parametersSection(results),
    reproduceSection(results, place),
    limitsSection(),
  ].filter((section) => section !== null)
  return html`${header(results, view)}
<main id="main">
${gatesSection(results)}${answersSection(results)}${verdictSection(results)}
${comparisonSection(results, series)}${contentsOf(sections)}${sections.map(({ markup }) => markup)}</main>`
}

function comparisonSection(results: Results, series: readonly Series[]): Markup | null {
  const table = comparisonTable(results)
  if (table === null) return null
  return html`<section id="variants">
<h2>Comparison</h2>
${filterForm(series)}
${table}
</section>
`
}

function documentText(title: string, body: Markup, data: PageData): string {
  const script = packedScript()
  const policy = `default-src 'none'; style-src 'unsafe-inline'; ${script.policy}`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(pageStyle())}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the results</a>
${body}
<script type="application/json" id="page-data">${jsonMarkup(data)}</script>
${script.markup}</body>
</html>
`.text
}
