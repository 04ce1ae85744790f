/** The command line: parses, calls the function of one command, and sets the exit code. `cli.ts` calls it once; tests call it again and again. */
import { Command, CommanderError, Option } from '@commander-js/extra-typings'
import { messageOf, UserError } from '../core/errors.js'
import { VERSION } from '../version.js'
import { FAILED, FINE, USAGE } from './exit-code.js'
import { init } from './init.js'
import { DEFAULT_CHOICES, TOPOLOGY_NAMES } from './init-text.js'
import { programName, shippedWorkload } from './invocation.js'
import { LIST_KINDS, list } from './list.js'
import { predict } from './predict.js'
import { replay } from './replay.js'
import { report } from './report.js'
import { MEMORY_HELP, run } from './run.js'
import { FAMILY_NAMES, validate } from './validate.js'
import { FORMAT_HELP, REPORT_FORMATS } from './view-options.js'

const LEG_HELP = 'one law for all replicas, or one for each, given again and again'

const program = new Command()
  .name('quorate')
  .description('Measures replication strategies: latency, throughput and staleness, from one seed.')
  .version(VERSION)
  .exitOverride()
  .showHelpAfterError('Add --help to see what is allowed.')
  .addHelpText(
    'after',
    '\nExit codes: 0 fine; 1 failed cells or a bug; 2 wrong usage, a wrong file, or no place for results; 3 a gate failed; 130 interrupted.',
  )
  .addHelpText('after', () => examples(`run ${shippedWorkload('smoke')} --dry-run`, 'list strategies'))

program
  .command('run')
  .description('run workload files and compare their strategies')
  .argument('<files...>', 'workload files, or property files of YCSB')
  .option('--out <dir>', 'folder for the results of one file (default: results/NAME)')
  .option('--seeds <n>', 'use the seeds 1 to n instead of those of the file')
  .option('--jobs <n>', 'worker threads (default: one per core; never more than cells)')
  .option('--only <text>', 'run only cells whose id contains this text')
  .option('--set <path=value>', 'put a value in place of what the file says; may be repeated', collect)
  .option('--memory <size>', MEMORY_HELP)
  .option('--lenient', 'take unknown YCSB properties for warnings; what is wrong in a workload file stays an error')
  .option(
    '--resume',
    'go on with the cells that an interrupted run of the same file has left: only those missing run (not with other --set or --seeds)',
  )
  .option('--dry-run', 'print the ids of the cells, the estimated time and memory, and run nothing')
  .addOption(formatOption())
  .addOption(chartOption())
  .addOption(wideOption())
  .addOption(measuresOption())
  .addOption(byOption())
  .addHelpText('after', () =>
    examples(
      `run ${shippedWorkload('smoke')}`,
      `run ${shippedWorkload('smoke')} --seeds 1 --only quorum --format markdown`,
    ),
  )
  .action(async (files, options) => {
    process.exitCode = await run(files, options)
  })

program
  .command('report')
  .description('report results that are there, one or several side by side')
  .argument('<results...>', 'folders of results, or their result.json')
  .addOption(formatOption())
  .addOption(chartOption())
  .option('--out <file>', 'write the report to a file (default: print it)')
  .addOption(wideOption())
  .addOption(measuresOption())
  .addOption(byOption())
  .option(
    '--date <text>',
    'what the report is dated; without it it has no date, so the same results give the same bytes',
  )
  .addHelpText('after', () =>
    examples(
      `run ${shippedWorkload('smoke')} && ${programName()} report results/smoke --format html --out smoke.html`,
      'report results/smoke --measures read.p99,lost --by zone',
    ),
  )
  .action(async (results, options) => {
    process.exitCode = await report(results, options)
  })

program
  .command('init')
  .description('write a workload file to begin with; on a terminal, asks for what the options leave out')
  .argument('[file]', 'the file to write', 'workload.yaml')
  .option('--topology <name>', `${TOPOLOGY_NAMES.join(', ')} (default: ${DEFAULT_CHOICES.topology})`)
  .option('--strategies <names>', `separated by commas (default: ${DEFAULT_CHOICES.strategies})`)
  .option('--rate <rate>', `at which operations arrive (default: ${DEFAULT_CHOICES.rate})`)
  .option('--force', 'replace the file if it exists')
  .addHelpText('after', () =>
    examples('init', 'init carts.yaml --topology three-azs --strategies lww,crdt --rate 500/s'),
  )
  .action(async (file, options) => {
    process.exitCode = await init(file, options)
  })

program
  .command('list')
  .description('print the strategies, presets, faults, key distributions, arrivals, laws and measures')
  .argument('[kind]', LIST_KINDS.join(', '))
  .addOption(plainOrJson())
  .addHelpText('after', () => examples('list presets', 'list strategies --format json'))
  .action((kind, { format }) => {
    process.stdout.write(list(kind, format))
  })

program
  .command('replay')
  .description('run one cell of a result again and say whether it did the same')
  .argument('<result>', 'a result.json or its folder')
  .argument('<cell>', 'the id of a cell')
  .addOption(plainOrJson())
  .addHelpText('after', () =>
    examples(
      `run ${shippedWorkload('smoke')} --only lww && ${programName()} replay results/smoke lww/1`,
      'replay results/smoke/result.json lww/2 --format json',
    ),
  )
  .action(async (path, cell, { format }) => {
    process.exitCode = await replay(path, cell, format)
  })

program
  .command('predict')
  .description('predict latency and staleness of partial quorums from the delays of their messages (WARS, PBS)')
  .option('--n <n>', 'replicas (default: 3, or those of the file)')
  .option('--write <law>', `delay of a write on its way to a replica; ${LEG_HELP}`, collect)
  .option('--ack <law>', 'delay of its acknowledgement; likewise', collect)
  .option('--read <law>', 'delay of a read request; likewise', collect)
  .option('--reply <law>', 'delay of its reply; likewise', collect)
  .option('--remote <duration>', 'a replica in each zone: how much longer messages between zones take each way')
  .option('--file <workload>', 'take the delays, clients and quorums of a workload file')
  .option('--from <result>', 'take them from a result, its folder or its result.json')
  .option('--r <r>', 'only with so many replies awaited by reads')
  .option('--w <w>', 'only with so many acknowledgements awaited by writes')
  .option('--all', 'every R and W also beyond five replicas, and beside those of a file')
  .option('--at <durations>', 'times since the commit, separated by commas', '0ms,1ms,5ms,10ms,50ms,100ms')
  .option('--trials <n>', 'trials of the Monte Carlo, such as 1e7', '1e6')
  .option('--seed <n>', 'of the random numbers: the same seed gives the same bytes', '1')
  .option(
    '--writes-per-read <n>',
    'for monotonic reads: writes of an item by all, for each read of it by one client',
    '1',
  )
  .addOption(
    new Option('--format <format>', 'what to print; svg is a picture of the curves')
      .choices(['table', 'json', 'svg'] as const)
      .default('table' as const),
  )
  .addHelpText('after', () =>
    examples(
      'predict --write lnkd-disk --ack lnkd-ssd --read lnkd-ssd --reply lnkd-ssd --remote 75ms',
      `predict --file ${shippedWorkload('quorum-sweep')} --at 0ms,2ms --trials 1e5 --format json`,
    ),
  )
  .action(async (options) => {
    process.stdout.write(await predict(options))
  })

program
  .command('validate')
  .description('hold this program to closed forms and published figures; any seed must pass')
  .option('--seed <s>', 'of all dice', '1')
  .option('--full', 'larger samples: twenty minutes on two cores instead of two')
  .option('--only <family>', FAMILY_NAMES.join(', '))
  .addOption(plainOrJson())
  .addHelpText('after', () => examples('validate --only k-of-n', 'validate --seed 7 --format json'))
  .action(async (options) => {
    process.exitCode = await validate(options)
  })

function formatOption() {
  return new Option('--format <format>', FORMAT_HELP).choices(REPORT_FORMATS).default('table')
}

function chartOption() {
  return new Option('--chart <name>', 'the chart that --format svg draws')
}

function wideOption() {
  return new Option('--wide', 'in the table all columns with their intervals, however long the lines')
}

function measuresOption() {
  return new Option(
    '--measures <names>',
    'in the table these in place of the usual columns, separated by commas: measures, those of a zone (read.p99@us), or families (lost)',
  )
}

function byOption() {
  return new Option('--by <what>', 'in the table a row for each zone').choices(['zone'] as const)
}

function plainOrJson() {
  return new Option('--format <format>', 'what to print').choices(['table', 'json'] as const).default('table' as const)
}

function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text]
}

function examples(...commands: readonly string[]): string {
  return `\nExamples:\n${commands.map((command) => `  ${programName()} ${command}`).join('\n')}`
}

/** The exit code for what a command has thrown, after telling the user. */
function codeOf(thrown: unknown): number {
  // Commander has told the user already.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? FINE : USAGE
  process.stderr.write(`${messageOf(thrown)}\n`)
  return thrown instanceof UserError ? USAGE : FAILED
}

/** `args` are what follows the name of the program; `process.exitCode` is left alone where all is fine and nothing is counted. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (thrown) {
    process.exitCode = codeOf(thrown)
  }
}
