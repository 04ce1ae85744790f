/**
 * The comparison for a terminal: the gates, the verdict, then a table that fits its width, how it went second by second where faults struck, then
 * where the files are. It has no colours, so it reads the same in a pipe.
 */
import type { Results } from '../results/results.js'
import { exampleOf, WITHOUT_CELLS } from './again.js'
import { failuresOf } from './failures.js'
import { gatesOf } from './gates.js'
import { headlineOf } from './headline.js'
import { notesOf } from './notes.js'
import { remarksOf } from './remarks.js'
import { type ImmediateFormat, type Place, USUAL_VIEW } from './report.js'
import { tableText } from './terminal/table.js'
import { timelinesText } from './terminal/timelines.js'
import { INDENT, wrapped } from './terminal/wrapped.js'
import { verdictOf } from './verdict.js'

export const terminal: ImmediateFormat = {
  name: 'table',
  extension: 'txt',
  summary: 'the verdict and a table for a terminal',
  render(results, place, view = USUAL_VIEW) {
    const { name, about } = headlineOf(results)
    const verdict = verdictOf(results).map((sentence) => wrapped(`- ${sentence}`, place.width))
    const headline = wrapped(about === '' ? name : `${name}: ${about}`, place.width)
    const parts = [headline, '', ...gateLines(results, place), ...verdict, '']
    const sections = [tableText(results, view, place.width), timelinesText(results, place.width)]
    parts.push(...sections.flatMap((text) => (text === '' ? [] : [text, ''])))
    parts.push(...remarksOf(results).flatMap((remark) => [wrapped(remark, place.width), '']))
    parts.push(...failureLines(results, place), ...noteLines(results, place), ...placeLines(results, place))
    return `${parts.join('\n')}\n`
  },
}

function gateLines(results: Results, { width }: Place): string[] {
  const gates = gatesOf(results)
  if (gates === null) return []
  const lines = gates.lines.flatMap(({ mark, text, details }) => [
    wrapped(`${mark} ${text}`, width),
    ...details.map(
      (detail) => `${INDENT}${wrapped(`- ${detail}`, width - INDENT.length).replaceAll('\n', `\n${INDENT}`)}`,
    ),
  ])
  return [wrapped(gates.sentence, width), ...lines, '']
}

function failureLines(results: Results, place: Place): string[] {
  const { sentence, shown } = failuresOf(results, place)
  if (sentence === null) return []
  const lines = shown.flatMap(({ what, command }) => [wrapped(`- ${what}`, place.width), `    ${command}`])
  return [sentence, ...lines, '']
}

function noteLines(results: Results, place: Place): string[] {
  const notes = notesOf(results).map((note) => wrapped(`- ${note}`, place.width))
  return notes.length === 0 ? [] : ['Notes:', ...notes, '']
}

function placeLines(results: Results, place: Place): string[] {
  if (results.form === 'reference') return [wrapped(WITHOUT_CELLS, place.width)]
  const files = `Files: result.json, histograms.jsonl, cells.jsonl, report.html and report.md in ${place.folder}`
  const example = exampleOf(results)
  return [wrapped(files, place.width), ...(example === null ? [] : [`One cell again: ${place.replayCommand(example)}`])]
}
