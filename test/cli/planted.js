/** The commands of the built program on workers with planted mishaps; called like the program, it prints commands that call it again. */
import { replay } from '../../dist/commands/replay.js'
import { run } from '../../dist/commands/run.js'

const pool = { worker: new URL('../runner/planted-worker.js', import.meta.url), stallLimitMilliseconds: 3_000 }
const [command, first, second] = process.argv.slice(2)
process.exitCode =
  command === 'run'
    ? await run([first], { out: second, jobs: '2', memory: '64MB', format: 'table' }, pool)
    : await replay(first, second, 'table', pool)
