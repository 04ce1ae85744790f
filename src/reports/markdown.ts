/** The comparison in GitHub's Markdown: the gates and the verdict as lists, then the whole table, best values in bold. */
import type { Results } from '../results/results.js'
import { failuresOf } from './failures.js'
import { gatesOf } from './gates.js'
import { type Figure, type GridColumn, gridOf } from './grid.js'
import { headlineOf } from './headline.js'
import { notesOf } from './notes.js'
import { remarksOf } from './remarks.js'
import type { ImmediateFormat } from './report.js'
import { markdown } from './text.js'
import { verdictOf } from './verdict.js'

export const markdownReport: ImmediateFormat = {
  name: 'markdown',
  extension: 'md',
  summary: 'the comparison for GitHub',
  render(results, place) {
    const { name, about } = headlineOf(results)
    const parts = [`# ${markdown(name)}`, '']
    if (about !== '') parts.push(markdown(about), '')
    parts.push(...gateLines(results))
    parts.push(...verdictOf(results).map((sentence) => `- ${markdown(sentence)}`), '')
    const grid = gridOf(results)
    if (grid.columns.length > 0) parts.push(...tableLines(grid))
    parts.push(...remarksOf(results).flatMap((remark) => [markdown(remark), '']))
    const { sentence, shown } = failuresOf(results, place)
    if (sentence !== null) parts.push(sentence, '')
    for (const { what, command } of shown) parts.push(`- ${markdown(what)}`, '', ...codeBlock(command), '')
    const notes = notesOf(results).map((note) => `- ${markdown(note)}`)
    if (notes.length > 0) parts.push('Notes:', '', ...notes, '')
    const example = results.cells.find((cell) => cell.error === undefined)
    if (example !== undefined) parts.push('One cell again:', '', ...codeBlock(place.replayCommand(example.id)), '')
    return parts.join('\n')
  },
}

/** With bullets of their own: a list goes on over an empty line for as long as its bullets are the same. */
function gateLines(results: Results): string[] {
  const gates = gatesOf(results)
  if (gates === null) return []
  const lines = gates.lines.flatMap(({ mark, text, details }) => [
    `* ${mark} ${markdown(text)}`,
    ...details.map((detail) => `  * ${markdown(detail)}`),
  ])
  return [`**${markdown(gates.sentence)}**`, '', ...(lines.length === 0 ? [] : [...lines, ''])]
}

function tableLines({ heads, names, columns, hasMarks, hasSaturated }: ReturnType<typeof gridOf>): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const notes = [
    ...(hasMarks ? ['Bold: best, or not clearly behind the best (intervals over seeds overlap).'] : []),
    ...(hasSaturated ? ['†: saturated.'] : []),
  ]
  return [
    line([...heads.map(markdown), ...columns.map(titleText)]),
    line([...heads.map(() => '---'), ...columns.map(() => '---:')]),
    ...names.map((row, i) => line([...row.map(markdown), ...columns.map(({ figures }) => figureText(figures[i]))])),
    '',
    ...(notes.length === 0 ? [] : [notes.join(' '), '']),
  ]
}

function titleText({ title, unit }: GridColumn): string {
  return markdown([title.join(' ').replace('- ', ''), unit].filter((part) => part !== '').join(', '))
}

function figureText(figure: Figure | undefined): string {
  if (figure === undefined) return ''
  return figure.isBest ? `**${markdown(figure.text)}**` : markdown(figure.text)
}

/** Fenced with more backticks than it holds in a row. */
function codeBlock(text: string): string[] {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}sh`, text, fence]
}
