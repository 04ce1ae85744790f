/**
 * The faults that struck, as rows of marks under timelines: a row for each thing that was struck, and where these are many, as with crashes of any node,
 * for each kind of fault. Kinds beyond a few share the last row.
 */
import type { StruckWindow } from '../../results/fault-toll.js'
import type { Summary } from '../../results/summary.js'
import { plain } from '../text.js'
import type { Mark } from './sparkline.js'

interface Strike {
  readonly window: StruckWindow
  readonly isInAllSeeds: boolean
}

export interface StrikeRow {
  readonly name: string
  readonly strikes: readonly Strike[]
}

const MOST_ROWS = 4
const LONGEST_NAME = 24

export function strikeRows(summaries: readonly Summary[]): readonly StrikeRow[] {
  const strikes = summaries.flatMap(({ faults, seeds }) =>
    (faults ?? []).map((window) => ({ window, isInAllSeeds: window.seeds >= seeds.length })),
  )
  const byLabel = grouped(strikes, ({ window }) => window.label)
  if (byLabel.length <= MOST_ROWS) return byLabel
  const byName = grouped(strikes, ({ window }) => window.name)
  if (byName.length <= MOST_ROWS) return byName
  const others = byName.slice(MOST_ROWS - 1)
  const last = { name: `${others.length} other faults`, strikes: others.flatMap((row) => row.strikes) }
  return [...byName.slice(0, MOST_ROWS - 1), last]
}

function grouped(strikes: readonly Strike[], nameOf: (strike: Strike) => string): readonly StrikeRow[] {
  const groups = new Map<string, Strike[]>()
  for (const strike of strikes) {
    const name = plain(nameOf(strike), LONGEST_NAME)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [strike])
    else group.push(strike)
  }
  return [...groups].map(([name, group]) => ({ name, strikes: group }))
}

/** Of `places`, each so many seconds; a strike marks every place that it touches. */
export function marksOf({ strikes }: StrikeRow, places: number, seconds: number): readonly Mark[] {
  const marks = new Array<Mark>(places).fill('none')
  for (const { window, isInAllSeeds } of strikes) {
    const first = Math.max(0, Math.floor(window.from / seconds))
    const last = Math.min(places - 1, Math.max(first, Math.ceil(window.to / seconds) - 1))
    if (window.to < 0) continue
    for (let place = first; place <= last; place++) {
      if (isInAllSeeds) marks[place] = 'all'
      else if (marks[place] === 'none') marks[place] = 'some'
    }
  }
  return marks
}
