/** Cells that throw, hang, die or hoard memory become failed cells, and the others run on. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { CellResult } from '../../src/results/cell-result.js'
import { runPlan } from '../../src/runner/run-plan.js'
import { cellsOf } from './cells.js'

const worker = new URL('./planted-worker.js', import.meta.url)

const TINY = (seeds: string): string => `
seeds: [${seeds}]
duration: 100ms
warmup: 0ms
workload: { records: 5, arrivals: poisson(200/s) }
strategies: [lww]
`

interface Run {
  readonly bySeed: ReadonlyMap<number, CellResult>
  readonly traces: readonly string[]
}

async function resultsOf(seeds: string): Promise<Run> {
  const bySeed = new Map<number, CellResult>()
  const traces: string[] = []
  await runPlan(cellsOf(TINY(seeds)), {
    jobs: 2,
    memoryLimit: 1_000_000,
    signal: new AbortController().signal,
    worker,
    stallLimitMilliseconds: 5_000,
    onCell: (result, trace) => {
      bySeed.set(result.seed, result)
      if (trace !== null) traces.push(trace)
    },
  })
  return { bySeed, traces }
}

describe('a plan with mishaps', () => {
  let run: Run
  beforeAll(async () => {
    run = await resultsOf('1, 102, 2, 107, 104, 3, 105, 106, 4')
  })
  const errorOf = (seed: number): string | undefined => run.bySeed.get(seed)?.error

  it('runs every cell, and those without a mishap to their end', () => {
    expect(run.bySeed.size).toBe(9)
    for (const seed of [1, 2, 3, 4]) expect(run.bySeed.get(seed)?.digest).toMatch(/^[0-9a-f]{16}$/)
  })

  it('says what was thrown', () => expect(errorOf(102)).toContain('planted: thrown outside the cell'))

  it('ends a cell that hangs in a handler', () => expect(errorOf(107)).toContain('no sign of life for 5 s'))

  it('survives a thread that ends itself', () => expect(errorOf(104)).toContain('exited with code: 7'))

  it('bounds the JavaScript heap', () =>
    expect(errorOf(105)).toContain('outgrew the JavaScript heap, which is 128 MiB'))

  it('leaves alone a cell that is slow but alive', () => expect(errorOf(106)).toBeUndefined())
})

describe('a plan that is interrupted', () => {
  it('ends even while a cell hangs, and keeps what had ended', async () => {
    const interrupt = new AbortController()
    const ended: number[] = []
    await runPlan(cellsOf(TINY('1, 103, 2')), {
      jobs: 1,
      memoryLimit: null,
      signal: interrupt.signal,
      worker,
      onCell: ({ seed }) => {
        ended.push(seed)
        setTimeout(() => interrupt.abort(), 200)
      },
    })
    expect(ended).toEqual([1])
  })
})
