/**
 * Runs cells on a pool of worker threads. A cell that throws, or whose thread gives no sign of life for a while, becomes a failed cell and the
 * rest runs on. Results do not depend on the number of threads or on which cell ends first.
 */
import { Piscina } from 'piscina'
import { messageOf } from '../core/errors.js'
import type { Cell } from '../experiment/cell.js'
import { type CellResult, failedCell } from '../results/cell-result.js'
import type { CellReply, CellTask } from './worker.js'

const STALLED_AFTER_MILLISECONDS = 120_000

export interface PlanOptions {
  readonly jobs: number
  readonly memoryLimit: number | null
  /** Ends the run early; the cells that have ended are kept. */
  readonly signal: AbortSignal
  onCell(result: CellResult): void
}

export async function runPlan(cells: readonly Cell[], options: PlanOptions): Promise<readonly CellResult[]> {
  const pool = new Piscina<CellTask, CellReply>({
    filename: new URL('./worker.js', import.meta.url).href,
    minThreads: options.jobs,
    maxThreads: options.jobs,
  })
  const results: CellResult[] = []
  const waiting = [...cells]
  const drain = async (): Promise<void> => {
    for (let cell = waiting.shift(); cell !== undefined && !options.signal.aborted; cell = waiting.shift()) {
      const result = await runOne(pool, cell, options)
      if (result === null) return
      results.push(result)
      options.onCell(result)
    }
  }
  try {
    await Promise.all(Array.from({ length: options.jobs }, drain))
  } finally {
    await pool.destroy()
  }
  return results
}

/** Null if the run was ended meanwhile. */
async function runOne(
  pool: Piscina<CellTask, CellReply>,
  cell: Cell,
  options: PlanOptions,
): Promise<CellResult | null> {
  const heartbeat = new Int32Array(new SharedArrayBuffer(4))
  const stalled = new AbortController()
  const watch = watchdog(heartbeat, stalled)
  try {
    const signal = AbortSignal.any([options.signal, stalled.signal])
    const reply = await pool.run({ cell, memoryLimit: options.memoryLimit, heartbeat }, { signal })
    return reply.ok ? reply.result : failedCell(cell, reply.error)
  } catch (thrown) {
    if (options.signal.aborted) return null
    const seconds = STALLED_AFTER_MILLISECONDS / 1000
    return failedCell(cell, stalled.signal.aborted ? `no sign of life for ${seconds} s; ended` : messageOf(thrown))
  } finally {
    clearInterval(watch)
  }
}

function watchdog(heartbeat: Int32Array, stalled: AbortController): NodeJS.Timeout {
  let last = -1
  const timer = setInterval(() => {
    const beats = Atomics.load(heartbeat, 0)
    if (beats === last) stalled.abort()
    last = beats
  }, STALLED_AFTER_MILLISECONDS)
  timer.unref()
  return timer
}
