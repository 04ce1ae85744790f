/**
 * What one cell gives: the measures, and beside them what a summary over seeds needs to pool them (numerators and denominators,
 * histograms, counts of curves). All of it is plain data: it crosses threads by structured clone, the histograms' counts
 * by transfer, and a `CellEntry` is one line of result.json. The same cell gives the same bytes on any thread and machine.
 */
import type { HistogramData } from '../core/histogram.js'
import type { Nanos } from '../core/ids.js'
import type { Cell } from '../experiment/cell.js'
import type { FaultWindow } from '../history/probes.js'
import type { CurvePoint, SharePoint } from '../measures/share-curve.js'
import { EMPTY_TIMELINE, type Timeline } from '../measures/timeline.js'
import type { RealisedWorkload } from './realised.js'

/** Whole operations of the measured phase by how they ended, and all rows of the history. */
export interface OperationCounts {
  readonly invoked: number
  readonly completed: number
  readonly failed: number
  readonly unknown: number
  readonly readBacks: number
  readonly recorded: number
}

/** How often a fault struck, and what all of its strikes touched. */
export interface FaultCount {
  readonly name: string
  readonly strikes: number
  readonly touched: number
}

/** A point of a curve as it is drawn: `count` of `n` observations where points are pooled over seeds. */
export interface StoredPoint extends CurvePoint, Partial<Pick<SharePoint, 'count'>> {
  /** Of the interval over seeds, in summaries. */
  readonly low?: number
  readonly high?: number
  /** The value falls among clients giving up. */
  readonly atLeast?: true
}

export type StoredCurve = readonly StoredPoint[]

export interface CellEntry {
  readonly id: string
  readonly variant: string
  readonly strategy: string
  readonly label: string
  readonly axes: Readonly<Record<string, unknown>>
  readonly seed: number
  /** What `runCell` was given: the cell is its own reproduction. In a reference its id alone. */
  readonly cell: Cell
  readonly operations: OperationCounts
  /** The workload as it came out; absent where the cell failed, and from results of before. */
  readonly realised?: RealisedWorkload
  readonly measures: Readonly<Record<string, number>>
  /** Names of measures that fall among clients giving up: the true value is at least that. */
  readonly atLeast: readonly string[]
  /** Numerator and denominator of the measures that are ratios. */
  readonly ratios: Readonly<Record<string, readonly [number, number]>>
  readonly flags: readonly string[]
  readonly curves: Readonly<Record<string, StoredCurve>>
  /** The measured phase second by second; `faults` stands beside it. */
  readonly timeline: Timeline
  /** Every strike, in order of beginning. */
  readonly faults: readonly FaultWindow[]
  /** Of each fault of the cell, as it lists them: one that never struck did nothing, and is seen here. */
  readonly faultCounts: readonly FaultCount[]
  /** Of history, final values and message counters; equal digests mean equal behaviour. Empty if the cell failed. */
  readonly digest: string
  /** Why the cell failed; then everything that is measured is empty. */
  readonly error?: string
}

/** In nanoseconds, or whole versions or copies; `censoredFrom` as in `MeasureSink.histogram`. */
export interface StoredHistogram extends HistogramData {
  readonly censoredFrom?: Nanos
}

export interface CellResult extends CellEntry {
  /** By quantity and zone: `read`, `read@us`. */
  readonly histograms: Readonly<Record<string, StoredHistogram>>
}

/** The part that goes to result.json; histograms have a file of their own. */
export function entryOf(result: CellResult): CellEntry {
  const { histograms: _, ...entry } = result
  return entry
}

/** The buffers that a worker hands over instead of copying. */
export function transferablesOf(result: CellResult): ArrayBufferLike[] {
  return Object.values(result.histograms).map((histogram) => histogram.counts.buffer)
}

/** What identifies a cell's result. */
export function identityOf(
  cell: Cell,
): Pick<CellEntry, 'id' | 'variant' | 'strategy' | 'label' | 'axes' | 'seed' | 'cell'> {
  const { id, variant, label, axes, seed } = cell
  return { id, variant, strategy: cell.strategy.name, label, axes, seed, cell }
}

/** The result of a cell that threw. */
export function failedCell(cell: Cell, error: string): CellResult {
  return {
    ...identityOf(cell),
    operations: { invoked: 0, completed: 0, failed: 0, unknown: 0, readBacks: 0, recorded: 0 },
    measures: {},
    atLeast: [],
    ratios: {},
    flags: [],
    curves: {},
    timeline: EMPTY_TIMELINE,
    faults: [],
    faultCounts: [],
    digest: '',
    error,
    histograms: {},
  }
}
