/** Cells and results for tests: a plain cell, and results made of measured values alone. */
import { Histogram } from '../../src/core/histogram.js'
import type { Cell } from '../../src/experiment/cell.js'
import { type CellResult, failedCell } from '../../src/results/cell-result.js'
import { Collector } from '../../src/results/collect.js'

export function cellOf(variant: string, seed: number): Cell {
  const node = {
    concurrency: 1,
    read: '1ms',
    write: '1ms',
    scan: '2us',
    queue: 10,
    clock: { offset: '0ms', driftPpm: 0 },
    disk: { fsync: null },
  }
  const link = {
    write: '1ms',
    writeAck: '1ms',
    read: '1ms',
    readReply: '1ms',
    loss: 0,
    bandwidth: null,
    transport: 'tcp' as const,
  }
  return {
    id: `${variant}/${seed}`,
    variant,
    label: `${variant} n=3`,
    axes: {},
    seed,
    strategy: { name: variant, options: {} },
    zones: [{ name: 'local', nodes: 3, clients: 1, node }],
    links: [[link]],
    client: {
      timeout: 1e9,
      retries: 0,
      backoff: 1e7,
      jitter: 0.5,
      budget: 0.1,
      markDown: 5e9,
      failOver: false,
      coordinator: 'token-aware',
    },
    workload: {
      records: 10,
      operations: { read: 1 },
      keys: { name: 'uniform', options: {}, locality: null, among: 'all' },
      fields: { count: 1, read: 'all', write: 'all' },
      values: '100B',
      scanLength: '10',
      arrivals: { kind: 'open', process: { name: 'poisson', options: { rate: 100 } } },
      overload: null,
      readBack: null,
      count: null,
    },
    faults: [],
    phases: { warmup: 0, duration: 1e9, settle: 1e9 },
    eventLimit: 1e6,
  }
}

/** A result of a cell that measured whatever `fill` says. */
export function resultOf(variant: string, seed: number, fill: (found: Collector) => void): CellResult {
  const found = new Collector()
  fill(found)
  const { error: _, ...empty } = failedCell(cellOf(variant, seed), '')
  return {
    ...empty,
    measures: found.measuresInOrder(),
    atLeast: found.atLeast,
    ratios: found.ratios,
    flags: found.flags,
    curves: found.curves,
    histograms: found.histograms,
    digest: `digest-${seed}`,
  }
}

/** `count` equal values in milliseconds. */
export function histogramOf(...parts: readonly (readonly [milliseconds: number, count: number])[]): Histogram {
  const histogram = new Histogram()
  for (const [milliseconds, count] of parts) histogram.record(Math.round(milliseconds * 1e6), count)
  return histogram
}
