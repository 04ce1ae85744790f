/**
 * The README with its figures and outputs made anew from results. In the text they stand between comments, which nobody sees who reads it rendered:
 *
 * - `<!--= RESULT; VARIANT; MEASURE; POINT -->8.2%<!--/-->`: a summary's value as reports write it; the point may be left out, or be part of its name.
 * - `<!--= output RESULT -->` before a fence: the table as the run of its workload prints it.
 * - `<!--= predict OPTIONS -->` before a fence: what the built program prints.
 *
 * What the speed bench prints is of one machine and is left alone.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { measureInfo } from '../../src/measures/index.js'
import { kindOf } from '../../src/reports/columns.js'
import { spokenFigure } from '../../src/reports/figures.js'
import { pointsOf } from '../../src/reports/points.js'
import { terminal } from '../../src/reports/terminal.js'
import type { Results } from '../../src/results/results.js'

export type Load = (name: string) => Results

const OUTPUT = /(<!--= output (\S+) -->\n```text\n).*?\n```/gs
const PREDICTION = /(<!--= predict (.*?) -->\n```text\n).*?\n```/gs
const FIGURE = /(<!--= (?!output |predict )(.*?) -->).*?(<!--\/-->)/gs

export function regenerated(text: string, load: Load): string {
  return text
    .replaceAll(OUTPUT, (_, start: string, name: string) => `${start}${outputOf(load(name), name)}\n\`\`\``)
    .replaceAll(PREDICTION, (_, start: string, options: string) => `${start}${predictionOf(options)}\n\`\`\``)
    .replaceAll(FIGURE, (_, start: string, selector: string, end: string) => start + figureOf(selector, load) + end)
}

function outputOf({ form: _, ...results }: Results, name: string): string {
  const folder = `results/${name}`
  return terminal
    .render(results, {
      width: 100,
      folder,
      replayCommand: (cell) => `node dist/cli.js replay ${folder} ${cell}`,
      histograms: async () => new Map(),
    })
    .trimEnd()
}

function predictionOf(options: string): string {
  const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
  return execFileSync(process.execPath, [program, 'predict', ...options.split(' ')], { encoding: 'utf8' }).trimEnd()
}

function figureOf(selector: string, load: Load): string {
  const [result = '', variant = '', measure = '', where = ''] = selector.split('; ')
  const found = pointsOf(load(result).summaries).flatMap(({ name, summaries }) =>
    summaries.filter(({ label }) => label === variant && name.includes(where)).map((summary) => ({ name, summary })),
  )
  const [only] = found
  if (only === undefined || found.length > 1) {
    throw new Error(
      `README.md: "${selector}" is ${found.length} summaries: ${found.map(({ name }) => name).join(' | ')}`,
    )
  }
  const value = only.summary.measures[measure]
  if (value === undefined) throw new Error(`README.md: "${selector}" was not measured`)
  return spokenFigure(kindOf(measureInfo(measure)?.unit ?? ''), value)
}
