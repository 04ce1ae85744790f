/** The registry of report formats: what `--format` accepts. */
import { Registry } from '../core/plugin.js'
import { htmlReport } from './html.js'
import { json } from './json.js'
import { markdownReport } from './markdown.js'
import type { ReportFormat } from './report.js'
import { terminal } from './terminal.js'

export const reports = new Registry<ReportFormat>('report', [terminal, htmlReport, markdownReport, json])
