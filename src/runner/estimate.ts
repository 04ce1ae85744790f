/**
 * What a run will take, roughly, before it runs: from the operations that its schedule asks for, and from what the shipped workloads took of time and
 * memory for each. It is meant to tell seconds from hours and megabytes from gigabytes, and is within a factor of two of them on the
 * machine that the README's speeds come from. How fast a closed loop goes round is a guess, good for a factor of four. Retries, and
 * what faults save or cost, are left out.
 */
import { catalog } from '../catalog.js'
import { compile } from '../distributions/index.js'
import type { Cell, CellArrivals, CellNode } from '../experiment/cell.js'
import { buildWorld } from '../experiment/world.js'
import { expectedArrivals, keysPerRecord, rowsPerArrival } from './build-workload.js'

export interface CellEstimate {
  readonly operations: number
  /** Of one thread that has a core for itself and has run cells before. */
  readonly seconds: number
  readonly bytes: number
}

export interface RunEstimate {
  /** Of the smallest and of the largest cell. */
  readonly operations: readonly [least: number, most: number]
  readonly threads: number
  readonly seconds: number
  /** Of the largest cell, in its thread. */
  readonly bytesPerThread: number
}

/** Simulated and measured, of a thread beside another one: any row of the history, a replica of a write, an increment, add or remove. */
const ROW_SECONDS = 2.5e-6
const REPLICA_SECONDS = 1.8e-6
const MERGE_SECONDS = 12e-6
/** Until a thread's code is compiled well: once for each. */
const WARM_UP_SECONDS = 0.8

/** A thread with its code and with garbage that is not collected yet. */
const THREAD_BYTES = 150e6
/** A row of the history, of which measures keep several orders. */
const ROW_BYTES = 400
/** A key, in the key distribution and the measures, and at each of its replicas. */
const KEY_BYTES = 70
const HELD_BYTES = 20

export function estimateRun(cells: readonly Cell[], jobs: number, cores: number): RunEstimate {
  const estimates = cells.map(estimateCell)
  const operations = estimates.map((one) => one.operations)
  const seconds = estimates.map((one) => one.seconds)
  const threads = Math.min(jobs, cells.length)
  const shared = seconds.reduce((sum, one) => sum + one, 0) / Math.min(threads, cores)
  return {
    operations: [leastOf(operations), mostOf(operations)],
    threads,
    seconds: WARM_UP_SECONDS + Math.max(shared, mostOf(seconds)),
    bytesPerThread: mostOf(estimates.map((one) => one.bytes)),
  }
}

export function estimateCell(cell: Cell): CellEstimate {
  const { workload, strategy } = cell
  const copies = catalog.strategies.get(strategy.name)?.copies(strategy.options) ?? 1
  const byTime = expectedArrivals(cell) ?? closedArrivals(cell, copies)
  const operations = Math.min(byTime, workload.count ?? byTime)
  const rows = operations * rowsPerArrival(workload)
  const { keys } = buildWorld(cell, keysPerRecord(cell))
  const { operations: mix } = workload
  const secondsEach = writesAmong(mix) * copies * REPLICA_SECONDS + mergesAmong(mix) * MERGE_SECONDS
  return {
    operations: Math.round(operations),
    seconds: rows * ROW_SECONDS + operations * secondsEach,
    bytes: Math.round(THREAD_BYTES + rows * ROW_BYTES + keys * (KEY_BYTES + HELD_BYTES * copies)),
  }
}

/**
 * A closed loop goes round as fast as it is answered: after the thinking, a round trip to the other zones on average, and being
 * served; and no faster than all nodes together serve every copy.
 */
function closedArrivals({ workload, zones, links, phases }: Cell, copies: number): number {
  const { sessions, think } = workload.arrivals as Extract<CellArrivals, { kind: 'closed' }>
  const trips = zones.flatMap((zone, from) =>
    zones.map((other, to) => {
      const weight = zone.clients * (other.nodes / nodesOf(zones))
      return weight * 2 * compile((links[from] as Cell['links'][number])[to]?.write as string, 'time').mean
    }),
  )
  const service = serviceOf((zones.find(({ nodes }) => nodes > 0) ?? (zones[0] as Cell['zones'][number])).node)
  const round = compile(think, 'time').mean + sumOf(trips) + service
  const served = sumOf(zones.map(({ nodes, node }) => nodes * node.concurrency)) / (service * copies)
  return Math.min(sessions / round, served) * (phases.warmup + phases.duration)
}

const writesAmong = (mix: Cell['workload']['operations']): number => 1 - shareOf(mix, ['read', 'scan'])

const mergesAmong = (mix: Cell['workload']['operations']): number => shareOf(mix, ['increment', 'add', 'remove'])

const shareOf = (mix: Cell['workload']['operations'], names: readonly string[]): number =>
  sumOf(names.map((name) => mix[name] ?? 0))

const serviceOf = ({ read, write }: CellNode): number => (compile(read, 'time').mean + compile(write, 'time').mean) / 2

const nodesOf = (zones: Cell['zones']): number => sumOf(zones.map(({ nodes }) => nodes))

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

const leastOf = (values: readonly number[]): number => values.reduce((least, value) => Math.min(least, value))

const mostOf = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value))
