/**
 * Runs cells on a pool of worker threads. Whatever happens to a cell (it throws, outgrows its memory, hangs, or takes its thread with
 * it), it becomes a failed cell and the rest runs on. Results do not depend on the number of threads or on which cell ends first.
 *
 * What a thread cannot be guarded against is V8 giving up on the whole process; the cells that have ended are in the log by then.
 */
import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { messageOf } from '../core/errors.js'
import type { Cell } from '../experiment/cell.js'
import { type CellResult, failedCell } from '../results/cell-result.js'
import { watch } from './watchdog.js'
import type { CellReply, CellTask } from './worker.js'

const STALL_LIMIT_MILLISECONDS = 45_000
const MEBIBYTE = 1024 * 1024
/** What any cell needs of JavaScript heap, however little its history may take. */
export const LEAST_HEAP_MEBIBYTES = 128

/** What tests put in place of the real thing. */
export interface PoolOptions {
  /** The worker's file. */
  readonly worker?: URL
  /** Silence after which a cell is ended. */
  readonly stallLimitMilliseconds?: number
}

export interface PlanOptions extends PoolOptions {
  readonly jobs: number
  /** Bytes: what the history of a cell may take, and its thread's JavaScript heap beside it; null without limit. */
  readonly memoryLimit: number | null
  /** Ends the run early; the cells that have ended are kept. */
  readonly signal: AbortSignal
  /** `trace`: where an unexpected error was thrown, if that is known. */
  onCell(result: CellResult, trace: string | null): void
}

interface Ended {
  readonly result: CellResult
  readonly trace: string | null
}

export async function runPlan(cells: readonly Cell[], options: PlanOptions): Promise<void> {
  const pool = poolOf(options)
  const waiting = [...cells]
  const drain = async (): Promise<void> => {
    for (let cell = waiting.shift(); cell !== undefined && !options.signal.aborted; cell = waiting.shift()) {
      const ended = await runOne(pool, cell, options)
      if (ended === null) return
      options.onCell(ended.result, ended.trace)
    }
  }
  try {
    await Promise.all(Array.from({ length: options.jobs }, drain))
  } finally {
    await pool.destroy()
  }
}

function poolOf({ jobs, memoryLimit, worker }: PlanOptions): Piscina<CellTask, CellReply> {
  const pool = new Piscina<CellTask, CellReply>({
    filename: (worker ?? new URL('./worker.js', import.meta.url)).href,
    minThreads: jobs,
    maxThreads: jobs,
    ...(memoryLimit === null ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMebibytes(memoryLimit) } }),
  })
  // A thread that dies between two cells: piscina puts another in its place.
  pool.on('error', () => {})
  return pool
}

function heapMebibytes(memoryLimit: number): number {
  return Math.max(LEAST_HEAP_MEBIBYTES, Math.ceil(memoryLimit / MEBIBYTE))
}

/** Null if the run was ended meanwhile. */
async function runOne(pool: Piscina<CellTask, CellReply>, cell: Cell, options: PlanOptions): Promise<Ended | null> {
  const heartbeat = new Int32Array(new SharedArrayBuffer(4))
  const limit = options.stallLimitMilliseconds ?? STALL_LIMIT_MILLISECONDS
  const crowding = Math.max(1, options.jobs / availableParallelism())
  const stalled = new AbortController()
  const endWatch = watch(heartbeat, limit * crowding, () => stalled.abort())
  try {
    const signal = AbortSignal.any([options.signal, stalled.signal])
    const reply = await pool.run({ cell, memoryLimit: options.memoryLimit, heartbeat }, { signal })
    if (reply.ok) return { result: reply.result, trace: null }
    return { result: failedCell(cell, reply.error), trace: reply.trace }
  } catch (thrown) {
    if (options.signal.aborted) return null
    const error = stalled.signal.aborted ? stallSentence(limit) : deathSentence(thrown, options.memoryLimit)
    return { result: failedCell(cell, error), trace: null }
  } finally {
    endWatch()
  }
}

function stallSentence(limit: number): string {
  return `the cell gave no sign of life for ${limit / 1000} s and was ended; a handler does not return.`
}

function deathSentence(thrown: unknown, memoryLimit: number | null): string {
  const isMemory = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_WORKER_OUT_OF_MEMORY'
  if (!isMemory) return `its thread ended: ${messageOf(thrown)}.`
  const allowed =
    memoryLimit === null ? 'what Node allows by itself' : `${heapMebibytes(memoryLimit)} MiB (see --memory)`
  return `its thread outgrew the JavaScript heap, which is ${allowed}.`
}
