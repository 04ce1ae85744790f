/** The results as a reference to commit: all that reports show, without what only single cells have (results/reference-form.ts). */
import { referenceOf } from '../results/reference-form.js'
import { resultText } from '../results/result-file.js'
import type { ImmediateFormat } from './report.js'

export const reference: ImmediateFormat = {
  name: 'reference',
  extension: 'json',
  summary: 'result.json without its cells, small enough to commit',
  render: (results) => [...resultText(referenceOf(results))].join(''),
}
