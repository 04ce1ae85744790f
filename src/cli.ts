#!/usr/bin/env node
/** The command line: parses, calls one function of commands/, and sets the exit code. */
import { Command, Option } from '@commander-js/extra-typings'
import { list } from './commands/list.js'
import { replay } from './commands/replay.js'
import { run } from './commands/run.js'
import { messageOf, UserError } from './core/errors.js'
import { VERSION } from './version.js'

const USAGE = 2

const program = new Command()
  .name('quorate')
  .description('Measures replication strategies: latency, throughput and staleness, from one seed.')
  .version(VERSION)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : USAGE))

program
  .command('run')
  .description('run workload files and compare their strategies')
  .argument('<files...>', 'workload files')
  .option('--out <dir>', 'folder for the results (default: results/NAME)')
  .option('--seeds <n>', 'use the seeds 1 to n instead of those of the file')
  .option('--jobs <n>', 'worker threads (default: all cores)')
  .option('--only <text>', 'run only cells whose id contains this text')
  .option('--memory <size>', 'bytes that the history of a cell may take, such as 2GB')
  .option('--dry-run', 'print the cells and run nothing')
  .addOption(new Option('--format <format>', 'what to print').choices(['table', 'markdown', 'json']).default('table'))
  .addHelpText(
    'after',
    examples(
      'quorate run workloads/smoke.yaml',
      'quorate run workloads/compare-strategies.yaml --seeds 2 --only quorum',
    ),
  )
  .action(async (files, options) => {
    process.exitCode = await run(files, options)
  })

program
  .command('list')
  .description('print the strategies, faults, key distributions, laws and measures')
  .argument('[kind]', 'strategies, faults, keys, laws or measures')
  .addHelpText('after', examples('quorate list', 'quorate list strategies'))
  .action((kind) => {
    process.stdout.write(list(kind))
  })

program
  .command('replay')
  .description('run one cell of a result again and compare the digest')
  .argument('<result>', 'a result.json or its folder')
  .argument('<cell>', 'the id of a cell')
  .addHelpText(
    'after',
    examples('quorate replay results/smoke lww/1', 'quorate replay results/smoke/result.json quorum/2'),
  )
  .action(async (path, cell) => {
    process.exitCode = await replay(path, cell)
  })

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`
}

try {
  await program.parseAsync()
} catch (thrown) {
  process.stderr.write(`${messageOf(thrown)}\n`)
  process.exitCode = thrown instanceof UserError ? USAGE : 1
}
