/**
 * One chart as an SVG file that stands for itself: under its title, with the explanation for screen readers, on paper of its own, and in colours that
 * follow the reader's system, also as a picture on a web page. The drawing is the page's; what it has no room for is said below it.
 */
import { didYouMean } from '../core/did-you-mean.js'
import { UserError } from '../core/errors.js'
import type { Chart, ChartData } from './charts/chart.js'
import { colourStyle } from './charts/colours.js'
import type { DrawnChart } from './charts/drawing.js'
import { type Series, seriesOf } from './charts/series.js'
import { headlineOf } from './headline.js'
import { html, Markup } from './html/markup.js'
import type { ReportFormat } from './report.js'
import { plain } from './text.js'

const WIDTH = 860
const HEAD = 34
const FOOT = 24
const LONGEST_NAME = 60

export const svgChart: ReportFormat = {
  name: 'svg',
  extension: 'svg',
  summary: 'one chart as a picture',
  async render(results, _place, view) {
    const { charts } = await import('./charts/index.js')
    const drawable = charts.all.filter((chart) => chart.data(results) !== null)
    const chart = await chartNamed(view?.chart ?? null, drawable)
    const data = chart.data(results)
    if (data === null)
      throw new UserError(`There is nothing to draw for the chart ${chart.name}; ${thereAre(drawable)}.`)
    return pictureText(chart, data, seriesOf(results), headlineOf(results).name)
  },
}

/** The chart's picture of these series; `name` stands beside the title. Throws a `UserError` where there is nothing to draw. */
export async function pictureText(
  chart: Chart,
  data: ChartData,
  series: readonly Series[],
  name: string,
): Promise<string> {
  const { drawnChart } = await import('./charts/drawing.js')
  const drawn = drawnChart(chart, data, series, WIDTH)
  if (drawn === null) throw new UserError(`There is nothing to draw for the chart ${chart.name}.`)
  return xmlText(pictureOf(chart, drawn, name))
}

/** Throws a `UserError` for no name or a wrong one; `offered` are those to choose from, where it is known which there are. */
export async function chartNamed(name: string | null, offered?: readonly Chart[]): Promise<Chart> {
  const { charts } = await import('./charts/index.js')
  if (name === null)
    throw new UserError(`--format svg draws one chart, which --chart names; ${thereAre(offered ?? charts.all)}.`)
  const chart = charts.get(name)
  if (chart !== undefined) return chart
  const guess = didYouMean(name, charts.names)
  const hint = guess === undefined ? '' : ` (did you mean ${guess}?)`
  throw new UserError(`There is no chart ${plain(name)}${hint}; there are ${charts.names.join(', ')}.`)
}

function thereAre(charts: readonly Chart[]): string {
  return charts.length === 0 ? 'this result has none' : `there are ${charts.map(({ name }) => name).join(', ')}`
}

function pictureOf(chart: Chart, { svg, height, leftOut }: DrawnChart, name: string): string {
  const foot = leftOut === 0 ? 0 : FOOT
  const total = HEAD + height + foot
  const experiment = plain(name, LONGEST_NAME)
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${total}" viewBox="0 0 ${WIDTH} ${total}" role="img" aria-labelledby="${chart.name}-title" aria-describedby="${chart.name}-explanation">
<title id="${chart.name}-title">${chart.title}: ${name}</title>
<desc id="${chart.name}-explanation">${chart.explanation}</desc>
<style>
${new Markup(colourStyle('svg'))}
</style>
<rect width="${WIDTH}" height="${total}" fill="var(--paper)"/>
<text x="12" y="22" fill="var(--ink)" style="font:600 14px system-ui,sans-serif">${chart.title}<tspan dx="8" fill="var(--soft-ink)" style="font-weight:400">${experiment}</tspan></text>
<g transform="translate(0 ${HEAD})">
${new Markup(svg)}
</g>
${
  foot === 0
    ? null
    : html`<text x="12" y="${total - 8}" fill="var(--soft-ink)" style="font:12px system-ui,sans-serif">${leftOut} more are not drawn.</text>
`
}</svg>
`.text
}

/** Without the two characters that XML cannot hold and that `plain` leaves. */
function xmlText(text: string): string {
  return text.replaceAll(/[\uFFFE\uFFFF]/g, '\uFFFD')
}
