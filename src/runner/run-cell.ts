/**
 * Runs one cell from its plain data to its result. The result depends on the cell alone: not on the thread, the machine, or what
 * ran before.
 */
import { catalog } from '../catalog.js'
import { UserError } from '../core/errors.js'
import { RandomStream } from '../core/random.js'
import type { Cell } from '../experiment/cell.js'
import { buildWorld } from '../experiment/world.js'
import { scheduleAll } from '../faults/schedule.js'
import { History } from '../history/history.js'
import type { Probes } from '../history/probes.js'
import type { CellResult } from '../results/cell-result.js'
import { collect } from '../results/collect.js'
import { Cluster } from '../targets/simulated/cluster.js'
import { digestOf } from '../targets/simulated/digest.js'
import { buildArrivals, buildDraws, expectedArrivals, keysPerRecord, rowsPerArrival } from './build-workload.js'

export interface RunOptions {
  /** Bytes that the history may take. */
  readonly memoryLimit?: number | null
  /** Called every now and then while the cell is simulated and measured, so that a watchdog sees it alive. */
  readonly heartbeat?: () => void
  readonly queue?: 'ladder' | 'heap'
}

export function runCell(cell: Cell, options: RunOptions = {}): CellResult {
  const { history, probes, digest } = simulate(cell, options)
  return collect(cell, history, probes, digest, undefined, options.heartbeat)
}

/** The history and probes of a cell, without measures. */
export function simulate(
  cell: Cell,
  options: RunOptions = {},
): { readonly history: History; readonly probes: Probes; readonly digest: string } {
  const strategy = catalog.strategies.get(cell.strategy.name)
  if (strategy === undefined) throw new UserError(`There is no strategy ${cell.strategy.name}.`)
  const keys = keysPerRecord(cell)
  const world = buildWorld(cell, keys)
  const history = new History({
    copies: strategy.copies(cell.strategy.options),
    memoryLimit: options.memoryLimit ?? null,
    capacity: likelyRows(cell),
  })
  const draws = buildDraws(cell, keys)
  const faults = cell.faults.map(({ name, options: faultOptions }) => {
    const fault = catalog.faults.get(name)
    if (fault === undefined) throw new UserError(`There is no fault ${name}.`)
    return { fault, options: faultOptions }
  })
  const random = RandomStream.ofSeed(cell.seed).fork('faults')
  const strikes = scheduleAll(faults, world, cell.phases.duration, random)
  const cluster = new Cluster({
    cell,
    world,
    strategy,
    history,
    draws,
    arrivals: buildArrivals(cell),
    strikes,
    simulation: {
      eventLimit: cell.eventLimit,
      queue: options.queue ?? 'ladder',
      ...(options.heartbeat === undefined ? {} : { heartbeat: options.heartbeat }),
    },
  })
  const { probes, finals } = cluster.run()
  options.heartbeat?.()
  const digest = digestOf(history, finals, cluster.network.counters)
  options.heartbeat?.()
  return { history, probes, digest }
}

/** More rows than this are made room for when they come. */
const MOST_LIKELY_ROWS = 1 << 22

/** Rows that the history will have at most, as far as the workload tells: growing costs a copy of everything. */
function likelyRows(cell: Cell): number {
  const { count } = cell.workload
  const byTime = expectedArrivals(cell) ?? (count === null ? 0 : MOST_LIKELY_ROWS)
  const rows = rowsPerArrival(cell.workload) * Math.min(byTime, count ?? byTime)
  return Math.min(MOST_LIKELY_ROWS, Math.ceil(1.1 * rows))
}
