/**
 * What faults cost: the seconds of the measured phase that any strike of their cell touches, against all others, over all seeds. A fault's aftermath
 * counts as otherwise. Latencies are those of a typical second: the median over the seconds of each second's own percentile, since no histograms are
 * kept by second.
 *
 * Strikes are listed as the charts shade them. Those outside the measured phase are left out, and of more than 200 all but the longest.
 */
import { MILLISECOND, SECOND } from '../core/units.js'
import type { FaultWindow } from '../history/probes.js'
import type { Timeline } from '../measures/timeline.js'
import type { CellResult } from './cell-result.js'
import { median } from './pooled-timeline.js'

const MOST_STRIKES = 200

/** A strike, or strikes of several seeds at the same time; seconds from the start of the measured phase, which they may reach beyond. */
export interface StruckWindow {
  readonly name: string
  readonly label: string
  readonly from: number
  readonly to: number
  /** In how many seeds. */
  readonly seeds: number
}

/** Sums over seconds and seeds. */
export interface Tally {
  readonly seconds: number
  readonly offered: number
  readonly ok: number
  readonly eligibleReads: number
  readonly staleReads: number
  /** Milliseconds in a typical second; null where no second had samples enough. */
  readonly readP99: number | null
  readonly writeP99: number | null
}

export interface FaultToll {
  readonly during: Tally
  readonly otherwise: Tally
}

/** A second of one cell, by its place in the timeline. */
interface Row {
  readonly timeline: Timeline
  readonly second: number
}

/** Undefined where no strike touched the measured phase. */
export function tollOf(cells: readonly CellResult[]): FaultToll | undefined {
  const during: Row[] = []
  const otherwise: Row[] = []
  for (const cell of cells.filter(({ error }) => error === undefined)) {
    const { timeline, faults } = cell
    for (let second = 0; second < timeline.second.length; second++) {
      const from = cell.cell.phases.warmup + second * SECOND
      const side = faults.some((fault) => touches(fault, from, from + SECOND)) ? during : otherwise
      side.push({ timeline, second })
    }
  }
  return during.length === 0 ? undefined : { during: tallyOf(during), otherwise: tallyOf(otherwise) }
}

/** The strikes of all seeds, in order of beginning, then by label. */
export function strikesOf(cells: readonly CellResult[]): readonly StruckWindow[] {
  const found = new Map<string, Omit<StruckWindow, 'seeds'>>()
  const seedsOf = new Map<string, Set<number>>()
  for (const { seed, cell, faults, timeline, error } of cells) {
    const start = cell.phases.warmup
    const end = start + timeline.second.length * SECOND
    if (error !== undefined) continue
    for (const fault of faults.filter((one) => touches(one, start, end))) {
      const { name, label } = fault
      const strike = { name, label, from: secondsFrom(start, fault.from), to: secondsFrom(start, fault.to) }
      const key = JSON.stringify(strike)
      found.set(key, strike)
      seedsOf.set(key, (seedsOf.get(key) ?? new Set()).add(seed))
    }
  }
  const strikes = [...found].map(([key, strike]) => ({ ...strike, seeds: seedsOf.get(key)?.size ?? 0 }))
  return longest(strikes.toSorted(byBeginning)).toSorted(byBeginning)
}

/** Whether it overlaps [from, to); what strikes for no time touches the instant at which it does. */
const touches = (fault: Pick<FaultWindow, 'from' | 'to'>, from: number, to: number): boolean =>
  fault.from < to && (fault.to > from || fault.from >= from)

function tallyOf(rows: readonly Row[]): Tally {
  const sum = (column: 'offered' | 'ok' | 'eligibleReads' | 'staleReads'): number =>
    rows.reduce((total, { timeline, second }) => total + (timeline[column][second] as number), 0)
  const typical = (column: 'readP99' | 'writeP99'): number | null =>
    median(rows.map(({ timeline, second }) => timeline[column][second]))
  return {
    seconds: rows.length,
    offered: sum('offered'),
    ok: sum('ok'),
    eligibleReads: sum('eligibleReads'),
    staleReads: sum('staleReads'),
    readP99: typical('readP99'),
    writeP99: typical('writeP99'),
  }
}

/** To the millisecond; never a negative zero. */
const secondsFrom = (start: number, time: number): number => Math.round((time - start) / MILLISECOND) / 1000 + 0

/** Of equally long ones the first. */
function longest(strikes: readonly StruckWindow[]): readonly StruckWindow[] {
  const milliseconds = ({ from, to }: StruckWindow): number => Math.round(1000 * (to - from))
  return strikes.toSorted((left, right) => milliseconds(right) - milliseconds(left)).slice(0, MOST_STRIKES)
}

/** By code units, which are the same in every locale. */
function byBeginning(left: StruckWindow, right: StruckWindow): number {
  if (left.from !== right.from) return left.from - right.from
  if (left.label !== right.label) return left.label < right.label ? -1 : 1
  return left.to - right.to
}
