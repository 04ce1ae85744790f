/**
 * The comparison as GitHub renders it: gates, verdict and answers, one table with the best values in bold, and everything else folded away. It fits into
 * a comment: what does not is cut from the end, and said (markdown/blocks.ts). All that comes from a result stays text.
 */
import type { Results } from '../results/results.js'
import { exampleOf, WITHOUT_CELLS } from './again.js'
import { answersOf } from './answers.js'
import { failuresOf } from './failures.js'
import { gatesOf } from './gates.js'
import { gridOf } from './grid.js'
import { headlineOf } from './headline.js'
import { factsLine, seedsText } from './html/facts.js'
import { type Block, fitted } from './markdown/blocks.js'
import { comparisonLines } from './markdown/comparison.js'
import { detailBlocks } from './markdown/details.js'
import { codeLines, detailsLines, items, lineText } from './markdown/lines.js'
import { rateChartLines } from './markdown/rate-chart.js'
import { remarksOf } from './remarks.js'
import { type ImmediateFormat, type Place, USUAL_VIEW } from './report.js'
import { plain } from './text.js'
import { verdictOf } from './verdict.js'

const LONGEST_COMMAND = 2000
const FULL = 'All of it is in `report.html` and in the formats `csv` and `json`.'

export const markdownReport: ImmediateFormat = {
  name: 'markdown',
  extension: 'md',
  summary: 'the comparison for GitHub',
  render: (results, place, view = USUAL_VIEW) =>
    fitted(
      [
        headBlock(results, view.date),
        gateBlock(results),
        { name: 'the verdict', lines: items(verdictOf(results)), least: 1 },
        answerBlock(results),
        tableBlock(results),
        { name: 'the chart', lines: rateChartLines(results), least: null },
        { name: 'the remarks', lines: spaced(remarksOf(results).map(lineText)), least: 0 },
        failureBlock(results, place),
        ...detailBlocks(results),
        reproduceBlock(results, place),
      ],
      FULL,
    ),
}

function headBlock(results: Results, date: string | null): Block {
  const { name, about } = headlineOf(results)
  return {
    name: null,
    lines: spaced([
      `# ${lineText(name)}`,
      ...(about === '' ? [] : [lineText(about)]),
      lineText(factsLine(results, date)),
    ]),
    least: 0,
  }
}

/** With bullets of their own: a list goes on over an empty line for as long as its bullets are the same. */
function gateBlock(results: Results): Block {
  const gates = gatesOf(results)
  if (gates === null) return { name: null, lines: [], least: 0 }
  const lines = gates.lines.flatMap(({ mark, text, details }) => [
    `* ${mark} ${lineText(text)}`,
    ...details.map((detail) => `  * ${lineText(detail)}`),
  ])
  const sentence = `**${lineText(gates.sentence)}**`
  return { name: 'the gates', lines: [sentence, ...(lines.length === 0 ? [] : ['', ...lines])], least: 2 }
}

function answerBlock(results: Results): Block {
  const lines = answersOf(results).flatMap(({ question, answers, beside }) => {
    const [first, ...others] = [...answers.map(({ at, text }) => (at === '' ? text : `At [${at}]: ${text}`)), ...beside]
    return [`**${lineText(question)}** ${lineText(first ?? '')}`, ...others.map(lineText)]
  })
  return { name: null, lines: spaced(lines), least: 0 }
}

/** The head and its rule stay. */
function tableBlock(results: Results): Block {
  const grid = gridOf(results)
  const lines = grid.columns.length === 0 ? [] : comparisonLines(grid, 'figures')
  return { name: 'the table', lines, least: 2 }
}

function failureBlock(results: Results, place: Place): Block {
  const { sentence, shown } = failuresOf(results, place)
  if (sentence === null) return { name: null, lines: [], least: 0 }
  const lines = shown.flatMap(({ what, command }) => ['', `- ${lineText(what)}`, '', ...codeLines(command, 'sh')])
  return { name: null, lines: [sentence, ...lines], least: 0 }
}

function reproduceBlock(results: Results, place: Place): Block {
  const { tool, environment } = results
  const { command } = environment
  const told = `${plain(tool.name)} ${plain(tool.version)}, seeds ${seedsText(results)}. The same workload file gives the same figures on any machine.`
  const all =
    typeof command === 'string' ? ['', 'All of it:', '', ...codeLines(plain(command, LONGEST_COMMAND), 'sh')] : []
  return {
    name: null,
    lines: detailsLines('Reproduce', [lineText(told), ...all, ...cellLines(results, place)]),
    least: 0,
  }
}

function cellLines(results: Results, place: Place): readonly string[] {
  if (results.form === 'reference') return ['', WITHOUT_CELLS]
  const example = exampleOf(results)
  return example === null ? [] : ['', 'One cell again:', '', ...codeLines(place.replayCommand(example), 'sh')]
}

/** A paragraph each. */
const spaced = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line, i) => (i === 0 ? [line] : ['', line]))
