/**
 * A measure is a named number with a unit and an orientation, computed from the history and the probes alone: no
 * measure sees a strategy. Measures come in families that share one index. Ratios and counts are reported as numerator and
 * denominator, latencies as histograms and curves as counts by x, so that a summary over seeds pools them instead of
 * averaging percentiles. A measure that a cell has no data for is absent, never zero.
 */
import type { Histogram } from '../core/histogram.js'
import type { Nanos } from '../core/ids.js'
import type { HistoryIndex } from './history-index.js'
import type { SharePoint } from './share-curve.js'

export type Unit = 'ms' | 'ratio' | 'per second' | 'count' | 'bytes' | 'versions'
export type Better = 'lower' | 'higher' | 'neither'

/** The contract of one name, as workload files, gates and reports use it. */
export interface MeasureInfo {
  readonly name: string
  /** Measures in `ms` are counted in nanoseconds; a `ratio` is a share, 0..1. */
  readonly unit: Unit
  readonly better: Better
  readonly summary: string
  /** What seeds make of a plain number; absent where ratios, histograms or curves are pooled. */
  readonly overSeeds?: 'mean' | 'max'
}

/** Where a family puts what it found. `zone` names the zone of the clients, null for all. */
export interface MeasureSink {
  /** A ratio of counts: pooled over seeds. Without a denominator there is no measure. */
  ratio(name: string, numerator: number, denominator: number, zone?: string | null): void
  number(name: string, value: number, zone?: string | null): void
  /**
   * Yields those of `name.mean`, `name.p50` … that are registered, a percentile only where ten samples lie beyond it.
   * Values from `censoredFrom` on may be clients giving up: the true value is at least that.
   */
  histogram(name: string, histogram: Histogram, zone?: string | null, censoredFrom?: Nanos): void
  /** A share that can only rise with x (in nanoseconds): yields its curve, and the smallest x from which on it is p50 … */
  rising(name: string, points: readonly SharePoint[]): void
  flag(name: string): void
}

export interface MeasureFamily {
  readonly name: string
  readonly measures: readonly MeasureInfo[]
  evaluate(index: HistoryIndex, out: MeasureSink): void
}
