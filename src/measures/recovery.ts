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
  report(new Aftermaths(index, null), out, null)
  if (zoneNames.length === 1) return
  zoneNames.forEach((name, zone) => {
    report(new Aftermaths(index, zone), out, name)
  })
}

function report(aftermaths: Aftermaths, out: MeasureSink, zone: string | null): void {
  const times = aftermaths.recoveryTimes()
  out.ratio('recovery.time', times.reduce((sum, time) => sum + time, 0) / MILLISECOND, times.length, zone)
}

/** The stretches between the end of a fault window and what comes next, cut into steps. */
class Aftermaths {
  private readonly from: Nanos[] = []
  private readonly to: Nanos[] = []
  /** The first step of each stretch. */
  private readonly firstStep: number[] = []
  private readonly begun: Int32Array
  /** Of the operations that begin in a step, those that succeed; and those that succeed in it, whenever they began. */
  private readonly served: Int32Array
  private readonly done: Int32Array

  constructor(
    private readonly index: HistoryIndex,
    private readonly zone: number | null,
  ) {
    const { measuredTo } = index.probes.phases
    const { begins, ends } = index.faults
    let steps = 0
    ends.forEach((end, i) => {
      const to = Math.min(begins[i + 1] ?? measuredTo, measuredTo)
      if (to - end < SECOND) return
      this.from.push(end)
      this.to.push(to)
      this.firstStep.push(steps)
      steps += Math.floor((to - end) / STEP)
    })
    this.firstStep.push(steps)
    this.begun = new Int32Array(steps)
    this.served = new Int32Array(steps)
    this.done = new Int32Array(steps)
    if (steps > 0) this.count()
  }

  recoveryTimes(): Nanos[] {
    return this.from.map((from, i) => {
      const first = this.firstStep[i] as number
      const last = (this.firstStep[i + 1] as number) - STEPS_PER_SECOND
      for (let step = first; step <= last; step++) if (this.isServedFrom(step)) return (step - first) * STEP
      return (this.to[i] as number) - from
    })
  }

  private isServedFrom(step: number): boolean {
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

  private count(): void {
    const { history, endings } = this.index
    for (let i = 0; i < endings.length; i++) {
      const id = endings[i] as number
      if (this.zone !== null && this.index.zoneOf(id) !== this.zone) continue
      const isOk = history.outcome[id] === OK
      const begins = this.stepAt(this.index.operationStart(id))
      if (begins >= 0) {
        this.begun[begins] = (this.begun[begins] as number) + 1
        if (isOk) this.served[begins] = (this.served[begins] as number) + 1
      }
      const ends = isOk ? this.stepAt(history.completed[id] as number) : -1
      if (ends >= 0) this.done[ends] = (this.done[ends] as number) + 1
    }
  }

  /** -1 outside all stretches. */
  private stepAt(time: Nanos): number {
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
