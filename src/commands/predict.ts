/**
 * `quorate predict`: what partial quorums will do, by the Monte Carlo of the WARS model and its closed forms, from laws on the command line, a workload file
 * or a result. It says what it takes from a file and what the model leaves out.
 */
import { ClosedForms } from '../advice/closed-forms/closed-forms.js'
import { replicasOf } from '../advice/wars/model.js'
import { predict as predictQuorums } from '../advice/wars/wars.js'
import { UserError } from '../core/errors.js'
import type { Nanos } from '../core/ids.js'
import { durationOption, wholeOption } from './options.js'
import { outputWidth } from './output.js'
import { predictionJson } from './predict-json.js'
import { type LegOptions, questionOfLaws } from './predict-laws.js'
import { PredictProgress } from './predict-progress.js'
import { chosenQuorums, type PredictionView, type Question } from './predict-question.js'
import { predictionPicture } from './predict-svg.js'
import { predictionText } from './predict-text.js'
import { questionOfFile, questionOfResult } from './predict-workload.js'

export interface PredictOptions extends LegOptions {
  readonly file?: string | undefined
  readonly from?: string | undefined
  readonly r?: string | undefined
  readonly w?: string | undefined
  readonly all?: boolean | undefined
  readonly at: string
  readonly trials: string
  readonly seed: string
  readonly writesPerRead: string
  readonly format: 'table' | 'json' | 'svg'
}

const MOST_TRIALS = 4_000_000_000
const MOST_MOMENTS = 100
/** The k of k-staleness. */
const VERSIONS = [1, 2, 3, 5, 10]

/** The text for standard output. */
export async function predict(options: PredictOptions): Promise<string> {
  const trials = trialsOption(options.trials)
  const seed = wholeOption('--seed', options.seed, Number.MAX_SAFE_INTEGER)
  const at = momentsOption(options.at)
  const writesPerRead = numberOption('--writes-per-read', options.writesPerRead)
  const question = await questionOf(options)
  const { model } = question
  const quorums = chosenQuorums(question, options)
  const progress = new PredictProgress(trials)
  const { quorums: predictions } = predictQuorums({
    model,
    quorums,
    trials,
    seed,
    at,
    versions: VERSIONS,
    writesPerRead,
    onProgress: (done) => progress.step(done),
  })
  progress.stop()
  const view: PredictionView = {
    question,
    n: replicasOf(model),
    trials,
    seed,
    writesPerRead,
    quorums,
    predictions,
    forms: new ClosedForms(model),
  }
  if (options.format === 'json') return predictionJson(view)
  return options.format === 'svg' ? predictionPicture(view) : predictionText(view, outputWidth())
}

async function questionOf(options: PredictOptions): Promise<Question> {
  const { file, from } = options
  if (file !== undefined && from !== undefined)
    throw new UserError('--file and --from both say where the delays come from: give one of them.')
  if (file !== undefined) return questionOfFile(file, options)
  return from === undefined ? questionOfLaws(options) : questionOfResult(from, options)
}

/** `1e7` is as good as 10000000. */
function trialsOption(text: string): number {
  const trials = /^\d+(\.\d+)?(e\d+)?$/i.test(text) ? Number(text) : Number.NaN
  if (Number.isInteger(trials) && trials >= 1 && trials <= MOST_TRIALS) return trials
  throw new UserError(`--trials is a whole number from 1 to ${MOST_TRIALS}, such as 1e7, not ${text}.`)
}

function momentsOption(text: string): Nanos[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '')
  if (words.length === 0 || words.length > MOST_MOMENTS)
    throw new UserError(`--at has 1 to ${MOST_MOMENTS} durations, such as 0ms,10ms,100ms.`)
  const moments = words.map((word) => durationOption('--at', word))
  return [...new Set(moments)].sort((a, b) => a - b)
}

function numberOption(name: string, text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (Number.isFinite(value)) return value
  throw new UserError(`${name} is a number such as 1 or 0.25, not ${text}.`)
}
