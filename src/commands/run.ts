/**
 * `quorate run`: reads every file and tries every folder before anything runs; then runs the files one after the other. Ctrl-C ends the run
 * with the cells that it has, and says what goes on with them.
 */
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { catalog } from '../catalog.js'
import { UserError } from '../core/errors.js'
import type { Cell } from '../experiment/cell.js'
import { readWorkloadFile } from '../experiment/file/workload-file.js'
import { plan } from '../experiment/plan.js'
import { parseSpec, type Spec } from '../experiment/spec.js'
import { measures } from '../measures/index.js'
import { reports } from '../reports/index.js'
import { chartNamed, svgChart } from '../reports/svg.js'
import { terminal } from '../reports/terminal.js'
import { prepareFolder } from '../results/result-folder.js'
import { LEAST_HEAP_MEBIBYTES, type PoolOptions } from '../runner/run-plan.js'
import { dryRunText } from './dry-run.js'
import { INTERRUPTED, worstOf } from './exit-code.js'
import { Interruption } from './interruption.js'
import { resumeCommand } from './invocation.js'
import { sizeOption, wholeOption } from './options.js'
import { requireResumable } from './resumption.js'
import { type Experiment, runExperiment } from './run-experiment.js'
import { type Measured, type ViewOptions, viewOf } from './view-options.js'

export interface RunOptions extends ViewOptions {
  readonly out?: string | undefined
  readonly seeds?: string | undefined
  readonly jobs?: string | undefined
  readonly only?: string | undefined
  readonly set?: readonly string[] | undefined
  readonly memory?: string | undefined
  readonly dryRun?: boolean | undefined
  readonly lenient?: boolean | undefined
  readonly resume?: boolean | undefined
}

export const MEMORY_HELP = [
  'what a cell may take, such as 2GB: so much for its history (60 to 150 bytes for each operation) and so much,',
  `but at least ${LEAST_HEAP_MEBIBYTES} MiB, for its JavaScript heap; the arrays of strategies and measures come on top;`,
  "a cell beyond it fails and the others run on (default: no limit for the history, Node's own for the heap)",
].join(' ')

const MOST_SEEDS = 10_000
const MOST_JOBS = 1_000

/** Returns the exit code. `pool` is for tests. */
export async function run(files: readonly string[], options: RunOptions, pool: PoolOptions = {}): Promise<number> {
  const jobs = options.jobs === undefined ? availableParallelism() : wholeOption('--jobs', options.jobs, MOST_JOBS)
  const memoryLimit = options.memory === undefined ? null : sizeOption('--memory', options.memory)
  const experiments: Experiment[] = []
  for (const file of files) experiments.push(experimentOf(file, options))
  const view = viewOf(options, measuredIn(experiments))
  if (options.format === svgChart.name) await chartNamed(view.chart)
  if (options.dryRun) {
    for (const experiment of experiments) process.stdout.write(dryRunText(experiment, jobs, options.format))
    return worstOf([])
  }
  refuseSharedFolders(files, experiments)
  for (const { folder } of experiments) await prepareFolder(folder)
  const resume = options.resume === true
  if (resume) for (const { spec, folder } of experiments) await requireResumable(spec, folder)
  const report = reports.get(options.format) ?? terminal
  const interruption = new Interruption(() => {
    process.stderr.write('\nInterrupted: keeping the cells that have ended. Once more ends the program at once.\n')
    process.stderr.write(`To go on: ${resumeCommand()}\n`)
  })
  const codes: number[] = []
  try {
    for (const experiment of experiments) {
      if (interruption.happened) break
      codes.push(await runExperiment(experiment, { jobs, memoryLimit, report, view, interruption, resume, pool }))
    }
  } finally {
    interruption.end()
  }
  return worstOf(interruption.happened ? [INTERRUPTED, ...codes] : codes)
}

function experimentOf(file: string, options: RunOptions): Experiment {
  const warn = options.lenient ? (complaint: string) => process.stderr.write(`${complaint}\n`) : undefined
  const spec = parseSpec(readWorkloadFile(file), file, catalog, settingsOf(options), warn)
  const cells = cellsOf(spec, file, options.only)
  return { spec, cells, folder: options.out ?? join('results', spec.name) }
}

/** `--seeds` is short for a setting, so that the number of cells is checked with it. */
function settingsOf({ set = [], seeds }: RunOptions): readonly string[] {
  return seeds === undefined ? set : [...set, `seeds=${wholeOption('--seeds', seeds, MOST_SEEDS)}`]
}

function cellsOf(spec: Spec, file: string, only: string | undefined): readonly Cell[] {
  const all = plan(spec)
  const chosen = all.filter((cell) => only === undefined || cell.id.includes(only))
  if (chosen.length > 0) return chosen
  const ids = all.slice(0, 3).map((cell) => cell.id)
  throw new UserError(`${file} has no cell whose id contains ${only}; its ${all.length} cells are ${ids.join(', ')} …`)
}

/** What the results can come to hold. */
function measuredIn(experiments: readonly Experiment[]): Measured {
  const zones = experiments.flatMap(({ spec }) => spec.points.flatMap((point) => point.zones.map(({ name }) => name)))
  return { measures: measures.names, zones: [...new Set(zones)] }
}

function refuseSharedFolders(files: readonly string[], experiments: readonly Experiment[]): void {
  const users = new Map<string, string>()
  experiments.forEach(({ folder }, i) => {
    const file = files[i] as string
    const other = users.get(resolve(folder))
    if (other !== undefined) {
      throw new UserError(
        `${other} and ${file} would both write to ${folder}: give them different names (the key name), or run them one at a time with --out.`,
      )
    }
    users.set(resolve(folder), file)
  })
}
