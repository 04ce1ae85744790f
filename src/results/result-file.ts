/**
 * The finished files of a result folder.
 *
 * - `result.json`: a JSON object with one line for each cell and each summary, so that it is small, streams, and diffs well.
 * - `histograms.jsonl`: a line for each histogram of each cell, in plan order.
 * - `report.html` and `report.md`: the comparison for people; whoever writes them knows the reports.
 *
 * What is read back is checked for its schema and its shape, since reports and comparisons trust it.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { messageOf, UserError } from '../core/errors.js'
import type { CellResult, StoredHistogram } from './cell-result.js'
import { linesOf, parseJson, readText, writeWhole } from './files.js'
import { decodeHistogram, encodeHistogram, type HistogramText, histogramShape } from './histogram-text.js'
import { resultShape } from './result-shape.js'
import { RESULT_SCHEMA, type Results } from './results.js'

const RESULT_FILE = 'result.json'
const HISTOGRAM_FILE = 'histograms.jsonl'
export const RESULT_FILES: readonly string[] = [RESULT_FILE, HISTOGRAM_FILE]

export const reportFile = (extension: string): string => `report.${extension}`

const lineShape = histogramShape.extend({ cell: z.string(), quantity: z.string() })

export async function writeResults(folder: string, results: Results): Promise<void> {
  await writeWhole(join(folder, RESULT_FILE), resultText(results))
}

/** `cells` in plan order. */
export async function writeHistograms(folder: string, cells: readonly CellResult[]): Promise<void> {
  await writeWhole(join(folder, HISTOGRAM_FILE), histogramText(cells))
}

/** The results of a folder, or of a result file. */
export async function readResults(path: string): Promise<Results> {
  const file = path.endsWith('.json') ? path : join(path, RESULT_FILE)
  const parsed = parseJson(await readText(file), file)
  const schema = z.looseObject({ schema: z.number() }).safeParse(parsed)
  if (!schema.success) throw new UserError(`${file} is not a result of quorate: it has no schema number.`)
  if (schema.data.schema !== RESULT_SCHEMA) {
    throw new UserError(
      `${file} has schema ${schema.data.schema}, and this version reads schema ${RESULT_SCHEMA}: run the workload again with this version.`,
    )
  }
  const checked = resultShape.safeParse(parsed)
  if (!checked.success) throw new UserError(`${file} is damaged:\n${z.prettifyError(checked.error)}`)
  return parsed as Results
}

/** The histograms of a folder, by cell and quantity. */
export async function readHistograms(folder: string): Promise<Map<string, Record<string, StoredHistogram>>> {
  const file = join(folder, HISTOGRAM_FILE)
  const byCell = new Map<string, Record<string, StoredHistogram>>()
  let number = 0
  for await (const text of linesOf(file)) {
    number++
    const line = lineShape.safeParse(parseJson(text, `${file}:${number}`))
    if (!line.success) throw new UserError(`${file}:${number} is damaged:\n${z.prettifyError(line.error)}`)
    const { cell, quantity, ...histogram } = line.data as HistogramText & z.infer<typeof lineShape>
    const ofCell = byCell.get(cell) ?? {}
    byCell.set(cell, ofCell)
    ofCell[quantity] = decoded(histogram, `${file}:${number}`)
  }
  return byCell
}

function decoded(text: HistogramText, where: string): StoredHistogram {
  try {
    return decodeHistogram(text)
  } catch (error) {
    throw new UserError(`${where}: the histogram is damaged: ${messageOf(error)}.`)
  }
}

/** The text of `result.json`, in pieces. */
export function* resultText(results: Results): Generator<string> {
  const { cells, summaries, gates, ...head } = results
  yield '{\n'
  for (const [name, value] of Object.entries(head)) yield `${JSON.stringify(name)}: ${JSON.stringify(value)},\n`
  yield* listText('cells', cells)
  yield ',\n'
  yield* listText('summaries', summaries)
  yield ',\n'
  yield* listText('gates', gates)
  yield '\n}\n'
}

function* listText(name: string, items: readonly unknown[]): Generator<string> {
  yield `${JSON.stringify(name)}: [`
  for (let i = 0; i < items.length; i++) yield `${i === 0 ? '\n' : ',\n'}${JSON.stringify(items[i])}`
  yield items.length === 0 ? ']' : '\n]'
}

function* histogramText(cells: readonly CellResult[]): Generator<string> {
  for (const cell of cells) {
    for (const [quantity, stored] of Object.entries(cell.histograms)) {
      yield `${JSON.stringify({ cell: cell.id, quantity, ...encodeHistogram(quantity, stored) })}\n`
    }
  }
}
