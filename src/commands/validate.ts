/**
 * `quorate validate`: holds the simulator and the Monte Carlo to closed forms and published figures, and says row by row what was expected, what came
 * out, how far chance may move it and whether it did move farther.
 */
import { availableParallelism } from 'node:os'
import type { Row } from '../advice/validate/check.js'
import { families } from '../advice/validate/index.js'
import { validate as validateFamilies } from '../advice/validate/validate.js'
import { didYouMean } from '../core/did-you-mean.js'
import { UserError } from '../core/errors.js'
import { VERSION } from '../version.js'
import { FINE, GATE_FAILED } from './exit-code.js'
import { wholeOption } from './options.js'
import { tableOf } from './validate-table.js'

export interface ValidateOptions {
  readonly seed: string
  readonly full?: boolean | undefined
  readonly only?: string | undefined
  readonly format: string
}

const LARGEST_SEED = 999_999_999_999_999
const LINE_EVERY_MILLISECONDS = 10_000

export const FAMILY_NAMES: readonly string[] = families.names

/** Returns the exit code. `worker` is for tests. */
export async function validate(options: ValidateOptions, worker?: URL): Promise<number> {
  const chosen = options.only === undefined ? families.all : [known(options.only)]
  const seed = wholeOption('--seed', options.seed, LARGEST_SEED)
  const isFull = options.full === true
  const rows = await validateFamilies({
    families: chosen,
    isFull,
    seed,
    jobs: availableParallelism(),
    onPart: progress(),
    ...(worker === undefined ? {} : { worker }),
  })
  process.stdout.write(options.format === 'json' ? jsonText(rows, seed, isFull) : tableOf(rows, chosen))
  return rows.every(({ verdict }) => verdict === 'in') ? FINE : GATE_FAILED
}

function known(name: string): (typeof families.all)[number] {
  const found = families.get(name)
  if (found !== undefined) return found
  const guess = didYouMean(name, families.names)
  const hint = guess === undefined ? '' : ` (did you mean ${guess}?)`
  throw new UserError(`There is no family ${name}${hint}; there are ${families.names.join(', ')}.`)
}

/** A line on standard error every ten seconds, at the end of a part. */
function progress(): (ended: number, all: number) => void {
  let told = performance.now()
  return (ended, all) => {
    if (performance.now() - told < LINE_EVERY_MILLISECONDS) return
    told = performance.now()
    process.stderr.write(`validate: ${ended} of ${all} parts\n`)
  }
}

function jsonText(rows: readonly Row[], seed: number, isFull: boolean): string {
  const out = rows.filter(({ verdict }) => verdict === 'out').length
  return `${JSON.stringify({ tool: { name: 'quorate', version: VERSION }, seed, full: isFull, out, rows })}\n`
}
