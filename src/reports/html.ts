/**
 * The comparison as one HTML file that opens from disk and asks nobody for anything: its policy refuses every request. Tables and charts are there without
 * a script; with it they can be sorted, filtered and probed. All of it is made of the results; the script is the same in every report.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Results } from '../results/results.js'
import type { PageData } from './charts/page-data.js'
import { seriesOf } from './charts/series.js'
import { headlineOf } from './headline.js'
import { chartSections, type PageChart } from './html/chart-sections.js'
import { html, jsonMarkup, Markup } from './html/markup.js'
import { pageStyle } from './html/style.js'
import type { ReportFormat } from './report.js'

/** Bundled by the build, which must have run. */
const SCRIPT = new URL('./charts/page.bundle.js', import.meta.url)

export const htmlReport: ReportFormat = {
  name: 'html',
  extension: 'html',
  summary: 'one page with charts that opens from disk',
  async render(results) {
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
    return documentText(results, data, chartSections(pageCharts, series, drawnChart))
  },
}

function documentText(results: Results, data: PageData, sections: readonly Markup[]): string {
  const { name, about } = headlineOf(results)
  const script = readFileSync(SCRIPT, 'utf8')
  const hash = createHash('sha256').update(script).digest('base64')
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<style>${new Markup(pageStyle())}</style>
</head>
<body>
<main>
<h1>${name}</h1>
<p>${about}</p>
${sections}
</main>
<script type="application/json" id="page-data">${jsonMarkup(data)}</script>
<script>${new Markup(script)}</script>
</body>
</html>
`.text
}
