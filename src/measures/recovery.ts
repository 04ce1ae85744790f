/**
 * How long it takes after a fault until clients are served again: from the end of each fault window (faults that overlap or touch are one
 * window) to the first moment from which on, for a whole second, at least 95% of the operations begun succeed and at least 95% as many
 * succeed as begin. Looked at in steps of 100 ms; 0 where service never failed, or was back before the fault had ended. If the
 * next fault, or the end of the load, comes first, the time until then counts. A window that less than a second follows
 * says nothing and is left out. The mean over windows; over seeds, over all their windows.
 */
import type { Nanos } from '../core/ids.js'
import { MILLISECOND, SECOND } from '../core/units.js'
import { OK } from '../history/outcomes.js'
import type { HistoryIndex } from './history-index.js'
import type { MeasureFamily, MeasureSink } from './measure.js'

const STEP = 100 * MILLISECOND
const STEPS_PER_SECOND = SECOND / STEP
const SERVED = 0.95

function evaluate(index: HistoryIndex, out: MeasureSink): void {
  const { zoneNames } = index.probes
  const stretches = new Stretches(index)
  if (stretches.from.length === 0) return
  const ofZones = zoneNames.map(() => new Service(stretches.steps))
  count(index, stretches, ofZones)
  report(stretches, Service.sum(ofZones), out, null)
  if (zoneNames.length === 1) return
  ofZones.forEach((service, zone) => {
    report(stretches, service, out, zoneNames[zone] as string)
  })
}

function report(stretches: Stretches, service: Service, out: MeasureSink, zone: string | null): void {
  const times = stretches.from.map((_, i) => recoveryTime(stretches, service, i))
  out.ratio('recovery.time', times.reduce((sum, time) => sum + time, 0) / MILLISECOND, times.length, zone)
}

function recoveryTime({ from, to, firstStep }: Stretches, service: Service, i: number): Nanos {
  const first = firstStep[i] as number
  const last = (firstStep[i + 1] as number) - STEPS_PER_SECOND
  for (let step = first; step <= last; step++) if (service.isBackFrom(step)) return (step - first) * STEP
  return (to[i] as number) - (from[i] as number)
}

/** The stretches between the end of a fault window and what comes next, cut into steps. */
class Stretches {
  readonly from: Nanos[] = []
  readonly to: Nanos[] = []
  /** The first step of each stretch, and one past the last step of all. */
  readonly firstStep: number[] = [0]

  constructor(index: HistoryIndex) {
    const { measuredTo } = index.probes.phases
    const { begins, ends } = index.faults
    ends.forEach((end, i) => {
      const to = Math.min(begins[i + 1] ?? measuredTo, measuredTo)
      if (to - end < SECOND) return
      this.from.push(end)
      this.to.push(to)
      this.firstStep.push(this.steps + Math.floor((to - end) / STEP))
    })
  }

  get steps(): number {
    return this.firstStep.at(-1) as number
  }

  /** -1 outside all stretches. */
  stepAt(time: Nanos): number {
    let low = 0
    let high = this.from.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.from[middle] as number) <= time) low = middle + 1
      else high = middle
    }
    if (low === 0) return -1
    const step = (this.firstStep[low - 1] as number) + Math.floor((time - (this.from[low - 1] as number)) / STEP)
    return step < (this.firstStep[low] as number) ? step : -1
  }
}

/** How some clients were served, step by step. */
class Service {
  readonly begun: Int32Array
  /** Of the operations that begin in a step, those that succeed; and those that succeed in it, whenever they began. */
  readonly served: Int32Array
  readonly done: Int32Array

  constructor(steps: number) {
    this.begun = new Int32Array(steps)
    this.served = new Int32Array(steps)
    this.done = new Int32Array(steps)
  }

  static sum(parts: readonly Service[]): Service {
    const sum = new Service(parts[0]?.begun.length ?? 0)
    for (const part of parts) {
      for (const column of ['begun', 'served', 'done'] as const) {
        for (let step = 0; step < sum[column].length; step++) add(sum[column], step, part[column][step] as number)
      }
    }
    return sum
  }

  /** Whether for a second from this step on clients are served as they should be. */
  isBackFrom(step: number): boolean {
    let begun = 0
    let served = 0
    let done = 0
    for (let i = step; i < step + STEPS_PER_SECOND; i++) {
      begun += this.begun[i] as number
      served += this.served[i] as number
      done += this.done[i] as number
    }
    return begun > 0 && served >= SERVED * begun && done >= SERVED * begun
  }
}

function count(index: HistoryIndex, stretches: Stretches, ofZones: readonly Service[]): void {
  const { history, endings } = index
  for (let i = 0; i < endings.length; i++) {
    const id = endings[i] as number
    const { begun, served, done } = ofZones[index.zoneOf(id)] as Service
    const isOk = history.outcome[id] === OK
    const begins = stretches.stepAt(index.operationStart(id))
    if (begins >= 0) add(begun, begins, 1)
    if (!isOk) continue
    if (begins >= 0) add(served, begins, 1)
    const ends = stretches.stepAt(history.completed[id] as number)
    if (ends >= 0) add(done, ends, 1)
  }
}

function add(counts: Int32Array, step: number, amount: number): void {
  counts[step] = (counts[step] as number) + amount
}

export const recovery: MeasureFamily = {
  name: 'recovery',
  measures: [
    {
      name: 'recovery.time',
      unit: 'ms',
      better: 'lower',
      summary: 'Mean time from the end of a fault until 95% of operations succeed for a second; in steps of 100 ms.',
    },
  ],
  evaluate,
}
