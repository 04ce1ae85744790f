/**
 * The script of the HTML report: brings to life what the page shows without it. The build bundles it, with the parts of ECharts that charts use, into one
 * file that every report carries. It makes no request and changes no number.
 */
import { choiceOf } from './chart.js'
import { init } from './echarts.js'
import { charts } from './index.js'
import type { PageData } from './page-data.js'

const data = JSON.parse(document.getElementById('page-data')?.textContent ?? '') as PageData

for (const section of document.querySelectorAll<HTMLElement>('[data-chart]')) {
  const chart = charts.get(section.dataset['chart'] as string)
  const drawing = section.querySelector<HTMLElement>('.drawing')
  const part = chart && data.charts[chart.name]
  if (chart === undefined || part === undefined || drawing === null) continue
  const { drawn } = choiceOf(chart, part, data.series)
  const made = { data: part, series: drawn, width: drawing.clientWidth }
  const height = chart.height(made)
  drawing.replaceChildren()
  drawing.style.height = `${height}px`
  init(drawing, null, { renderer: 'svg' }).setOption(chart.option(made))
}
