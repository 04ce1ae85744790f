/** The registry of report formats: what `--format` accepts. */
import { Registry } from '../core/plugin.js'
import { csv } from './csv.js'
import { hlog } from './hlog.js'
import { htmlReport } from './html.js'
import { json } from './json.js'
import { markdownReport } from './markdown.js'
import { reference } from './reference.js'
import type { ReportFormat } from './report.js'
import { svgChart } from './svg.js'
import { terminal } from './terminal.js'

export const reports = new Registry<ReportFormat>('report', [
  terminal,
  htmlReport,
  markdownReport,
  csv,
  json,
  reference,
  hlog,
  svgChart,
])
