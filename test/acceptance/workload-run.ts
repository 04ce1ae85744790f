/**
 * Acceptance tests run workload files and read the result. They come in two sizes: small ones in `npm test`, whose cells run one after the other in the
 * thread of the test, and long ones, whose standard errors are those that the acceptance asks for, through the built command line, as a user would, with
 * `QUORATE_LONG=1 npx vitest run test/acceptance` (part of `.ci/run`). Seeds are fixed in both, and a cell measures the same either way, which
 * same-digests.test.ts sees to. A process and its thread take half a second, which is more than most of the small runs.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { assembleResults, type Results } from '../../src/results/results.js'
import { runCell } from '../../src/runner/run-cell.js'
import { cellsOf } from '../runner/cells.js'

export const LONG = process.env['QUORATE_LONG'] === '1'

/** The first in `npm test`, the second in the long form. */
export const sized = <T>(short: T, long: T): T => (LONG ? long : short)

/** For tests that take their time; the short form has the usual limit. */
export const TIMEOUT_MILLISECONDS = sized(60_000, 600_000)

const execute = promisify(execFile)

export async function runWorkload(text: string): Promise<Results> {
  return LONG ? runByProgram(text, 2) : runHere(text)
}

function runHere(text: string): Results {
  const cells = cellsOf(text)
  const planned = cells.map(({ id }) => id)
  return assembleResults(
    { tool: { name: 'quorate', version: 'test' }, environment: {}, spec: {}, strategies: [] },
    planned,
    cells.map((cell) => runCell(cell)),
  )
}

/** The result file of a run; rejects with what the command printed if it fails. */
export async function runByProgram(text: string, jobs: number): Promise<Results> {
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
