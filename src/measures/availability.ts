/**
 * Availability: the share of whole operations that succeeded, and how the others ended. A timeout may have been applied; unavailable,
 * overloaded and conflicting operations certainly were not. Denominator: operations of the measured phase that
 * ended, a read-modify-write counted once, read-backs not at all. Retries are attempts beyond the first.
 */
import { READ_BACK } from '../history/operation-kinds.js'
import { CONFLICT, OK, OVERLOADED, UNAVAILABLE, UNKNOWN } from '../history/outcomes.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const { outcome } = index.history
  const ended = index.endings.length
  const byOutcome = new Float64Array(CONFLICT + 1)
  for (let i = 0; i < ended; i++) {
    const code = outcome[index.endings[i] as number] as number
    byOutcome[code] = (byOutcome[code] as number) + 1
  }
  out.ratio('availability', byOutcome[OK] as number, ended)
  out.ratio('errors.timeout', byOutcome[UNKNOWN] as number, ended)
  out.ratio('errors.unavailable', byOutcome[UNAVAILABLE] as number, ended)
  out.ratio('errors.overloaded', byOutcome[OVERLOADED] as number, ended)
  out.ratio('errors.conflict', byOutcome[CONFLICT] as number, ended)
  out.ratio('retries.per-op', retries(index), ended)
}

function retries(index: HistoryIndex): number {
  const { attempts, kind } = index.history
  let count = 0
  for (let i = 0; i < index.measured.length; i++) {
    const id = index.measured[i] as number
    if (kind[id] !== READ_BACK) count += Math.max(0, (attempts[id] as number) - 1)
  }
  return count
}

const LOWER = { unit: 'ratio', better: 'lower' } as const

export const availability: MeasureFamily = {
  name: 'availability',
  measures: [
    { name: 'availability', unit: 'ratio', better: 'higher', summary: 'Share of operations that succeeded.' },
    { name: 'errors.timeout', ...LOWER, summary: 'Share of operations that timed out; they may have been applied.' },
    { name: 'errors.unavailable', ...LOWER, summary: 'Share of operations that found too few replicas.' },
    { name: 'errors.overloaded', ...LOWER, summary: 'Share of operations that a full queue turned away.' },
    { name: 'errors.conflict', ...LOWER, summary: 'Share of operations refused because of a concurrent one.' },
    { name: 'retries.per-op', unit: 'count', better: 'lower', summary: 'Attempts beyond the first, per operation.' },
  ],
  evaluate,
}
