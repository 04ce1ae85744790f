/**
 * Runs the measures over one cell's history and puts what they find into a `CellResult`. Ratios keep numerator and denominator,
 * histograms and curves their counts, so that a summary can pool them; the numbers beside them are what this cell alone says.
 */
import type { Histogram } from '../core/histogram.js'
import type { Nanos } from '../core/ids.js'
import type { Cell } from '../experiment/cell.js'
import type { History } from '../history/history.js'
import { beginsOperation, READ_BACK } from '../history/operation-kinds.js'
import { OK, UNKNOWN } from '../history/outcomes.js'
import type { FaultWindow, Probes } from '../history/probes.js'
import { HistoryIndex } from '../measures/history-index.js'
import { evaluateMeasures, measureInfos } from '../measures/index.js'
import type { MeasureFamily, MeasureSink } from '../measures/measure.js'
import { poolShares, type SharePoint } from '../measures/share-curve.js'
import { EMPTY_TIMELINE, timelineOf } from '../measures/timeline.js'
import {
  type CellResult,
  type FaultCount,
  identityOf,
  type OperationCounts,
  type StoredCurve,
  type StoredHistogram,
} from './cell-result.js'
import { histogramMeasures, type NamedValue, risingResults } from './pooled-measures.js'
import { realisedWorkload } from './realised.js'
import { tidy } from './tidy.js'

/**
 * What the chosen families measure of a cell that ran to its end; everything unless said. `heartbeat` is called after each
 * family.
 */
export function collect(
  cell: Cell,
  history: History,
  probes: Probes,
  digest: string,
  chosen?: readonly MeasureFamily[],
  heartbeat?: () => void,
): CellResult {
  const index = new HistoryIndex(history, probes)
  const found = new Collector()
  evaluateMeasures(index, found, chosen, heartbeat)
  return {
    ...identityOf(cell),
    operations: countOperations(index),
    ...(chosen === undefined ? { realised: realisedWorkload(cell, index) } : {}),
    measures: found.measuresInOrder(),
    atLeast: found.atLeast,
    ratios: found.ratios,
    flags: found.flags,
    curves: found.curves,
    timeline: chosen === undefined ? timelineOf(index) : EMPTY_TIMELINE,
    faults: probes.faults,
    faultCounts: countStrikes(cell, probes.faults),
    digest,
    histograms: found.histograms,
  }
}

/** Takes what the families find; exported for tests and for targets that have measures of their own. */
export class Collector implements MeasureSink {
  readonly atLeast: string[] = []
  readonly ratios: Record<string, [number, number]> = {}
  readonly flags: string[] = []
  readonly curves: Record<string, StoredCurve> = {}
  readonly histograms: Record<string, StoredHistogram> = {}
  private readonly measures = new Map<string, number>()

  ratio(name: string, numerator: number, denominator: number, zone: string | null = null): void {
    if (denominator === 0) return
    this.ratios[inZone(name, zone)] = [numerator, denominator]
    this.measures.set(inZone(name, zone), tidy(numerator / denominator))
  }

  number(name: string, value: number, zone: string | null = null): void {
    this.measures.set(inZone(name, zone), tidy(value))
  }

  histogram(name: string, histogram: Histogram, zone: string | null = null, censoredFrom?: Nanos): void {
    if (histogram.count === 0) return
    const quantity = inZone(name, zone)
    this.histograms[quantity] =
      censoredFrom === undefined ? histogram.toData() : { ...histogram.toData(), censoredFrom }
    this.note(histogramMeasures(quantity, histogram, censoredFrom))
  }

  rising(name: string, points: readonly SharePoint[]): void {
    if (points.length === 0) return
    const { curves, measures } = risingResults(name, poolShares([points]))
    Object.assign(this.curves, curves)
    this.note(measures)
  }

  flag(name: string): void {
    this.flags.push(name)
  }

  /** By family as registered; a zone's measures follow those of all zones. */
  measuresInOrder(): Record<string, number> {
    return inRegisteredOrder(this.measures)
  }

  private note(values: readonly NamedValue[]): void {
    for (const { name, value, atLeast } of values) {
      this.measures.set(name, value)
      if (atLeast) this.atLeast.push(name)
    }
  }
}

/** A map of measures as an object in the order of the registry, for all zones first, then by zone as found. */
export function inRegisteredOrder<T>(values: ReadonlyMap<string, T>): Record<string, T> {
  const zones = new Set([...values.keys()].filter((name) => name.includes('@')).map((name) => name.split('@')[1]))
  const ordered: Record<string, T> = {}
  for (const suffix of ['', ...[...zones].map((zone) => `@${zone}`)]) {
    for (const { name } of measureInfos) {
      const value = values.get(name + suffix)
      if (value !== undefined) ordered[name + suffix] = value
    }
  }
  return ordered
}

const inZone = (name: string, zone: string | null): string => (zone === null ? name : `${name}@${zone}`)

function countStrikes({ faults }: Cell, windows: readonly FaultWindow[]): readonly FaultCount[] {
  const counts = faults.map(({ name }) => ({ name, strikes: 0, touched: 0 }))
  for (const { fault, touched } of windows) {
    const count = counts[fault] as { strikes: number; touched: number }
    count.strikes++
    count.touched += touched
  }
  return counts
}

function countOperations(index: HistoryIndex): OperationCounts {
  const { kind, outcome, intended, count } = index.history
  let invoked = 0
  let readBacks = 0
  for (let id = 0; id < count; id++) {
    if (!index.isMeasured(intended[id] as number)) continue
    if (beginsOperation(kind[id] as number)) invoked++
    if (kind[id] === READ_BACK) readBacks++
  }
  let completed = 0
  let unknown = 0
  for (let i = 0; i < index.endings.length; i++) {
    const code = outcome[index.endings[i] as number]
    if (code === OK) completed++
    else if (code === UNKNOWN) unknown++
  }
  const failed = index.endings.length - completed - unknown
  return { invoked, completed, failed, unknown, readBacks, recorded: count }
}
