/**
 * `npm run bench`: the speed of the whole, from one process and one run. Sections run in a fixed order, the ratio first: V8 then
 * has met one queue and one strategy only, and the ratio is the same whatever else is asked for. Exit codes: 0 whatever the
 * figures; 1 a bug; 2 wrong usage; 3 with `--gate` if the ratio is too small.
 */
import { Command, Option } from '@commander-js/extra-typings'
import { messageOf, UserError } from '../core/errors.js'
import { type Effort, FULL, QUICK } from './effort.js'
import type { Figure } from './figure.js'
import { historyBytes } from './history-bytes.js'
import { kernel } from './kernel.js'
import { keySamples } from './key-samples.js'
import { lawSamples } from './law-samples.js'
import { quorumRatio } from './quorum-ratio.js'
import { renderReport, reportOf } from './report.js'
import { strategySpeeds } from './strategy-speeds.js'
import { warsTrials } from './wars.js'

const USAGE = 2
const GATE_FAILED = 3

interface BenchOptions {
  readonly only?: SectionName[] | undefined
  readonly holdSizes?: true | undefined
  readonly quick?: true | undefined
  readonly gate?: true | undefined
  readonly format: string
}

const SECTIONS = {
  quorum: quorumRatio,
  kernel: (effort: Effort, { holdSizes }: BenchOptions) =>
    kernel(effort, holdSizes ? [10, 100, 1000, 10_000, 100_000, 1_000_000] : [1000]),
  strategies: strategySpeeds,
  history: historyBytes,
  laws: lawSamples,
  keys: keySamples,
  wars: warsTrials,
} satisfies Record<string, (effort: Effort, options: BenchOptions) => Figure[]>

type SectionName = keyof typeof SECTIONS
const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[]

const program = new Command()
  .name('npm run bench --')
  .description('Measures the speed of the kernel, of every strategy, of laws and keys, and of predictions.')
  .addOption(new Option('--only <sections...>', 'only these sections').choices(SECTION_NAMES))
  .option('--hold-sizes', 'HOLD with 10 to 1,000,000 pending events, not with 1000 alone')
  .option('--quick', 'a little of everything, to see that it runs; the figures mean nothing')
  .option('--gate', 'exit with 3 if quorum does less than 1/50 of an operation per kernel event')
  .addOption(new Option('--format <format>', 'what to print').choices(['table', 'json']).default('table'))
  .addHelpText(
    'after',
    '\nExamples:\n  npm run bench -- --only quorum\n  npm run bench -- --only laws keys --format json',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : USAGE))
  .action((options) => {
    process.exitCode = bench(options as BenchOptions)
  })

function bench(options: BenchOptions): number {
  const names = SECTION_NAMES.filter((name) => options.only?.includes(name) ?? true)
  if (options.gate && options.quick) throw new UserError('--gate judges a full measurement: leave out --quick.')
  if (options.gate && !names.includes('quorum')) throw new UserError('--gate needs the section quorum in --only.')
  const effort = options.quick ? QUICK : FULL
  const sections: Record<string, readonly Figure[]> = {}
  for (const name of names) {
    process.stderr.write(`${name} …\n`)
    sections[name] = SECTIONS[name](effort, options)
  }
  const report = reportOf(sections)
  process.stdout.write(options.format === 'json' ? `${JSON.stringify(report)}\n` : renderReport(report))
  return options.gate && !report.gate?.passed ? GATE_FAILED : 0
}

try {
  program.parse()
} catch (thrown) {
  process.stderr.write(`${messageOf(thrown)}\n`)
  process.exitCode = thrown instanceof UserError ? USAGE : 1
}
