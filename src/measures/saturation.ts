/**
 * Whether a cell asked for more than the system could do. Any one of three signs is enough:
 *
 * 1. Outside fault windows and their aftermath successes fall more than 2% short of what was offered. What is merely under way at either end of
 *    the window is not missing: three standard deviations of that difference, sqrt(2L) for L in flight on average, are allowed.
 * 2. Operations in flight grow from the second quarter of the measured phase to the last by more than chance would have it. The
 *    queue of a system at exactly its capacity is a random walk, which wanders by sqrt(2N) while N operations arrive, and
 *    that of a system below its capacity wanders less; growth by twice as much is a sign. It is taken from the average of the
 *    second quarter to the emptiest eighth of the last, so that a queue that is draining after a fault does not count. Where more
 *    arrive in the last quarter than in the second, as on a ramp, as many more in flight are no queue (Little's law).
 * 3. In a closed loop without a schedule, where arrivals slow down with the system, a station is over 98% busy.
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
  const slices = slicesOf(index)
  if (fallsShort(load, mean(slices.inFlight)) || grows(index, slices, load.offeredUndisturbed)) return true
  return index.probes.closedLoop && index.probes.stations.some((station) => station.utilization > BUSY)
}

function fallsShort({ offeredUndisturbed, okUndisturbed }: Load, meanInFlight: number): boolean {
  return offeredUndisturbed - okUndisturbed > SHORTFALL * offeredUndisturbed + 3 * Math.sqrt(2 * meanInFlight)
}

function grows(index: HistoryIndex, { inFlight, arrived }: Slices, offered: number): boolean {
  const second = undisturbed(index, 1)
  const last = undisturbed(index, 3)
  const arrivedBefore = mean(second.map((slice) => arrived[slice] as number))
  if (last.length === 0 || !(arrivedBefore > 0)) return false
  const moreArrived = Math.max(1, mean(last.map((slice) => arrived[slice] as number)) / arrivedBefore)
  const before = mean(second.map((slice) => inFlight[slice] as number)) * moreArrived
  const arrivals = offered / 2
  return Math.min(...last.map((slice) => inFlight[slice] as number)) - before > WANDERS * Math.sqrt(2 * arrivals)
}

/** The slices of one quarter that no fault touches. */
function undisturbed(index: HistoryIndex, quarter: number): number[] {
  const { measuredFrom, measuredTo } = index.probes.phases
  const width = (measuredTo - measuredFrom) / SLICES
  const chosen: number[] = []
  for (let slice = quarter * SLICES_PER_QUARTER; slice < (quarter + 1) * SLICES_PER_QUARTER; slice++) {
    const from = measuredFrom + slice * width
    if (!index.disturbed.touches(from, from + width)) chosen.push(slice)
  }
  return chosen
}

/** The measured phase, in slices. */
interface Slices {
  /** The time average of operations in flight. */
  readonly inFlight: Float64Array
  readonly arrived: Int32Array
}

function slicesOf(index: HistoryIndex): Slices {
  const { kind, intended, completed, count } = index.history
  const { measuredFrom, measuredTo } = index.probes.phases
  const width = (measuredTo - measuredFrom) / SLICES
  const inFlight = new Float64Array(SLICES)
  const arrived = new Int32Array(SLICES)
  for (let id = 0; id < count; id++) {
    if (kind[id] === READ_BACK) continue
    const from = Math.max(intended[id] as number, measuredFrom)
    const to = Math.min(completed[id] as number, measuredTo)
    const first = Math.floor((from - measuredFrom) / width)
    if (first < SLICES && from === intended[id]) arrived[first] = (arrived[first] as number) + 1
    for (let slice = first; slice < SLICES; slice++) {
      const begin = measuredFrom + slice * width
      if (begin >= to) break
      const overlap = Math.min(to, begin + width) - Math.max(from, begin)
      inFlight[slice] = (inFlight[slice] as number) + Math.max(0, overlap) / width
    }
  }
  return { inFlight, arrived }
}

function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] as number
  return sum / values.length
}
