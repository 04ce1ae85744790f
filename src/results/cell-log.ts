/**
 * `cells.jsonl`: finished cells, appended as they end, so that an interrupted run can be resumed and shards merged. The first line says
 * which spec and version the cells belong to; cells of another are never mixed in. Each further line is one result
 * with its histograms. A line that an interruption cut short is dropped, and its cell runs again.
 */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { messageOf, UserError } from '../core/errors.js'
import type { CellResult, StoredHistogram } from './cell-result.js'
import { LineFile, linesOf, parseJson, writeWhole } from './files.js'
import { decodeHistogram, encodeHistogram, type HistogramText, histogramShape } from './histogram-text.js'
import { entryShape } from './result-shape.js'
import { RESULT_SCHEMA } from './results.js'

const CELL_FILE = 'cells.jsonl'

export interface CellLogHeader {
  readonly schema: number
  readonly version: string
  /** Of the version and of the resolved spec but its gates. */
  readonly hash: string
}

const headerShape = z.object({ schema: z.number(), version: z.string(), hash: z.string() })
const lineShape = entryShape.extend({ histograms: z.record(z.string(), histogramShape) })

/** Gates judge cells and do not make them: they may be others when a run goes on. */
export function cellLogHeader(spec: object, version: string): CellLogHeader {
  const made = { ...spec, gates: undefined }
  const hash = createHash('sha256').update(JSON.stringify([RESULT_SCHEMA, version, made]))
  return { schema: RESULT_SCHEMA, version, hash: hash.digest('hex').slice(0, 32) }
}

export class CellLog {
  private constructor(private readonly file: LineFile) {}

  /** Begins a log, over whatever was there. */
  static async create(folder: string, header: CellLogHeader): Promise<CellLog> {
    const file = await LineFile.open(join(folder, CELL_FILE), 'anew')
    await file.append(JSON.stringify(header))
    return new CellLog(file)
  }

  /**
   * Goes on with a log, whose header must have been looked at; `finished` are its cells, in the order in which they ended. What was cut short
   * and what failed is taken out, all at once, so that it may be ended at any moment and resumed again.
   */
  static async resume(folder: string): Promise<{ readonly log: CellLog; readonly finished: readonly CellResult[] }> {
    const file = join(folder, CELL_FILE)
    const { cells } = await readCellLog(folder)
    const isFinished = cells.map((cell) => cell.error === undefined)
    await writeWhole(file, chosenLines(file, [true, ...isFinished]))
    const log = new CellLog(await LineFile.open(file, 'at the end'))
    return { log, finished: cells.filter((_, i) => isFinished[i]) }
  }

  async append(result: CellResult): Promise<void> {
    const histograms = Object.entries(result.histograms).map(([name, stored]) => [name, encodeHistogram(name, stored)])
    await this.file.append(JSON.stringify({ ...result, histograms: Object.fromEntries(histograms) }))
  }

  async close(): Promise<void> {
    await this.file.close()
  }
}

/** Null where no log has begun: there is none, or it ends within its first line. */
export async function readCellLogHeader(folder: string): Promise<CellLogHeader | null> {
  const file = join(folder, CELL_FILE)
  if ((await stat(file).catch(() => null)) === null) return null
  for await (const line of linesOf(file)) return parseHeader(line, file)
  return null
}

/** The header and the whole lines of a log. */
export async function readCellLog(
  folder: string,
): Promise<{ readonly header: CellLogHeader; readonly cells: readonly CellResult[] }> {
  const file = join(folder, CELL_FILE)
  const cells: CellResult[] = []
  let header: CellLogHeader | undefined
  let number = 0
  for await (const line of linesOf(file)) {
    number++
    if (header === undefined) header = parseHeader(line, file)
    else cells.push(parseCell(line, `${file}:${number}`))
  }
  if (header === undefined) throw new UserError(`${file} is empty: there is nothing to resume.`)
  return { header, cells }
}

async function* chosenLines(file: string, isChosen: readonly boolean[]): AsyncGenerator<string> {
  let number = 0
  for await (const line of linesOf(file)) if (isChosen[number++]) yield `${line}\n`
}

function parseHeader(line: string, file: string): CellLogHeader {
  const header = headerShape.safeParse(parseJson(line, `${file}:1`))
  if (!header.success) throw new UserError(`${file}:1 is not the header of a log of cells.`)
  if (header.data.schema === RESULT_SCHEMA) return header.data
  throw new UserError(`${file} has schema ${header.data.schema}, and this version reads schema ${RESULT_SCHEMA}.`)
}

function parseCell(line: string, where: string): CellResult {
  const parsed = parseJson(line, where)
  const checked = lineShape.safeParse(parsed)
  if (!checked.success) throw new UserError(`${where} is damaged:\n${z.prettifyError(checked.error)}`)
  const { histograms, ...entry } = parsed as CellResult & { histograms: Record<string, HistogramText> }
  return { ...entry, histograms: decodeAll(histograms, where) }
}

function decodeAll(texts: Readonly<Record<string, HistogramText>>, where: string): Record<string, StoredHistogram> {
  const decoded: Record<string, StoredHistogram> = {}
  for (const [quantity, text] of Object.entries(texts)) {
    try {
      decoded[quantity] = decodeHistogram(text)
    } catch (error) {
      throw new UserError(`${where}: the histogram ${quantity} is damaged: ${messageOf(error)}.`)
    }
  }
  return decoded
}
