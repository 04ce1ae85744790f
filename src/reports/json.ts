/** The results themselves: the content of result.json. */
import { resultText } from '../results/result-file.js'
import type { ReportFormat } from './report.js'

export const json: ReportFormat = {
  name: 'json',
  render: (results) => [...resultText(results)].join(''),
}
