/**
 * The script of the HTML report: brings to life what the page shows without it. The build bundles it, with the parts of ECharts that charts use, into one
 * file that every report carries. It makes no request and changes no number. Its modules know the page by the names of its elements alone, and each does
 * without what is not there.
 */
import { startFilters } from './page/filters.js'
import { startCharts } from './page/live-charts.js'
import { startSorting } from './page/sorting.js'
import { startTheme } from './page/theme.js'
import type { PageData } from './page-data.js'

const data = JSON.parse(document.getElementById('page-data')?.textContent ?? '') as PageData

startTheme()
startSorting()
const charts = startCharts(data)
startFilters(data.series, (chosen) => {
  for (const chart of charts) chart.choose(chosen)
})
