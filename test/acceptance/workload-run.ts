/**
 * Acceptance tests run workload files through the built command line, as a user would, and read the result file. They come in two sizes:
 * small ones in `npm test`, and long ones, whose standard errors are those that the acceptance asks for, with
 * `QUORATE_LONG=1 npx vitest run test/acceptance --no-file-parallelism` (part of `.ci/run`). Seeds are fixed in both.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Results } from '../../src/results/results.js'

export const LONG = process.env['QUORATE_LONG'] === '1'

/** The first in `npm test`, the second in the long form. */
export const sized = <T>(short: T, long: T): T => (LONG ? long : short)

/** For tests that take their time; the short form has the usual limit. */
export const TIMEOUT_MILLISECONDS = sized(60_000, 600_000)

const execute = promisify(execFile)

/** The result file of a run; rejects with what the command printed if it fails. `npm test` has a core for each file. */
export async function runWorkload(text: string, jobs = sized(1, 2)): Promise<Results> {
  const folder = await mkdtemp(join(tmpdir(), 'quorate-'))
  try {
    const file = join(folder, 'workload.yaml')
    await writeFile(file, text)
    const out = join(folder, 'out')
    await execute(process.execPath, ['dist/cli.js', 'run', file, '--out', out, '--jobs', String(jobs)])
    return JSON.parse(await readFile(join(out, 'result.json'), 'utf8')) as Results
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
