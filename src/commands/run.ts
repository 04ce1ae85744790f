/**
 * `quorate run`: reads every file before anything runs, runs the cells, keeps what has ended whatever happens, and prints the comparison.
 */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { SingleBar } from 'cli-progress'
import { catalog } from '../catalog.js'
import { messageOf, UserError } from '../core/errors.js'
import { parseSize, SIZE_UNITS } from '../core/units.js'
import type { Cell } from '../experiment/cell.js'
import { plan } from '../experiment/plan.js'
import { parseSpec, type Spec } from '../experiment/spec.js'
import { renderMarkdown, renderTable } from '../reports/table.js'
import { CellLog, cellLogHeader } from '../results/cell-log.js'
import type { CellResult } from '../results/cell-result.js'
import { writeWhole } from '../results/files.js'
import { writeHistograms, writeResults } from '../results/result-file.js'
import { assembleResults, inPlanOrder, type Results } from '../results/results.js'
import { runPlan } from '../runner/run-plan.js'
import { VERSION } from '../version.js'

export interface RunOptions {
  readonly out?: string | undefined
  readonly seeds?: string | undefined
  readonly jobs?: string | undefined
  readonly only?: string | undefined
  readonly memory?: string | undefined
  readonly dryRun?: boolean | undefined
  readonly format: string
}

const MOST_CELLS = 100_000

/** Returns the exit code: 0 fine, 1 failed cells, 130 interrupted. */
export async function run(files: readonly string[], options: RunOptions): Promise<number> {
  const jobs = wholeOption('--jobs', options.jobs, availableParallelism())
  const seeds = options.seeds === undefined ? null : wholeOption('--seeds', options.seeds, 1)
  const memoryLimit = options.memory === undefined ? null : parseSize(options.memory)
  if (memoryLimit === undefined) throw new UserError(`--memory is a size in ${SIZE_UNITS}, such as 2GB.`)
  if (files.length > 1 && options.out !== undefined) throw new UserError('--out is for one file at a time.')
  const plans = files.map((file) => planOf(file, seeds, options.only))
  let code = 0
  for (const { spec, cells } of plans) {
    if (options.dryRun) {
      process.stdout.write(`${cells.map((cell) => cell.id).join('\n')}\n`)
      continue
    }
    code = Math.max(code, await runFile(spec, cells, jobs, memoryLimit, options))
    if (code === 130) return code
  }
  return code
}

function planOf(file: string, seeds: number | null, only: string | undefined): { spec: Spec; cells: readonly Cell[] } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (thrown) {
    throw new UserError(`${file} cannot be read: ${messageOf(thrown)}`)
  }
  const parsed = parseSpec(text, file, catalog)
  const spec = seeds === null ? parsed : { ...parsed, seeds: Array.from({ length: seeds }, (_, i) => i + 1) }
  if (spec.variants.length * spec.seeds.length > MOST_CELLS) {
    throw new UserError(
      `${file}: ${spec.variants.length} variants x ${spec.seeds.length} seeds exceed ${MOST_CELLS} cells.`,
    )
  }
  const cells = plan(spec).filter((cell) => only === undefined || cell.id.includes(only))
  if (cells.length === 0) throw new UserError(`${file}: no cell's id contains ${only}.`)
  return { spec, cells }
}

async function runFile(
  spec: Spec,
  cells: readonly Cell[],
  jobs: number,
  memoryLimit: number | null,
  options: RunOptions,
): Promise<number> {
  const folder = options.out ?? join('results', spec.name)
  const interrupt = new AbortController()
  const onInterrupt = (): void => interrupt.abort()
  process.once('SIGINT', onInterrupt)
  const progress = new Progress(cells.length)
  const started = Date.now()
  const ended: CellResult[] = []
  const log = await CellLog.create(folder, cellLogHeader(spec, VERSION))
  try {
    let writes = Promise.resolve()
    await runPlan(cells, {
      jobs,
      memoryLimit,
      signal: interrupt.signal,
      onCell: (result) => {
        ended.push(result)
        writes = writes.then(() => log.append(result))
        progress.step()
      },
    })
    await writes
  } finally {
    await log.close()
    progress.stop()
    process.removeListener('SIGINT', onInterrupt)
  }
  const results = resultsOf(spec, cells, ended, jobs, Date.now() - started)
  await writeResults(folder, results)
  await writeHistograms(
    folder,
    inPlanOrder(
      cells.map((cell) => cell.id),
      ended,
    ),
  )
  await writeWhole(join(folder, 'report.md'), [renderMarkdown(results)])
  process.stdout.write(render(results, options.format))
  if (options.format === 'table')
    process.stdout.write(`Results: ${folder} (result.json, histograms.jsonl, report.md)\n`)
  if (results.partial) return 130
  return results.cells.some((cell) => cell.error !== undefined) ? 1 : 0
}

function resultsOf(
  spec: Spec,
  cells: readonly Cell[],
  ended: readonly CellResult[],
  jobs: number,
  milliseconds: number,
): Results {
  const names = [...new Set(spec.variants.map((variant) => variant.name))]
  const strategies = names.map((name) => {
    const strategy = catalog.strategies.get(name)
    const options = spec.variants.find((variant) => variant.name === name)?.options
    return {
      name,
      summary: strategy?.summary ?? '',
      promises: strategy?.promises(options) ?? [],
      limits: strategy?.limits ?? '',
    }
  })
  const environment = { node: process.version, platform: process.platform, jobs, milliseconds }
  const header = { tool: { name: 'quorate', version: VERSION }, environment, spec, strategies }
  return assembleResults(
    header,
    cells.map((cell) => cell.id),
    ended,
  )
}

function render(results: Results, format: string): string {
  if (format === 'json') return `${JSON.stringify(results)}\n`
  return format === 'markdown' ? renderMarkdown(results) : renderTable(results)
}

function wholeOption(name: string, text: string | undefined, initial: number): number {
  const value = text === undefined ? initial : Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 10_000)
    throw new UserError(`${name} is a whole number from 1 to 10000, not ${text}.`)
  return value
}

/** A bar with the time left on a terminal; elsewhere a line every ten seconds. */
class Progress {
  private done = 0
  private readonly bar: SingleBar | null
  private readonly timer: NodeJS.Timeout | null

  constructor(private readonly total: number) {
    const isTerminal = process.stderr.isTTY === true
    this.bar = isTerminal
      ? new SingleBar({
          stream: process.stderr,
          format: '{bar} {value}/{total} cells, {eta_formatted} left',
          clearOnComplete: true,
        })
      : null
    this.bar?.start(total, 0)
    this.timer = isTerminal
      ? null
      : setInterval(() => process.stderr.write(`${this.done}/${this.total} cells\n`), 10_000)
    this.timer?.unref()
  }

  step(): void {
    this.done++
    this.bar?.update(this.done)
  }

  stop(): void {
    this.bar?.stop()
    if (this.timer !== null) clearInterval(this.timer)
  }
}
