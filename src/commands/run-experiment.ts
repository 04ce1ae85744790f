/**
 * One experiment from its cells to its files and its report. Cells are logged as they end; the files of a finished result are written
 * last of all and each at once, `result.json` after the others, so that where it is, everything is. An interruption while
 * they are written does not tear them.
 */
import { join } from 'node:path'
import { catalog } from '../catalog.js'
import { UserError } from '../core/errors.js'
import type { Cell } from '../experiment/cell.js'
import type { Spec } from '../experiment/spec.js'
import { htmlReport } from '../reports/html.js'
import { markdownReport } from '../reports/markdown.js'
import type { Place, ReportFormat, View } from '../reports/report.js'
import { CellLog, cellLogHeader, readCellLogHeader } from '../results/cell-log.js'
import type { CellResult } from '../results/cell-result.js'
import { writeWhole } from '../results/files.js'
import { isPassed } from '../results/gates.js'
import { reportFile, writeHistograms, writeResults } from '../results/result-file.js'
import { clearResults } from '../results/result-folder.js'
import { assembleResults, inPlanOrder, type Results, type StrategyInfo } from '../results/results.js'
import { type PoolOptions, runPlan } from '../runner/run-plan.js'
import { VERSION } from '../version.js'
import { FAILED, FINE, GATE_FAILED, INTERRUPTED, USAGE, worstOf } from './exit-code.js'
import { placeIn } from './found-results.js'
import type { Interruption } from './interruption.js'
import { runCommand } from './invocation.js'
import { outputWidth } from './output.js'
import { Progress } from './progress.js'

/** The reports that every run leaves in its folder. */
const WRITTEN: readonly ReportFormat[] = [htmlReport, markdownReport]

export interface Experiment {
  readonly spec: Spec
  readonly cells: readonly Cell[]
  readonly folder: string
}

export interface Execution {
  /** Threads that were asked for. */
  readonly jobs: number
  /** Bytes; null without limit. */
  readonly memoryLimit: number | null
  readonly report: ReportFormat
  readonly view: View
  readonly interruption: Interruption
  /** Whether to go on with the cells of a log in the folder, which is of this spec. */
  readonly resume: boolean
  readonly pool: PoolOptions
}

/** Returns the exit code. */
export async function runExperiment(experiment: Experiment, execution: Execution): Promise<number> {
  const { cells, folder } = experiment
  const { memoryLimit } = execution
  const started = Date.now()
  const { log, there } = await openLog(experiment, execution.resume)
  const jobs = Math.min(execution.jobs, cells.length - there.length)
  const ended = [...there, ...(await runMissing(experiment, { ...execution, jobs }, log, there))]
  const environment = {
    ...machine(),
    command: runCommand(),
    jobs,
    memoryLimit,
    started: new Date(started).toISOString(),
    milliseconds: Date.now() - started,
    resumed: there.length,
  }
  const results = resultsOf(experiment, ended, environment)
  await writeFiles(experiment, results, ended)
  return worstOf([codeOf(results), await print(results, folder, execution)])
}

/** Returns the exit code; a report that cannot be made of these results ends no other run, whose files are there. */
async function print(results: Results, folder: string, { report, view }: Execution): Promise<number> {
  try {
    process.stdout.write(await report.render(results, placeOf(folder), view))
    return FINE
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown
    process.stderr.write(`${thrown.message}\n`)
    return USAGE
  }
}

function codeOf({ partial, cells, gates }: Results): number {
  if (partial) return INTERRUPTED
  if (cells.some((cell) => cell.error !== undefined)) return FAILED
  return gates.every(isPassed) ? FINE : GATE_FAILED
}

interface OpenLog {
  readonly log: CellLog
  /** The chosen cells that are in it. */
  readonly there: readonly CellResult[]
}

/** An earlier run's results go before the first cell comes; a log that turns out damaged has cost nothing. */
async function openLog({ spec, cells, folder }: Experiment, resume: boolean): Promise<OpenLog> {
  if (!resume || (await readCellLogHeader(folder)) === null) {
    await clearResults(folder)
    return { log: await CellLog.create(folder, cellLogHeader(spec, VERSION)), there: [] }
  }
  const { log, finished } = await CellLog.resume(folder)
  await clearResults(folder)
  const chosen = new Set(cells.map(({ id }) => id))
  const there = finished.filter(({ id }) => chosen.has(id))
  process.stderr.write(`${spec.name}: ${there.length} of ${cells.length} cells are there already.\n`)
  return { log, there }
}

/** Throws if the log cannot be written; the run then ends early, because what is lost is lost. */
async function runMissing(
  { spec, cells }: Experiment,
  { jobs, memoryLimit, interruption, pool }: Execution,
  log: CellLog,
  there: readonly CellResult[],
): Promise<readonly CellResult[]> {
  const known = new Set(there.map(({ id }) => id))
  const missing = bySeed(cells).filter(({ id }) => !known.has(id))
  const broken = new AbortController()
  const ended: CellResult[] = []
  let writes: Promise<void> = Promise.resolve()
  const progress = new Progress(spec.name, cells, there)
  const onInterruption = (): void => progress.stop()
  interruption.signal.addEventListener('abort', onInterruption)
  const onCell = (result: CellResult): void => {
    ended.push(result)
    writes = writes.then(() => log.append(result))
    writes.catch(() => broken.abort())
    progress.step(result)
  }
  try {
    const signal = AbortSignal.any([interruption.signal, broken.signal])
    if (missing.length > 0) await runPlan(missing, { ...pool, jobs, memoryLimit, signal, onCell })
    await writes
  } finally {
    interruption.signal.removeEventListener('abort', onInterruption)
    progress.stop()
    await log.close()
  }
  return ended
}

/** All variants of one seed before the next seed, so that what an interruption leaves can be compared. */
function bySeed(cells: readonly Cell[]): readonly Cell[] {
  const groups = new Map<number, Cell[]>()
  for (const cell of cells) {
    const group = groups.get(cell.seed)
    if (group === undefined) groups.set(cell.seed, [cell])
    else group.push(cell)
  }
  return [...groups.values()].flat()
}

async function writeFiles(
  { cells, folder }: Experiment,
  results: Results,
  ended: readonly CellResult[],
): Promise<void> {
  const inOrder = inPlanOrder(
    cells.map((cell) => cell.id),
    ended,
  )
  await writeHistograms(folder, inOrder)
  for (const report of WRITTEN) {
    await writeWhole(join(folder, reportFile(report.extension)), [await report.render(results, placeOf(folder))])
  }
  await writeResults(folder, results)
}

function resultsOf({ spec, cells }: Experiment, ended: readonly CellResult[], environment: object): Results {
  const tool = { name: 'quorate', version: VERSION }
  const header = { tool, environment: { ...environment }, spec, strategies: strategiesOf(spec) }
  return assembleResults(
    header,
    cells.map((cell) => cell.id),
    ended,
    spec.gates,
  )
}

function strategiesOf({ variants }: Spec): readonly StrategyInfo[] {
  const names = [...new Set(variants.map((variant) => variant.name))]
  return names.map((name) => {
    const strategy = catalog.strategies.get(name)
    const options = variants.find((variant) => variant.name === name)?.options
    return {
      name,
      summary: strategy?.summary ?? '',
      promises: (strategy?.promises(options) ?? []).map(({ guarantee, under }) => `${guarantee} under ${under}`),
      limits: strategy?.limits ?? '',
    }
  })
}

const machine = (): object => ({ node: process.version, platform: process.platform, architecture: process.arch })

const placeOf = (folder: string): Place => placeIn(folder, folder, outputWidth())
