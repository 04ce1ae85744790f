/**
 * Availability: the share of whole operations that succeeded, and how the others ended. A timeout may have been applied; unavailable,
 * overloaded, conflicting and dropped operations certainly were not. Denominator: operations of the measured phase that
 * ended, a read-modify-write counted once, read-backs not at all. Retries are attempts beyond the first.
 *
 * `unavailable.seconds` counts the seconds of the measured phase of whose operations, by intended start, more than half did not
 * succeed; a second without operations says nothing.
 */
import { SECOND } from '../core/units.js'
import { READ_BACK } from '../history/operation-kinds.js'
import { CONFLICT, DROPPED, OK, OVERLOADED, UNAVAILABLE, UNKNOWN } from '../history/outcomes.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'
import { ZonedCounts } from './zoned-counts.js'

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const { zoneNames } = index.probes
  const { outcome } = index.history
  const ended = new ZonedCounts(zoneNames)
  const byOutcome = Array.from({ length: DROPPED + 1 }, () => new ZonedCounts(zoneNames))
  for (let i = 0; i < index.endings.length; i++) {
    const id = index.endings[i] as number
    const zone = index.zoneOf(id)
    ended.add(zone)
    byOutcome[outcome[id] as number]?.add(zone)
  }
  const report = (name: string, code: number) => byOutcome[code]?.report(name, ended, out)
  report('availability', OK)
  report('errors.timeout', UNKNOWN)
  report('errors.unavailable', UNAVAILABLE)
  report('errors.overloaded', OVERLOADED)
  report('errors.conflict', CONFLICT)
  if (index.probes.mayDrop) report('errors.dropped', DROPPED)
  retries(index).report('retries.per-op', ended, out)
  reportUnavailableSeconds(index, out)
}

function retries(index: HistoryIndex): ZonedCounts {
  const { attempts, kind } = index.history
  const counts = new ZonedCounts(index.probes.zoneNames)
  for (let i = 0; i < index.measured.length; i++) {
    const id = index.measured[i] as number
    const count = (attempts[id] as number) - 1
    if (count > 0 && kind[id] !== READ_BACK) counts.add(index.zoneOf(id), count)
  }
  return counts
}

function reportUnavailableSeconds(index: HistoryIndex, out: MeasureSink): void {
  if (index.endings.length === 0) return
  const { zoneNames } = index.probes
  const balances = balanceBySecond(index)
  const ofAll = (balances[0] as Int32Array).map((_, second) =>
    balances.reduce((sum, balance) => sum + (balance[second] as number), 0),
  )
  out.number('unavailable.seconds', negatives(ofAll))
  if (zoneNames.length === 1) return
  zoneNames.forEach((name, zone) => {
    out.number('unavailable.seconds', negatives(balances[zone] as Int32Array), name)
  })
}

/** By zone and second: operations that succeeded less those that did not. */
function balanceBySecond(index: HistoryIndex): Int32Array[] {
  const { measuredFrom, measuredTo } = index.probes.phases
  const seconds = Math.ceil((measuredTo - measuredFrom) / SECOND)
  const balances = index.probes.zoneNames.map(() => new Int32Array(seconds))
  for (let i = 0; i < index.endings.length; i++) {
    const id = index.endings[i] as number
    const balance = balances[index.zoneOf(id)] as Int32Array
    const second = Math.floor((index.operationStart(id) - measuredFrom) / SECOND)
    balance[second] = (balance[second] as number) + (index.history.outcome[id] === OK ? 1 : -1)
  }
  return balances
}

function negatives(values: Int32Array): number {
  let count = 0
  for (let i = 0; i < values.length; i++) if ((values[i] as number) < 0) count++
  return count
}

const LOWER = { unit: 'ratio', better: 'lower' } as const

export const availability: MeasureFamily = {
  name: 'availability',
  measures: [
    { name: 'availability', unit: 'ratio', better: 'higher', summary: 'Share of operations that succeeded.' },
    {
      name: 'unavailable.seconds',
      unit: 'count',
      better: 'lower',
      summary: 'Seconds of the measured phase of whose operations more than half failed or timed out.',
      overSeeds: 'mean',
    },
    { name: 'errors.timeout', ...LOWER, summary: 'Share of operations that timed out; they may have been applied.' },
    { name: 'errors.unavailable', ...LOWER, summary: 'Share of operations that found too few replicas.' },
    { name: 'errors.overloaded', ...LOWER, summary: 'Share of operations that a full queue turned away.' },
    { name: 'errors.conflict', ...LOWER, summary: 'Share of operations refused because of a concurrent one.' },
    { name: 'errors.dropped', ...LOWER, summary: 'Share of operations never begun: too many were under way.' },
    { name: 'retries.per-op', unit: 'count', better: 'lower', summary: 'Attempts beyond the first, per operation.' },
  ],
  evaluate,
}
