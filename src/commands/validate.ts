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
import { LiveBlock } from './live-block.js'
import { wholeOption } from './options.js'
import { canMoveCursor } from './progress.js'
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
  const progress = new PartProgress()
  const jobs = availableParallelism()
  const onPart = (ended: number, all: number): void => progress.show(ended, all)
  const more = worker === undefined ? {} : { worker }
  const rows = await validateFamilies({ families: chosen, isFull, seed, jobs, onPart, ...more }).finally(() =>
    progress.end(),
  )
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

/** On standard error: a line that is written over, or one every ten seconds. */
class PartProgress {
  private readonly block = canMoveCursor() ? new LiveBlock(process.stderr) : null
  private told = performance.now()

  show(ended: number, all: number): void {
    const line = `validate: ${ended} of ${all} parts`
    if (this.block !== null) this.block.show([line])
    else if (performance.now() - this.told >= LINE_EVERY_MILLISECONDS) {
      this.told = performance.now()
      process.stderr.write(`${line}\n`)
    }
  }

  end(): void {
    this.block?.clear()
  }
}

function jsonText(rows: readonly Row[], seed: number, isFull: boolean): string {
  const out = rows.filter(({ verdict }) => verdict === 'out').length
  return `${JSON.stringify({ tool: { name: 'quorate', version: VERSION }, seed, full: isFull, out, rows })}\n`
}
