/**
 * Whether a cell asked for more than the system could do. Any one of three signs is enough:
 *
 * 1. Outside fault windows and their aftermath successes fall more than 2% short of what was offered. What is merely under way at either end of
 *    the window is not missing: three standard deviations of that difference, sqrt(2L) for L in flight on average, are allowed.
 * 2. Operations in flight grow from the second quarter of the measured phase to the last by more than chance would have it. The
 *    queue of a system at exactly its capacity is a random walk, which wanders by sqrt(2N) while N operations arrive, and
 *    that of a system below its capacity wanders less; growth by twice as much is a sign. It is taken from the average of the
 *    second quarter to the emptiest eighth of the last, so that a queue that is draining after a fault does not count.
 * 3. In a closed loop, where arrivals slow down with the system, a station is over 98% busy.
 *
 * A fault's aftermath is no lack of capacity either, so here its window begins a timeout earlier, with the operations that it caught under
 * way, and ends later by its own length and a timeout: tcp's doubling waits reach as far, and then logs catch up. What goes
 * on beyond that is for the signs to see.
 */
import { beginsOperation, endsOperation, READ_BACK } from '../history/operation-kinds.js'
import { OK } from '../history/outcomes.js'
import type { HistoryIndex } from './history-index.js'

const SLICES_PER_QUARTER = 8
const SLICES = 4 * SLICES_PER_QUARTER
const WANDERS = 2
const SHORTFALL = 0.02
const BUSY = 0.98

/** Operations offered and successes in the measured window, and those of them outside fault windows and their aftermath. */
export interface Load {
  readonly offered: number
  readonly ok: number
  readonly offeredUndisturbed: number
  readonly okUndisturbed: number
}

export function loadOf(index: HistoryIndex): Load {
  const { kind, outcome, intended, completed, count } = index.history
  let offered = 0
  let ok = 0
  let offeredDisturbed = 0
  let okDisturbed = 0
  for (let id = 0; id < count; id++) {
    if (beginsOperation(kind[id] as number) && index.isMeasured(intended[id] as number)) {
      offered++
      if (index.disturbed.contains(intended[id] as number)) offeredDisturbed++
    }
    if (outcome[id] === OK && endsOperation(kind[id] as number) && index.isMeasured(completed[id] as number)) {
      ok++
      if (index.disturbed.contains(completed[id] as number)) okDisturbed++
    }
  }
  return { offered, ok, offeredUndisturbed: offered - offeredDisturbed, okUndisturbed: ok - okDisturbed }
}

export function isSaturated(index: HistoryIndex, load: Load): boolean {
  const inFlight = inFlightBySlice(index)
  if (fallsShort(load, mean(inFlight)) || grows(index, inFlight, load.offeredUndisturbed)) return true
  return index.probes.closedLoop && index.probes.stations.some((station) => station.utilization > BUSY)
}

function fallsShort({ offeredUndisturbed, okUndisturbed }: Load, meanInFlight: number): boolean {
  return offeredUndisturbed - okUndisturbed > SHORTFALL * offeredUndisturbed + 3 * Math.sqrt(2 * meanInFlight)
}

function grows(index: HistoryIndex, inFlight: Float64Array, offered: number): boolean {
  const second = undisturbed(index, inFlight, 1)
  const last = undisturbed(index, inFlight, 3)
  if (second.length === 0 || last.length === 0) return false
  const arrivals = offered / 2
  return Math.min(...last) - mean(second) > WANDERS * Math.sqrt(2 * arrivals)
}

/** The slices of one quarter that no fault touches. */
function undisturbed(index: HistoryIndex, inFlight: Float64Array, quarter: number): number[] {
  const { measuredFrom, measuredTo } = index.probes.phases
  const width = (measuredTo - measuredFrom) / SLICES
  const chosen: number[] = []
  for (let slice = quarter * SLICES_PER_QUARTER; slice < (quarter + 1) * SLICES_PER_QUARTER; slice++) {
    const from = measuredFrom + slice * width
    if (!index.disturbed.touches(from, from + width)) chosen.push(inFlight[slice] as number)
  }
  return chosen
}

/** The time average of operations in flight in each slice of the measured phase. */
function inFlightBySlice(index: HistoryIndex): Float64Array {
  const { kind, intended, completed, count } = index.history
  const { measuredFrom, measuredTo } = index.probes.phases
  const width = (measuredTo - measuredFrom) / SLICES
  const averages = new Float64Array(SLICES)
  for (let id = 0; id < count; id++) {
    if (kind[id] === READ_BACK) continue
    const from = Math.max(intended[id] as number, measuredFrom)
    const to = Math.min(completed[id] as number, measuredTo)
    for (let slice = Math.floor((from - measuredFrom) / width); slice < SLICES; slice++) {
      const begin = measuredFrom + slice * width
      if (begin >= to) break
      const overlap = Math.min(to, begin + width) - Math.max(from, begin)
      averages[slice] = (averages[slice] as number) + Math.max(0, overlap) / width
    }
  }
  return averages
}

function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] as number
  return sum / values.length
}
