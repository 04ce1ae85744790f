/**
 * How often each fault struck and what it touched, over all cells in one line: a fault that never struck, or that touched nothing, explains why
 * nothing is different. Faults of one kind are counted together.
 */
import type { Results } from '../results/results.js'
import { plain } from './text.js'

interface Tally {
  cells: number
  strikes: number
  touched: number
  /** `messages`; unknown until it has struck. */
  unit: string
}

/** Null if no cell has faults. */
export function faultsSentence({ cells }: Results): string | null {
  const tallies = new Map<string, Tally>()
  for (const { faults, faultCounts } of cells) {
    for (const { name, strikes, touched } of faultCounts) {
      const tally = tallies.get(name) ?? { cells: 0, strikes: 0, touched: 0, unit: '' }
      tally.cells++
      tally.strikes += strikes
      tally.touched += touched
      tally.unit ||= faults.find((window) => window.name === name)?.unit ?? ''
      tallies.set(name, tally)
    }
  }
  if (tallies.size === 0) return null
  const told = [...tallies].map(([name, tally]) => `${plain(name)} ${struck(tally)}`)
  return `Strikes per cell, and what each touched on average: ${told.join('; ')}.`
}

function struck({ cells, strikes, touched, unit }: Tally): string {
  if (strikes === 0) return 'never struck'
  return `${figure(strikes / cells)} (${figure(touched / strikes)} ${plain(unit)})`
}

/** Three digits at most. */
const figure = (value: number): string => String(Number(value.toPrecision(3)))
