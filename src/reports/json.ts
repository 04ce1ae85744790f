/** The results themselves: the content of result.json. */
import { resultText } from '../results/result-file.js'
import type { ImmediateFormat } from './report.js'

export const json: ImmediateFormat = {
  name: 'json',
  extension: 'json',
  summary: 'the content of result.json',
  render: (results) => [...resultText(results)].join(''),
}
