/**
 * `quorate replay`: runs one cell of a result again, under the same limits, and says whether it did the same: the same digest, or the same failure.
 * It runs in a worker like any cell, so that one which hangs or outgrows its memory ends here as it did there.
 */
import { didYouMean } from '../core/did-you-mean.js'
import { UserError } from '../core/errors.js'
import { plain } from '../reports/text.js'
import type { CellEntry, CellResult } from '../results/cell-result.js'
import { readResults } from '../results/result-file.js'
import type { Results } from '../results/results.js'
import { type PoolOptions, runPlan } from '../runner/run-plan.js'
import { VERSION } from '../version.js'
import { FAILED, FINE, INTERRUPTED } from './exit-code.js'
import { Interruption } from './interruption.js'

interface Again {
  readonly result: CellResult
  readonly trace: string | null
}

/** Returns the exit code: 0 if the cell ran to its end as it did before. `pool` is for tests. */
export async function replay(path: string, id: string, format: string, pool: PoolOptions = {}): Promise<number> {
  const results = await readResults(path)
  if (results.form === 'reference') {
    throw new UserError(`${path} is a reference without its cells: run the workload, and replay a cell of its result.`)
  }
  const before = cellIn(results, path, id)
  const again = await runAgain(before, memoryLimitOf(results), pool)
  if (again === null) return INTERRUPTED
  const { result, trace } = again
  if (trace !== null) process.stderr.write(`${trace}\n`)
  const isSame = result.digest === before.digest && result.error === before.error
  process.stdout.write(
    format === 'json' ? jsonText(before, result, isSame) : plainText(results, before, result, isSame),
  )
  return isSame && result.error === undefined ? FINE : FAILED
}

function cellIn(results: Results, path: string, id: string): CellEntry {
  const found = results.cells.find((cell) => cell.id === id)
  if (found !== undefined) return found
  const ids = results.cells.map((cell) => cell.id)
  const guess = didYouMean(id, ids)
  const hint = guess === undefined ? '' : ` (did you mean ${plain(guess)}?)`
  const some = ids.slice(0, 5).map((one) => plain(one))
  const count =
    ids.length === 0 ? 'it has none' : `its ${ids.length} are ${some.join(', ')}${ids.length > 5 ? ' …' : ''}`
  throw new UserError(`${path} has no cell ${plain(id)}${hint}; ${count}.`)
}

/** The limit under which the cells ran, since some may have failed for it. */
function memoryLimitOf({ environment }: Results): number | null {
  const limit = environment['memoryLimit']
  return typeof limit === 'number' && limit >= 1 ? limit : null
}

async function runAgain({ cell }: CellEntry, memoryLimit: number | null, pool: PoolOptions): Promise<Again | null> {
  const interruption = new Interruption(() => process.stderr.write('\nInterrupted.\n'))
  let again: Again | null = null
  const onCell = (result: CellResult, trace: string | null): void => {
    again = { result, trace }
  }
  try {
    await runPlan([cell], { ...pool, jobs: 1, memoryLimit, signal: interruption.signal, onCell })
  } finally {
    interruption.end()
  }
  return again
}

function plainText({ measures, tool }: Results, before: CellEntry, again: CellResult, isSame: boolean): string {
  const units = new Map(measures.map(({ name, unit }) => [name, unit]))
  const names = Object.keys(again.measures)
  const width = Math.max(0, ...names.map((name) => name.length))
  const lines = names.map((name) => {
    const unit = units.get(name.split('@')[0] as string) ?? ''
    const prefix = again.atLeast.includes(name) ? '≥ ' : ''
    return `${name.padEnd(width)}  ${prefix}${again.measures[name]}${unit === '' ? '' : ` ${unit}`}\n`
  })
  const versions =
    tool.version === VERSION ? '' : ` (the result is of version ${plain(tool.version)}, this is ${VERSION})`
  return `${lines.join('')}${endText(again)}: ${isSame ? 'the same' : `different${versions}; the result has ${endText(before)}`}.\n`
}

/** How a run of the cell ended. */
function endText({ digest, error }: CellEntry): string {
  return error === undefined ? `digest ${plain(digest)}` : `failed with "${plain(error, 1000)}"`
}

function jsonText(before: CellEntry, again: CellResult, isSame: boolean): string {
  const { id, digest, error, measures, atLeast, flags } = again
  const expected = { digest: before.digest, error: before.error }
  return `${JSON.stringify({ id, same: isSame, digest, error, expected, measures, atLeast, flags })}\n`
}
